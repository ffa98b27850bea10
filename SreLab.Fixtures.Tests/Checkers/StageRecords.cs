using System.Globalization;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Tests.Checkers;

/// <summary>Small hand-made records of the stages, in which every promise holds.</summary>
internal static class StageRecords
{
    private static readonly string[] Members = ["pg-1", "pg-2", "pg-3"];
    private static readonly string[] Jobs = ["etcd", "patroni", "postgres", "haproxy", "node", "prometheus", "alertmanager"];

    public static UpRecord Up() => new()
    {
        StartedUtc = DateTimeOffset.UnixEpoch,
        Seconds = 11.4,
        WasUp = false,
        SecondSeconds = 0.8,
        SecondFoundItWhole = true,
        Repairs = [],
        Members = [.. Members.Select(m => new MemberRecord(m, "127.0.0.1:5432", m == "pg-1" ? "primary" : "standby", m == "pg-1" ? "running" : "streaming", 1, m == "pg-1" ? null : 0, m == "pg-2"))],
        ScrapeTargets = [.. Jobs.Select(j => new ScrapeTargetRecord(j, "127.0.0.1:1", "up"))],
        ListenersBeyondLoopback = [],
        Settings = Members.ToDictionary(m => m, _ => (IReadOnlyDictionary<string, string>)new Dictionary<string, string>
        {
            ["data_checksums"] = "on",
            ["fsync"] = "on",
            ["full_page_writes"] = "on",
            ["synchronous_commit"] = "on",
            ["password_encryption"] = "scram-sha-256",
            ["ssl"] = "on",
            ["synchronous_standby_names"] = "2 (\"pg-2\",\"pg-3\")",
        }),
        ClientSettings = [.. Members.SelectMany(m => SafeSettings.ClientNames.Select(n => new ClientSettingRecord(m, SafeSettings.OwnerSession, n, ClientDefault(n))))],
        RefusedAttempts = new Dictionary<string, string> { ["plain text"] = "28000", ["wrong password"] = "28P01" },
    };

    private static string ClientDefault(string name) => name switch { "synchronous_commit" => "on", "session_replication_role" => "origin", _ => "off" };

    /// <summary>Ten tables of 100 rows, each pointing to the one before it; the first points nowhere and is pointed to.</summary>
    public static SeedRecord Seed()
    {
        var tables = Enumerable.Range(1, 10).Select(i => $"shop.t{i.ToString(CultureInfo.InvariantCulture)}").ToList();
        return new SeedRecord
        {
            StartedUtc = DateTimeOffset.UnixEpoch,
            RowsAsked = 1000,
            Seed = 42,
            WasSeeded = false,
            Phases = [],
            Seconds = 1,
            PeakResidentBytes = 1,
            DatabaseBytes = 1,
            Tables = [.. tables.Select((t, i) => new TableRecord(t, 100, 8192, ["id", $"c{i.ToString(CultureInfo.InvariantCulture)}"], Members.ToDictionary(m => m, _ => $"hash of {t}")))],
            ForeignKeys = [.. tables.Zip(tables.Skip(1), (to, from) => new ForeignKeyRecord($"{from} to {to}", $"{from} FOREIGN KEY (c) REFERENCES {to}(id)", true, 0))],
            SecondSeconds = 0.5,
            SecondSaidUnchanged = true,
            HashesAfterSecond = tables.ToDictionary(t => t, t => $"hash of {t}"),
        };
    }

    public static DownRecord Down() => new() { WasUp = true, Seconds = 2, EndedProcesses = 15, Remaining = [], SecondFoundNothing = true };

    public static UpRecord With(this UpRecord up, string member, Func<MemberRecord, MemberRecord> change) =>
        up with { Members = [.. up.Members.Select(m => m.Name == member ? change(m) : m)] };

    public static UpRecord WithSetting(this UpRecord up, string member, string name, string? value) => up with
    {
        Settings = up.Settings.ToDictionary(
            s => s.Key,
            s => s.Key != member ? s.Value : (IReadOnlyDictionary<string, string>)s.Value.Where(v => v.Key != name || value is not null).ToDictionary(v => v.Key, v => v.Key == name ? value! : v.Value)),
    };

    public static SeedRecord With(this SeedRecord seed, string table, Func<TableRecord, TableRecord> change) =>
        seed with { Tables = [.. seed.Tables.Select(t => t.Name == table ? change(t) : t)] };
}
