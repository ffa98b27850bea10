namespace SreLab.Fixtures.Workloads.Telemetry;

/// <summary>The clients' counters at one moment, over all sources.</summary>
/// <param name="Operations">Operations whose outcome is known.</param>
/// <param name="Bad">Those of them that count against availability.</param>
/// <param name="Timed">Operations with a latency: acknowledged ones, however late.</param>
/// <param name="Slow">Those of them beyond the latency objective.</param>
public readonly record struct ClientTotals(long Operations, long Bad, long Timed, long Slow)
{
    /// <summary>What was counted between two moments.</summary>
    public static ClientTotals operator -(ClientTotals later, ClientTotals earlier) => later.Subtract(earlier);

    /// <summary>What two counters counted together.</summary>
    public static ClientTotals operator +(ClientTotals one, ClientTotals other) => one.Add(other);

    /// <summary>What two counters counted together.</summary>
    public ClientTotals Add(ClientTotals other) =>
        new(Operations + other.Operations, Bad + other.Bad, Timed + other.Timed, Slow + other.Slow);

    /// <summary>What was counted since an earlier moment.</summary>
    public ClientTotals Subtract(ClientTotals earlier) =>
        new(Operations - earlier.Operations, Bad - earlier.Bad, Timed - earlier.Timed, Slow - earlier.Slow);
}
