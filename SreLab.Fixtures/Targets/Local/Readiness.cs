using Npgsql;
using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>What "the lab is up" means, checked from outside as a client would.</summary>
/// <param name="IsWhole">Everything holds.</param>
/// <param name="Missing">What does not hold yet; empty when whole.</param>
/// <param name="State">The members as they were seen.</param>
internal sealed record Readiness(bool IsWhole, string Missing, ClusterState State)
{
    private const int Standbys = 2;

    /// <summary>One look at everything.</summary>
    public static async Task<Readiness> LookAsync(LocalLab lab, CancellationToken ct)
    {
        var targets = lab.GetScrapeTargetsAsync(ct);
        var state = await lab.GetClusterStateAsync(ct);
        var missing = new List<string>();
        if (state.Primary is null)
        {
            missing.Add("a primary");
        }

        if (state.StreamingStandbys.Count(s => s.Timeline == state.Primary?.Timeline) < Standbys)
        {
            missing.Add("two streaming standbys");
        }

        if (state.Members.Count(m => m.IsSynchronous) < Standbys)
        {
            missing.Add("two synchronous standbys");
        }

        if (missing.Count == 0)
        {
            var answers = await Task.WhenAll(
                AnswersAsync(lab, Place.ReadWrite, "SELECT pg_logical_emit_message(true, 'srelab', 'is it up?') IS NOT NULL", ct),
                AnswersAsync(lab, Place.ReadOnly, "SELECT pg_is_in_recovery()", ct));
            missing.AddRange(answers.OfType<string>());
        }

        var down = (await targets).Where(t => t.Health != "up").ToArray();
        if (down.Length > 0)
        {
            missing.Add($"scrape targets {string.Join(' ', down.Select(t => $"{t.Job}/{t.Instance}"))}");
        }

        return new Readiness(missing.Count == 0, string.Join(", ", missing), state);
    }

    /// <summary>Null when the endpoint answers true, else what is missing.</summary>
    private static async Task<string?> AnswersAsync(LocalLab lab, Place place, string query, CancellationToken ct)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(lab.ConnectionString(place, DatabaseUser.App)) { Pooling = false, Timeout = 2, CommandTimeout = 3 };
            await using var connection = ProvenConnections.Create(settings.ConnectionString);
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand(query, connection);
            return await command.ExecuteScalarAsync(ct) is true ? null : $"the {place.Name} endpoint on the right member";
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return $"the {place.Name} endpoint ({e.Message})";
        }
    }
}
