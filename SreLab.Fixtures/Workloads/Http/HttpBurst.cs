using System.Diagnostics;

namespace SreLab.Fixtures.Workloads.Http;

/// <summary>What a burst came to.</summary>
/// <param name="Sent">Requests that were sent.</param>
/// <param name="Good">Those that were answered as expected.</param>
/// <param name="Answered">Those that were answered at all.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="FirstFailure">What was wrong with the first that was not good; null when all were.</param>
internal sealed record BurstResult(int Sent, int Good, int Answered, double Seconds, string? FirstFailure);

/// <summary>Many requests side by side to one address, as fast as they are answered (closed loop).</summary>
internal static class HttpBurst
{
    /// <summary>Sends them.</summary>
    /// <param name="address">Base address.</param>
    /// <param name="plans">What is sent, in this order.</param>
    /// <param name="concurrency">How many are in flight at most.</param>
    /// <param name="deadline">Until a request counts as not answered.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<BurstResult> RunAsync(Uri address, IReadOnlyList<HttpPlan> plans, int concurrency, TimeSpan deadline, CancellationToken ct)
    {
        using var probe = new HttpProbe();
        var (good, answered) = (0, 0);
        string? failure = null;
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(plans, new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = ct }, async (plan, token) =>
        {
            var question = new HttpQuestion(HttpMethod.Get, new Uri(address, plan.Path)) { Deadline = deadline };
            var answer = await probe.AskAsync(question, onNewConnection: false, token).ConfigureAwait(false);
            if (answer.Status is not null)
            {
                Interlocked.Increment(ref answered);
            }

            if (answer.Status == plan.ExpectedStatus)
            {
                Interlocked.Increment(ref good);
            }
            else
            {
                Interlocked.CompareExchange(ref failure, $"{plan.Path}: {answer.Describe()}", null);
            }
        }).ConfigureAwait(false);
        return new BurstResult(plans.Count, good, answered, clock.Elapsed.TotalSeconds, failure);
    }
}
