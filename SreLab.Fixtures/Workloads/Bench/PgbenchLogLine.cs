namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>Reads a line of pgbench's transaction log (<c>-l</c>), as PostgreSQL 15 to 18 write it.</summary>
/// <remarks>
/// <c>client transaction time script epoch microseconds [schedule_lag] [retries]</c>. The time is microseconds or one of
/// <c>failed</c>, <c>serialization</c>, <c>deadlock</c>, <c>skipped</c>; the lag is there with <c>--rate</c> and already
/// part of the time, the retries are there with <c>--max-tries</c>. Neither changes what is measured, so both are only checked.
/// </remarks>
internal static class PgbenchLogLine
{
    private const int OptionalColumns = 2;

    /// <summary>Reads a line without its line end; false when it is not one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out PgbenchSample sample)
    {
        sample = default;
        if (!TryNumber(ref line, out var client) || client > int.MaxValue || !TryNumber(ref line, out _)
            || !TryTime(ref line, out var latency, out var outcome)
            || !TryNumber(ref line, out var script) || script > short.MaxValue
            || !TryNumber(ref line, out var epoch) || epoch > long.MaxValue / 2_000_000
            || !TryNumber(ref line, out var micros) || micros > 999_999)
        {
            return false;
        }

        for (var column = 0; column < OptionalColumns && !line.IsEmpty; column++)
        {
            if (!TryNumber(ref line, out _))
            {
                return false;
            }
        }

        sample = new PgbenchSample((epoch * 1_000_000) + micros, latency, (int)client, (short)script, outcome);
        return line.IsEmpty;
    }

    private static bool TryTime(ref ReadOnlySpan<byte> line, out long latency, out SampleOutcome outcome)
    {
        outcome = SampleOutcome.Ok;
        if (!line.IsEmpty && line[0] is >= (byte)'0' and <= (byte)'9')
        {
            return TryNumber(ref line, out latency);
        }

        latency = 0;
        var end = line.IndexOf((byte)' ');
        if (end < 0)
        {
            return false;
        }

        var word = line[..end];
        line = line[(end + 1)..];
        if (word.SequenceEqual("skipped"u8))
        {
            outcome = SampleOutcome.Skipped;
            return true;
        }

        outcome = SampleOutcome.Failed;
        return word.SequenceEqual("failed"u8) || word.SequenceEqual("serialization"u8) || word.SequenceEqual("deadlock"u8);
    }

    /// <summary>Takes a number and the single space behind it off the line.</summary>
    private static bool TryNumber(ref ReadOnlySpan<byte> line, out long value)
    {
        value = 0;
        var digits = 0;
        while (digits < line.Length && line[digits] is >= (byte)'0' and <= (byte)'9')
        {
            value = (value * 10) + (line[digits++] - '0');
        }

        // 18 digits are within a long, whatever they are.
        if (digits is 0 or > 18)
        {
            return false;
        }

        if (digits == line.Length)
        {
            line = [];
            return true;
        }

        if (line[digits] != ' ' || digits + 1 == line.Length)
        {
            return false;
        }

        line = line[(digits + 1)..];
        return true;
    }
}
