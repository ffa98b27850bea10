using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Diagnosis;

/// <summary>What is wrong with the workloads of a lab that is up: the commands of TROUBLESHOOTING.md on each instance, and the logs since its last start.</summary>
/// <remarks>What a service says of its defects is not looked at: only what they do.</remarks>
/// <param name="troubleshooting">The commands.</param>
public sealed class LabDiagnosis(Troubleshooting troubleshooting)
{
    /// <summary>An instance that is slow cannot be asked a thousand times.</summary>
    private const string Slow = "slow-responses";

    /// <summary>Entries whose commands end the service, or take its database away for seconds.</summary>
    public static IReadOnlyList<string> Disturbing { get; } = ["abrupt-shutdown", "early-readiness"];

    /// <summary>Looks at everything.</summary>
    /// <param name="lab">A lab with its workloads deployed.</param>
    /// <param name="mayDisturb">Whether <see cref="Disturbing"/> is looked for as well.</param>
    /// <param name="progress">Told of each instance, and of what could not be looked at.</param>
    /// <param name="ct">Cancels it.</param>
    /// <exception cref="LabException">The workloads are not deployed.</exception>
    public async Task<DiagnosisResult> RunAsync(ILab lab, bool mayDisturb, IProgressLog progress, CancellationToken ct)
    {
        if (!await lab.Workloads.AreDeployedAsync(ct))
        {
            throw new LabException("nothing to diagnose: the workloads are not deployed on this lab.\n  fix          make workloads");
        }

        // Read first: the commands below write lines of their own.
        var findings = lab.Workloads.InvoiceApps.Append(lab.Workloads.Provider)
            .SelectMany(i => (string[])[lab.Workloads.LogFile(i, ofSidecar: false), lab.Workloads.LogFile(i, ofSidecar: true)])
            .SelectMany(file => LogDetectors.Detect(LogFolder.ReadSinceStart(file))).ToList();
        var problems = new List<string>();
        foreach (var instance in lab.Workloads.InvoiceApps)
        {
            progress.Say($"looking at {instance.Name}");
            var look = new SymptomLook(troubleshooting, instance.Name);
            var isSlow = false;
            foreach (var entry in Entries(mayDisturb))
            {
                if (isSlow && entry.SendsMany)
                {
                    problems.Add($"{instance.Name}, {entry.Name}: its commands send many requests, and each takes seconds");
                    continue;
                }

                try
                {
                    Finding[] found = [.. Found(instance.Name, await look.LookAsync(lab, entry.Name, ct))];
                    isSlow |= entry.Name == Slow && found.Length > 0;
                    findings.AddRange(found);
                }
                catch (LabException e)
                {
                    problems.Add($"{instance.Name}, {entry.Name}: {e.Message.Split('\n')[0]}");
                }
            }
        }

        return new DiagnosisResult(findings, problems);
    }

    private IEnumerable<TroubleshootingEntry> Entries(bool mayDisturb) =>
        troubleshooting.Entries.Where(e => e.Symptoms.Count > 0 && (mayDisturb || !Disturbing.Contains(e.Name))).OrderBy(e => e.Name == Slow ? 0 : 1);

    /// <summary>A defect is there when all of its commands show it.</summary>
    internal static IEnumerable<Finding> Found(string instance, IReadOnlyList<SymptomRecord> symptoms) =>
        symptoms.Count == 0 || !symptoms.All(s => s.IsSeen)
            ? []
            : [new Finding(symptoms[0].Entry, instance, "its commands show it", [.. symptoms.SelectMany(Shown)], symptoms.Count, null, null)];

    private static IEnumerable<string> Shown(SymptomRecord symptom)
    {
        var pattern = new ShownSymptom(symptom.Command, symptom.Shows);
        return symptom.Output.Split('\n').Where(pattern.IsIn).Take(1);
    }
}

/// <summary>What a diagnosis came to.</summary>
/// <param name="Findings">What is wrong.</param>
/// <param name="Problems">What could not be looked at, and why.</param>
public sealed record DiagnosisResult(IReadOnlyList<Finding> Findings, IReadOnlyList<string> Problems)
{
    /// <summary>0 nothing found, 1 something found, 2 nothing found and something not looked at.</summary>
    public int ExitCode => Findings.Count > 0 ? 1 : Problems.Count > 0 ? 2 : 0;

    /// <summary>For people: one paragraph for each finding.</summary>
    public IEnumerable<string> Lines(Troubleshooting troubleshooting)
    {
        foreach (var finding in Findings)
        {
            var entry = troubleshooting.Of(finding.Entry);
            var when = finding.First is { } first && finding.Last is { } last
                ? FormattableString.Invariant($", {first:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} to {last:HH:mm:ss.fff'Z'}")
                : "";
            yield return FormattableString.Invariant($"{finding.Where}: {finding.Entry}: {finding.What} ({finding.Count} times{when})");
            foreach (var line in finding.Evidence)
            {
                yield return $"  {line}";
            }

            yield return $"  see {Troubleshooting.FileName}#{entry.Anchor}";
        }

        foreach (var problem in Problems)
        {
            yield return $"not looked at: {problem}";
        }

        if (Findings.Count == 0)
        {
            yield return Problems.Count == 0 ? "nothing found" : "nothing found in what could be looked at";
        }
    }
}
