using System.Diagnostics;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Http;

namespace SreLab.Fixtures.Scenarios.WorkloadProofs;

/// <summary>Stops and starts instances one after the other while clients send, and watches what each answers until it is gone.</summary>
internal static class RestartProbe
{
    private const double Rate = 60;
    private static readonly TimeSpan SteadyLength = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);

    /// <summary>Well below the drain of the services, well above the moment between two looks of a scheduler.</summary>
    private static readonly TimeSpan HeldFor = TimeSpan.FromMilliseconds(300);

    /// <summary>A service that is slow may take longer than its drain; the answer is waited for no longer than a stop may take.</summary>
    private static readonly TimeSpan HeldDeadline = TimeSpan.FromSeconds(10);

    /// <summary>Read to its end before it is refused with 400, and pays nothing.</summary>
    private const string HarmlessBody = "{ \"limit\": -1 }";

    public static async Task<RestartRecord> RunAsync(BatteryContext context, CancellationToken ct)
    {
        var workloads = context.Workloads;
        var inRotation = await workloads.InRotationAsync(ct);
        await using var load = new HttpLoadRun(context.LoadOptions("restart", Rate), context.Store, context.HistoryFile("restart"));
        await Task.Delay(SteadyLength, ct);
        var restarted = new List<RestartedRecord>();
        foreach (var instance in workloads.InvoiceApps.Where(i => context.Plan.IsWhole || i.Name == BatteryPlan.Instance))
        {
            restarted.Add(await RestartAsync(workloads, instance, inRotation.Contains(instance.Name), ct));
        }

        await Task.Delay(SteadyLength, ct);
        return new RestartRecord(restarted, await load.FinishAsync());
    }

    private static async Task<RestartedRecord> RestartAsync(ILabWorkloads workloads, WorkloadInstance instance, bool wasInRotation, CancellationToken ct)
    {
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var answers = WatchAsync(instance, watching.Token);
        await using var held = await HeldRequest.BeginAsync(new Uri(instance.Service, "/invoices/pay"), HarmlessBody, HeldDeadline);
        await Task.Delay(HeldFor, ct);
        var clock = Stopwatch.StartNew();
        string inFlight;
        IReadOnlyList<string> onSigterm;
        double stopSeconds;
        try
        {
            var stop = workloads.StopAsync(instance, ct);
            await Task.Delay(HeldFor, ct);
            inFlight = await held.FinishAsync();
            await stop;
            stopSeconds = clock.Elapsed.TotalSeconds;
            await watching.CancelAsync();
            onSigterm = await answers;
        }
        finally
        {
            // Whatever went wrong: the probes that come next need it.
            clock.Restart();
            await workloads.StartAsync(instance, ct);
        }

        var startSeconds = clock.Elapsed.TotalSeconds;
        var back = !wasInRotation ? 0 : await Awaited.SecondsAsync(
            Bounds.WorkloadInRotation,
            $"the load balancer to send requests to {instance.Name}",
            async token => (await workloads.InRotationAsync(token)).Contains(instance.Name),
            ct);
        return new RestartedRecord(instance.Name, stopSeconds, startSeconds, onSigterm, back is not null, inFlight);
    }

    /// <summary>Different answers of <c>/readiness</c>, in order, each question on a connection of its own.</summary>
    private static async Task<IReadOnlyList<string>> WatchAsync(WorkloadInstance instance, CancellationToken stop)
    {
        using var probe = new HttpProbe();
        var answers = new List<string>();
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var question = new HttpQuestion(HttpMethod.Get, new Uri(instance.Service, "/readiness")) { Deadline = Deadline };
                var answer = ReadinessProbe.Describe(await probe.AskAsync(question, onNewConnection: true, stop));
                if (answers.LastOrDefault() != answer)
                {
                    answers.Add(answer);
                }

                await Task.Delay(PollInterval, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The instance has ended.
        }

        return answers;
    }
}
