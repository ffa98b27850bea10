using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Evidence;

/// <summary>Reads what a run runs on and with.</summary>
internal static class EnvironmentReader
{
    private static readonly string[] DecidingSettings =
    [
        "shared_buffers", "work_mem", "maintenance_work_mem", "effective_cache_size", "max_connections", "max_wal_size", "checkpoint_timeout",
        "wal_compression", "wal_buffers", "synchronous_commit", "synchronous_standby_names", "fsync", "full_page_writes", "data_checksums",
        "wal_level", "hot_standby_feedback", "random_page_cost", "max_worker_processes", "huge_pages",
    ];

    /// <summary>Asks the machine, the programs and the primary.</summary>
    internal static async Task<EnvironmentRecord> ReadAsync(ILab lab, CancellationToken ct)
    {
        var cpu = await File.ReadAllLinesAsync("/proc/cpuinfo", ct);
        return new EnvironmentRecord
        {
            OperatingSystem = $"{RuntimeInformation.OSDescription}, kernel {(await File.ReadAllTextAsync("/proc/sys/kernel/osrelease", ct)).Trim()}",
            Processor = cpu.FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown",
            Cores = Environment.ProcessorCount,
            MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            Versions = await lab.GetVersionsAsync(ct),
            PostgresSettings = await SettingsOfPrimaryAsync(lab, ct),
            PatroniSettings = lab.HasClusterManager ? await lab.GetDynamicSettingsAsync(ct) : new Dictionary<string, string>(),
        };
    }

    private static async Task<IReadOnlyDictionary<string, string>> SettingsOfPrimaryAsync(ILab lab, CancellationToken ct)
    {
        await using var connection = ProvenConnections.Create(lab.ConnectionString(Place.ReadWrite, DatabaseUser.Admin));
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(
            "select name, current_setting(name) from pg_settings where name = any($1) order by name", connection);
        command.Parameters.AddWithValue(DecidingSettings);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            settings[reader.GetString(0)] = reader.GetString(1).ToString(CultureInfo.InvariantCulture);
        }

        return settings;
    }
}
