using System.Globalization;
using System.Text;
using SreLab.Fixtures.Evidence;
using static System.FormattableString;

namespace SreLab.Fixtures.Reporting;

/// <summary>What the recorded settings mean for this run, and what to change first: from the evidence, never a fixed text.</summary>
internal static class SizingSection
{
    internal static void Append(StringBuilder page, RunEvidence evidence)
    {
        page.Append("\n## Sizing and tuning\n");
        if (evidence.Environment is not { } machine)
        {
            page.Append(Invariant($"Unknown: {evidence.WhyMissing(EvidenceFiles.Environment)}.\n"));
            return;
        }

        string?[] sentences = [Memory(machine, evidence.Seed), WriteAheadLog(machine, evidence.Bench), Commit(machine), Advice(machine, evidence.Bench)];
        page.AppendJoin(' ', sentences.OfType<string>()).Append('\n');
    }

    private static string Memory(EnvironmentRecord machine, SeedRecord? seed)
    {
        var setting = machine.PostgresSettings.GetValueOrDefault("shared_buffers", "unknown");
        if (Figures.ParseSize(setting) is not { } buffers || seed is null)
        {
            return $"`shared_buffers` is {setting}.";
        }

        return buffers >= seed.DatabaseBytes
            ? $"`shared_buffers` ({Figures.Bytes(buffers)} a member) holds the whole database ({Figures.Bytes(seed.DatabaseBytes)})."
            : $"`shared_buffers` ({Figures.Bytes(buffers)} a member) holds {Figures.Share((double)buffers / seed.DatabaseBytes)} of the database ({Figures.Bytes(seed.DatabaseBytes)}); the rest comes from the page cache.";
    }

    private static string? WriteAheadLog(EnvironmentRecord machine, BenchRecord? bench)
    {
        if (bench?.Passes.FirstOrDefault(p => p.Name == "closed-loop") is not { Seconds: > 0 } pass || bench.WalBytes <= 0)
        {
            return null;
        }

        var rate = bench.WalBytes / pass.Seconds;
        var text = $"The closed loop wrote {Figures.Bytes(rate)}/s of write-ahead log";
        return Figures.ParseSize(machine.PostgresSettings.GetValueOrDefault("max_wal_size")) is { } limit
            ? $"{text}; at that rate `max_wal_size` {Figures.Bytes(limit)} lasts at most {Figures.Count(limit / rate)} s before a checkpoint is forced."
            : $"{text}.";
    }

    private static string? Commit(EnvironmentRecord machine)
    {
        if (!machine.PatroniSettings.TryGetValue("synchronous_mode", out var mode))
        {
            return null;
        }

        var strict = machine.PatroniSettings.GetValueOrDefault("synchronous_mode_strict", "unknown");
        var commit = machine.PostgresSettings.GetValueOrDefault("synchronous_commit", "unknown");
        return $"Commits run with `synchronous_mode` {mode}, `synchronous_mode_strict` {strict}, `synchronous_commit` {commit}.";
    }

    private static string? Advice(EnvironmentRecord machine, BenchRecord? bench)
    {
        if (bench is null || Bottleneck.Of(bench) is not { } bottleneck)
        {
            return null;
        }

        var clients = bench.Passes.FirstOrDefault(p => p.Name == "closed-loop")?.Clients;
        var cores = machine.Cores.ToString(CultureInfo.InvariantCulture);
        var saturated = bench.Host.GetValueOrDefault("cpu_busy_ratio") >= Bottleneck.SaturatedRatio;
        return (bottleneck.Kind, saturated) switch
        {
            (_, true) => $"Tune first: more processors, or members on machines of their own ({cores} are shared by everything{(clients is null ? "" : Invariant($", {clients} clients included"))}).",
            (BottleneckKind.Processor, _) => $"Tune first: the costliest statement's plan, then processors ({cores} here).",
            (BottleneckKind.Replication, _) => "Tune first: the standby's log disk and the network to it; more clients hide that latency, fewer guarantees would give it up.",
            (BottleneckKind.WriteAheadLog, _) => "Tune first: a log disk of its own with a fast flush.",
            (BottleneckKind.DataRead, _) => "Tune first: `shared_buffers` and memory, then the data disk.",
            (BottleneckKind.RowLock, _) => "Tune first: the rows that transactions contend for; shorter transactions, a stable lock order.",
            (BottleneckKind.InternalLock, _) => "Tune first: fewer connections at once, through a pooler.",
            (BottleneckKind.Client, _) => "Tune first: the clients; the server waits for them.",
            _ => null,
        };
    }
}
