using System.Globalization;

namespace SreLab.Fixtures.Kubernetes.Bench;

/// <summary>One pod's part of a pass.</summary>
/// <param name="Index">From 0.</param>
/// <param name="FirstClient">Number of its first client in the whole pass.</param>
/// <param name="Arguments">Arguments of its pgbench.</param>
internal sealed record BenchShare(int Index, int FirstClient, IReadOnlyList<string> Arguments);

/// <summary>Parts a pass among pods: clients, threads and rate are divided, each draws other random numbers, and each logs where it runs.</summary>
internal static class BenchShares
{
    /// <summary>Prefix of the logs in a pod.</summary>
    public const string LogPrefix = "pgbench";

    private const string LogPrefixOption = "--log-prefix=";
    private const string SeedOption = "--random-seed=";
    private const string RateOption = "--rate=";
    private const string Clients = "-c";
    private const string Threads = "-j";

    /// <summary>Whether a run is a pass of the benchmark: a pgbench that logs.</summary>
    public static bool IsBench(string program, IReadOnlyList<string> arguments) => program == "pgbench" && arguments.Any(a => a.StartsWith(LogPrefixOption, StringComparison.Ordinal));

    /// <summary>Where the logs of a pass belong, relative to its working directory.</summary>
    public static string LogFolder(IReadOnlyList<string> arguments) =>
        Path.GetDirectoryName(arguments.First(a => a.StartsWith(LogPrefixOption, StringComparison.Ordinal))[LogPrefixOption.Length..])!;

    /// <summary>The parts; fewer than pods when there are fewer clients.</summary>
    public static IReadOnlyList<BenchShare> Of(IReadOnlyList<string> arguments, int pods)
    {
        var clients = Number(arguments, Clients);
        var threads = Number(arguments, Threads);
        var parts = Math.Min(pods, clients);
        var first = 0;
        return
        [
            .. Enumerable.Range(0, parts).Select(i =>
            {
                var own = (clients / parts) + (i < clients % parts ? 1 : 0);
                var share = new BenchShare(i, first, [.. ArgumentsOf(arguments, i, own, Math.Clamp(threads, 1, own), (double)own / clients)]);
                first += own;
                return share;
            }),
        ];
    }

    private static IEnumerable<string> ArgumentsOf(IReadOnlyList<string> arguments, int index, int clients, int threads, double part)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument is Clients or Threads)
            {
                yield return argument;
                yield return Text(argument == Clients ? clients : threads);
                i++;
            }
            else
            {
                yield return argument.StartsWith(LogPrefixOption, StringComparison.Ordinal) ? LogPrefixOption + LogPrefix
                    : argument.StartsWith(SeedOption, StringComparison.Ordinal) ? SeedOption + Text(long.Parse(argument[SeedOption.Length..], CultureInfo.InvariantCulture) + index)
                    : argument.StartsWith(RateOption, StringComparison.Ordinal) ? RateOption + (double.Parse(argument[RateOption.Length..], CultureInfo.InvariantCulture) * part).ToString("0.###", CultureInfo.InvariantCulture)
                    : argument;
            }
        }
    }

    private static int Number(IReadOnlyList<string> arguments, string option) =>
        int.Parse(arguments.SkipWhile(a => a != option).Skip(1).First(), CultureInfo.InvariantCulture);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
