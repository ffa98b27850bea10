using Npgsql;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Workloads.Ledger;

namespace SreLab.Fixtures.Faults;

/// <summary>Commits on one member directly as clients do, waiting for the standbys that the cluster demands: what it accepts, a client would have been told.</summary>
/// <remarks>One attempt at a time: a primary that lost its standbys leaves it waiting, and the answer, whenever it comes, is the finding.</remarks>
internal sealed class CommitProbe(string member, string connectionString, HistoryClock clock, HistoryWriter<ProbeAttempt> history)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks until cancelled; an attempt that is not answered by then is recorded as unanswered.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var source = ProbeTable.CreateSource(connectionString, commit: null);
        NpgsqlConnection? connection = null;
        while (!stop.IsCancellationRequested)
        {
            var dueMs = clock.NowMs + Period.TotalMilliseconds;
            var sentMs = clock.NowMs;
            try
            {
                connection ??= await source.OpenConnectionAsync(stop).ConfigureAwait(false);
                sentMs = clock.NowMs;
                Note(sentMs, await ProbeTable.WriteAsync(connection, member + "/synchronous").WaitAsync(stop).ConfigureAwait(false), null);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction)
            {
                Note(sentMs, null, e.SqlState);
            }
            catch (Exception e)
            {
                Note(sentMs, null, e is OperationCanceledException ? "unanswered" : WriteOutcome.Name(e));
                Drop(connection);
                connection = null;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(1, dueMs - clock.NowMs)), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Drop(connection);
    }

    private void Note(double sentMs, int? timeline, string? error) => history.Append(new ProbeAttempt
    {
        Member = member,
        SentMs = sentMs,
        EndedMs = clock.NowMs,
        IsSynchronous = true,
        Accepted = timeline is not null,
        Timeline = timeline ?? 0,
        Error = error,
    });

    // Closing may wait for an answer that never comes; nobody waits for that.
    private static void Drop(NpgsqlConnection? connection) => _ = Task.Run(async () =>
    {
        try
        {
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // It is thrown away.
        }
    });
}
