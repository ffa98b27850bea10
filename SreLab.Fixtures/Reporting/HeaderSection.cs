using System.Text;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>Front matter and the one-sentence result.</summary>
internal static class HeaderSection
{
    /// <summary>Patroni's settings that decide an outage.</summary>
    internal static readonly string[] Timings = ["ttl", "loop_wait", "retry_timeout", "primary_start_timeout", "synchronous_mode", "synchronous_mode_strict"];

    internal static void Append(StringBuilder page, RunEvidence evidence, IReadOnlyList<PromiseVerdict> verdicts)
    {
        var run = evidence.Run;
        var unknown = $"unknown ({evidence.WhyMissing(EvidenceFiles.Run)})";
        page.Append("---\n");
        Field(page, "run", run?.Id ?? unknown);
        Field(page, "started", run is null ? unknown : Invariant($"{run.StartedUtc.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"));
        Field(page, "commit", run?.Commit ?? unknown);
        Field(page, "target", run is null ? unknown : $"{run.Target}, profile {run.Profile}, seed {run.Settings.GetValueOrDefault("seed", "unknown")}");
        AppendEnvironment(page, evidence);
        page.Append("---\n# Performance report\n\n");

        var count = (VerdictKind kind) => verdicts.Count(v => v.Verdict.Kind == kind);
        page.Append(Invariant($"**{count(VerdictKind.Holds)} of {verdicts.Count} promises hold, {count(VerdictKind.Broken)} broken, {count(VerdictKind.Unknown)} unknown{(count(VerdictKind.Slow) is var slow and > 0 ? Invariant($", {slow} slow") : "")}.** "));
        page.Append(Invariant($"Every number is from the evidence folder `runs/{run?.Id ?? Path.GetFileName(evidence.Store.Folder)}`.\n"));
    }

    private static void AppendEnvironment(StringBuilder page, RunEvidence evidence)
    {
        if (evidence.Environment is not { } machine)
        {
            Field(page, "hardware", $"unknown ({evidence.WhyMissing(EvidenceFiles.Environment)})");
            return;
        }

        Field(page, "hardware", Invariant($"{machine.Cores} x {machine.Processor}, {Figures.Bytes(machine.MemoryBytes)} memory, {machine.OperatingSystem}"));
        if (evidence.Calibration is { } calibration)
        {
            Field(page, "calibration", calibration.Describe());
        }

        if (HostSection.Describe(evidence) is { } quiet)
        {
            Field(page, "quiet", quiet);
        }

        Field(page, "versions", string.Join(", ", machine.Versions.Select(v => $"{v.Key} {v.Value}")));
        if (evidence.Up is { } up)
        {
            Field(page, "lab", up.DescribeTime());
        }

        Field(page, "patroni", string.Join(", ", Timings.Where(machine.PatroniSettings.ContainsKey).Select(t => $"{t} {machine.PatroniSettings[t]}")));
    }

    // Quoted, because versions and processor names hold colons and hashes.
    private static void Field(StringBuilder page, string name, string value) =>
        page.Append(Invariant($"{name}: \"{value.ReplaceLineEndings(" ").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"\n"));
}
