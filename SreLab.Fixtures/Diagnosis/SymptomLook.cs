using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Diagnosis;

/// <summary>Carries the commands of TROUBLESHOOTING.md out on a lab, as a person would.</summary>
/// <param name="troubleshooting">The file.</param>
/// <param name="instance">The instance of invoice-app that is looked at.</param>
public sealed class SymptomLook(Troubleshooting troubleshooting, string instance = "app-1")
{
    private const int MostOutput = 2000;
    private const int Settled = 3;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks for the symptoms of one defect.</summary>
    /// <param name="lab">A lab with its workloads deployed.</param>
    /// <param name="defect">The entry's heading.</param>
    /// <param name="ct">Cancels it; what runs is killed.</param>
    /// <returns>One record for each block of commands that has a pattern; the service answers again afterwards.</returns>
    /// <exception cref="LabException">There is no such entry, or a command did not end in time.</exception>
    public async Task<IReadOnlyList<SymptomRecord>> LookAsync(ILab lab, string defect, CancellationToken ct)
    {
        var target = lab.Workloads.InvoiceApps.Single(i => i.Name == instance);
        var records = new List<SymptomRecord>();
        await WaitUntilAnsweredAsync(target, ct);
        foreach (var symptom in troubleshooting.Of(defect).Symptoms)
        {
            var output = await RunAsync(defect, symptom.Commands, Variables(lab, target), ct);
            records.Add(new SymptomRecord(defect, symptom.Commands.TrimEnd(), symptom.Pattern, symptom.IsIn(output), output.Length > MostOutput ? output[..MostOutput] : output));
            await WaitUntilAnsweredAsync(target, ct);
        }

        return records;
    }

    private async Task<string> RunAsync(string defect, string commands, Dictionary<string, string> variables, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Bounds.TroubleshootingCommand.Length);
        try
        {
            var result = await ChildProcess.RunAsync("/bin/bash", ["-p", "-c", troubleshooting.Variables + commands], variables, null, null, limit.Token);
            return result.Output + result.Error;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new LabException($"{Troubleshooting.FileName}: the commands of {defect} did not end within {Bounds.TroubleshootingCommand.Length.TotalSeconds:0} s.\n  commands     {commands.Trim()}");
        }
    }

    private static Dictionary<string, string> Variables(ILab lab, WorkloadInstance instance)
    {
        var log = instance.Name + "-service.log";
        var file = lab.Workloads.LogFile(instance, ofSidecar: false);
        var home = Path.GetDirectoryName(Path.GetDirectoryName(file))!;
        var database = lab.LibpqEnvironment(Place.ReadWrite, DatabaseUser.Admin);
        return new Dictionary<string, string>
        {
            ["DB_HOST"] = database["PGHOST"],
            ["DB_PORT"] = database["PGPORT"],
            ["LAB"] = home,
            ["APP"] = instance.Proxy.ToString().TrimEnd('/'),
            ["SERVICE"] = instance.Service.ToString().TrimEnd('/'),
            ["LOG"] = file[..^"-service.log".Length],
            ["RECORD"] = Path.Combine(home, "pids", log[..^".log".Length]),
            ["PROM"] = (lab.Endpoints.Prometheus?.ToString() ?? "").TrimEnd('/'),
        };
    }

    /// <summary>An entry may have ended the service; its supervisor starts it again, and after some seconds it has its connection to the database.</summary>
    private static async Task WaitUntilAnsweredAsync(WorkloadInstance target, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };
        await Wait.UntilAsync(
            Bounds.WorkloadsUp,
            $"{target.Name} to answer, {Settled} s after its start",
            async token =>
            {
                // One that was told to end still answers for a while.
                using var readiness = await http.GetAsync(new Uri(target.Service, "readiness"), token);
                var isDraining = (await readiness.Content.ReadAsStringAsync(token)).Contains("draining", StringComparison.Ordinal);
                var uptime = PrometheusText.Parse(await http.GetStringAsync(new Uri(target.Service, "metrics"), token)).Sum("workload_uptime_seconds");
                return (uptime >= Settled && !isDraining ? "settled" : null, isDraining ? "it is draining" : $"uptime {uptime}");
            },
            PollInterval,
            ct);
    }
}
