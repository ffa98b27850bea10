using System.Text;
using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>The passes of the benchmark, one row each; a pass that did not run has a row too.</summary>
internal static class BenchSection
{
    private static readonly string[] Expected = ["closed-loop", "open-loop", "read-only"];

    internal static void Append(StringBuilder page, RunEvidence evidence)
    {
        page.Append("\n## Benchmark\n");
        var table = new MarkdownTable("pass", "clients>", "TPS>", "avg ms>", "p50>", "p95>", "p99>", "p99.9>", "max>", "transactions>", "errors>");
        var passes = evidence.Bench?.Passes ?? [];
        foreach (var name in Expected.Concat(passes.Select(p => p.Name).Except(Expected)))
        {
            if (passes.FirstOrDefault(p => p.Name == name) is { } pass)
            {
                AppendPass(table, pass);
            }
            else
            {
                table.Row(name, "", $"unknown: {(evidence.Bench is null ? evidence.WhyMissing(EvidenceFiles.Bench) : "the pass is not in the record")}");
            }
        }

        page.Append(table);
    }

    private static void AppendPass(MarkdownTable table, BenchPassRecord pass)
    {
        var l = pass.Latency;
        var load = pass.RatePerSecond is { } rate ? $", {Figures.PerSecond(rate)} scheduled" : "";
        table.Row(
            $"{pass.Name} {Figures.Tick(pass.Seconds)} s{load}",
            Figures.Count(pass.Clients),
            Figures.Count(pass.Tps),
            Figures.Plain(l.Average),
            Figures.Plain(l.P50),
            Figures.Plain(l.P95),
            Figures.Plain(l.P99),
            Figures.Plain(l.P999),
            Figures.Plain(l.Max),
            Figures.Count(pass.Transactions),
            Errors(pass.Errors));
    }

    private static string Errors(BenchErrorsRecord errors)
    {
        List<string> causes = [];
        Add(errors.Failed, "failed");
        Add(errors.Skipped, "skipped");
        Add(errors.AbortedClients, "clients aborted");
        Add(errors.SilentSeconds, "s silent");
        if (errors.ExitCode != 0)
        {
            causes.Add(Invariant($"exit code {errors.ExitCode}"));
        }

        return causes.Count == 0 ? Figures.Count(errors.Total) : $"{Figures.Count(errors.Total)} ({string.Join(", ", causes)})";

        void Add(long count, string what)
        {
            if (count > 0)
            {
                causes.Add($"{Figures.Count(count)} {what}");
            }
        }
    }
}
