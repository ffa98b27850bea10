using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Experiments;

/// <summary>Follows a failover from outside: who holds the leader key, and which standby leaves recovery.</summary>
/// <remarks>It splits the outage into phases; the outage itself is measured from the ledger. Polls every <see cref="PollInterval"/>.</remarks>
internal sealed class FailoverWatch(ILab lab, Member oldPrimary, HistoryClock clock, Bound bound)
{
    public static TimeSpan PollInterval { get; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until the consensus store names another leader.</summary>
    /// <returns>Its name, and when it was first seen.</returns>
    public async Task<(string Leader, double AtMs)> WaitForLeaderAsync(CancellationToken ct)
    {
        var leader = await Wait.UntilAsync(
            bound,
            $"the consensus store to name a leader other than {oldPrimary.Name}",
            async token =>
            {
                var name = await lab.GetLeaderNameAsync(token).ConfigureAwait(false);
                return (name is null || name == oldPrimary.Name ? null : name, name ?? "no leader");
            },
            PollInterval,
            ct).ConfigureAwait(false);
        return (leader, clock.NowMs);
    }

    /// <summary>Waits until a member other than the old primary says that it is not in recovery.</summary>
    /// <returns>Which one, and when it first said so.</returns>
    public async Task<(Member Member, double AtMs)> WaitForPromotionAsync(CancellationToken ct)
    {
        using var others = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watches = lab.Members.Where(m => m != oldPrimary).Select(m => WaitUntilPromotedAsync(m, others.Token)).ToList();
        try
        {
            return await (await Task.WhenAny(watches).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await others.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(watches.Select(async w => await ((Task)w).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing))).ConfigureAwait(false);
        }
    }

    private async Task<(Member Member, double AtMs)> WaitUntilPromotedAsync(Member member, CancellationToken ct)
    {
        await using var source = ProvenConnections.CreateSource(new NpgsqlConnectionStringBuilder(lab.ConnectionString(Place.On(member), DatabaseUser.App))
        {
            Timeout = 1,
            CommandTimeout = 1,
            MaxPoolSize = 1,
            ApplicationName = "srelab-watch",
        }.ConnectionString);
        await Wait.UntilAsync(
            bound,
            $"{member.Name} to leave recovery",
            async token =>
            {
                await using var command = source.CreateCommand("select pg_is_in_recovery()");
                return (await command.ExecuteScalarAsync(token).ConfigureAwait(false) is false ? "promoted" : null, "in recovery");
            },
            PollInterval,
            ct).ConfigureAwait(false);
        return (member, clock.NowMs);
    }
}
