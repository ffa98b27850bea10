using System.Text;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>Streams one thread's transaction log, also while pgbench still writes it.</summary>
/// <param name="path">The log.</param>
internal sealed class PgbenchLogReader(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    private byte[] _buffer = new byte[1 << 16];
    private int _held;
    private long _line;

    /// <summary>Reads every whole line there is now.</summary>
    /// <param name="into">Receives what was read.</param>
    /// <exception cref="LabException">A line is not one of pgbench's.</exception>
    public void ReadAvailable(List<PgbenchSample> into)
    {
        int read;
        while ((read = _file.Read(_buffer, _held, _buffer.Length - _held)) > 0)
        {
            var used = TakeLines(_buffer.AsSpan(0, _held + read), into);
            _held += read - used;
            _buffer.AsSpan(used, _held).CopyTo(_buffer);
            if (_held == _buffer.Length)
            {
                throw Malformed(_buffer.AsSpan(0, 80));
            }
        }
    }

    /// <summary>Whether the log ends within a line, as it does when pgbench was killed while it wrote.</summary>
    public bool EndsWithinLine => _held > 0;

    /// <summary>The complaint about a log that ends within a line although pgbench ended well.</summary>
    public LabException CutOff()
    {
        _line++;
        return Malformed(_buffer.AsSpan(0, _held));
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private int TakeLines(ReadOnlySpan<byte> bytes, List<PgbenchSample> into)
    {
        var used = 0;
        for (int end; (end = bytes[used..].IndexOf((byte)'\n')) >= 0; used += end + 1)
        {
            _line++;
            var line = bytes.Slice(used, end);
            if (!PgbenchLogLine.TryParse(line, out var sample))
            {
                throw Malformed(line);
            }

            into.Add(sample);
        }

        return used;
    }

    private LabException Malformed(ReadOnlySpan<byte> line)
    {
        var shown = Encoding.UTF8.GetString(line[..Math.Min(line.Length, 80)]);
        return new LabException(
            FormattableString.Invariant($"bench log unreadable: line {_line} of {Path.GetFileName(path)} is not a line of pgbench -l.\n") +
            $"  line         '{shown}'\n" +
            $"  file         {path}\n" +
            "  repeat       make bench");
    }
}
