using System.CommandLine;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Cli;

/// <summary><c>srelab deploy</c>: the sample workloads on the lab that is up, with defects where they are asked for, to try a diagnosis on.</summary>
internal static class DeployCommand
{
    public static Command Create()
    {
        var defects = new Option<string[]>("--defect")
        {
            Description = $"A defect to carry, may be given again: {string.Join(", ", WorkloadDefects.All)}",
            AllowMultipleArgumentsPerToken = true,
        };
        var instance = new Option<string>("--on") { Description = "The instance that carries them", DefaultValueFactory = _ => "app-1" };
        var command = new Command("deploy", "Deploy the sample workloads on the lab that is up; without --defect they are healthy.") { defects, instance };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(defects) ?? [], parsed.GetValue(instance)!, ct));
        return command;
    }

    private static async Task<int> RunAsync(string[] defects, string instance, CancellationToken ct)
    {
        var unknown = defects.Where(d => !WorkloadDefects.All.Contains(d)).ToArray();
        if (unknown.Length > 0)
        {
            throw new LabException($"deploy refused: there is no defect {string.Join(", ", unknown)}; nothing was touched.\n  known        {string.Join(", ", WorkloadDefects.All)}");
        }

        var settings = SettingsLoader.Load();
        ILab lab = await new LocalTarget(settings).AttachAsync(ct)
            ?? throw new LabException($"no lab is up on {settings.Network}; bring one up with: make seed");
        string[] instances = [.. lab.Workloads.InvoiceApps.Append(lab.Workloads.Provider).Select(i => i.Name)];
        if (!instances.Contains(instance))
        {
            throw new LabException($"deploy refused: there is no instance {instance}; nothing was touched.\n  known        {string.Join(", ", instances)}");
        }

        var plan = WorkloadPlan.Healthy with
        {
            Defects = defects.Length == 0 ? WorkloadPlan.Healthy.Defects : new Dictionary<string, IReadOnlyList<string>> { [instance] = defects },
        };
        await lab.Workloads.DeployAsync(plan, new ErrorStreamProgress(), ct);
        await Console.Out.WriteLineAsync($"{lab.Workloads.Public}invoices  {(defects.Length == 0 ? "healthy" : $"{instance} carries {string.Join(", ", defects)}")}");
        return 0;
    }
}
