using System.Security.Cryptography;

namespace SreLab.Fixtures.Workloads.Ledger;

/// <summary>Ids that are never used twice in a lab: 31 random bits for the experiment, then a counter.</summary>
/// <remarks>
/// Not from SEED on purpose: a repeated run in a lab that is still up would write the same ids again. Random rather than from the clock,
/// which may be set back.
/// </remarks>
internal sealed class LedgerIds
{
    private readonly long _high = (long)RandomNumberGenerator.GetInt32(1, int.MaxValue) << 32;
    private long _count;

    public long Next() => _high | Interlocked.Increment(ref _count);
}
