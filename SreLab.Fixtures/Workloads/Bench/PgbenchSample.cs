namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>One line of pgbench's transaction log.</summary>
/// <param name="FinishUs">When it ended, microseconds since the Unix epoch.</param>
/// <param name="LatencyUs">Microseconds, from the scheduled start in an open loop; 0 unless <see cref="SampleOutcome.Ok"/>.</param>
/// <param name="Client">Client number, from 0.</param>
/// <param name="Script">Script number, from 0, in the order of the arguments.</param>
/// <param name="Outcome">How it ended.</param>
internal readonly record struct PgbenchSample(long FinishUs, long LatencyUs, int Client, short Script, SampleOutcome Outcome);

/// <summary>How a logged transaction ended.</summary>
internal enum SampleOutcome : byte
{
    /// <summary>Committed.</summary>
    Ok = 0,

    /// <summary>Failed with a serialization error or a deadlock; the client went on.</summary>
    Failed = 1,

    /// <summary>Never started: it was already later than the latency limit.</summary>
    Skipped = 2,
}
