using System.Diagnostics;
using System.Globalization;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;
using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Bench;

namespace SreLab.Fixtures.Comparisons;

/// <summary>Our seed beside <c>pgbench -i</c> for the same bytes on the same cluster; both clocks stop when every standby has replayed.</summary>
internal static class SeedComparison
{
    // pgbench's accounts, tellers, branches and primary keys: 14.9 MB a scale unit on PostgreSQL 15.
    private const double BytesPerScale = 14.9e6;
    private const string Database = "peer";

    internal static async Task<Comparison> RunAsync(ILab lab, LabSettings settings, int pairs, IProgressLog progress, CancellationToken ct)
    {
        var reseed = settings with { Reseed = true };
        var bytes = await BytesOfOursAsync(lab, reseed, progress, ct);
        var scale = Math.Max(1, (int)Math.Round(bytes / BytesPerScale));
        var (ours, peer) = await Comparison.InterleaveAsync(
            pairs,
            async () =>
            {
                await AdminSql.RunAsync(lab, Place.ReadWrite, "drop schema if exists shop cascade; drop table if exists srelab.seed_manifest", ct);
                await SettleAsync(lab, ct);
                var outcome = await new Seeder().SeedAsync(lab, reseed, new SilentProgress(), ct);
                var perMegabyte = outcome.Seconds / (outcome.DatabaseBytes / 1e6);
                progress.Say(string.Create(CultureInfo.InvariantCulture, $"ours: {outcome.Seconds:0.0} s for {outcome.DatabaseBytes / 1e6:0} MB"));
                return perMegabyte * 1000;
            },
            () => PeerAsync(lab, scale, progress, ct));
        await AdminSql.RunAsync(lab, Place.ReadWrite, $"drop database if exists {Database} with (force)", ct);
        return new Comparison(
            string.Create(CultureInfo.InvariantCulture, $"seed {settings.Rows:N0} rows against pgbench -i -s {scale}, per byte, replayed on both standbys"),
            "ms/MB",
            ours,
            peer,
            Goal: 1.5,
            LowerIsBetter: true);
    }

    private static async Task<double> BytesOfOursAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct) =>
        (await new Seeder().SeedAsync(lab, settings, progress, ct)).DatabaseBytes;

    private static async Task<double> PeerAsync(ILab lab, int scale, IProgressLog progress, CancellationToken ct)
    {
        await AdminSql.RunAsync(lab, Place.ReadWrite, $"drop database if exists {Database} with (force)", ct);
        await AdminSql.RunAsync(lab, Place.ReadWrite, $"create database {Database}", ct);
        await SettleAsync(lab, ct);
        var environment = new Dictionary<string, string>(lab.LibpqEnvironment(Place.ReadWrite, DatabaseUser.Admin)) { ["PGDATABASE"] = Database };
        await LibpqProof.DemandAsync(lab, Place.ReadWrite, environment, ct);
        var clock = Stopwatch.StartNew();
        var result = await lab.RunRecordedAsync(
            "pgbench-initialize", "pgbench", ["-i", "-q", "-s", scale.ToString(CultureInfo.InvariantCulture)], environment, Path.GetTempPath(), null, ct);
        if (result.ExitCode != 0)
        {
            throw new LabException($"pgbench -i failed with exit code {result.ExitCode}.\n{result.Error}");
        }

        await CaughtUpStandbys.WaitAsync(lab, ct);
        var seconds = clock.Elapsed.TotalSeconds;
        var bytes = Convert.ToDouble(await AdminSql.RunAsync(lab, Place.ReadWrite, $"select pg_database_size('{Database}') - pg_database_size('template1')", ct), CultureInfo.InvariantCulture);
        progress.Say(string.Create(CultureInfo.InvariantCulture, $"pgbench -i: {seconds:0.0} s for {bytes / 1e6:0} MB"));
        return seconds / (bytes / 1e6) * 1000;
    }

    // Both sides begin with nothing left to write from the other's turn.
    private static async Task SettleAsync(ILab lab, CancellationToken ct)
    {
        await AdminSql.RunAsync(lab, Place.ReadWrite, "checkpoint", ct);
        await CaughtUpStandbys.WaitAsync(lab, ct);
    }
}
