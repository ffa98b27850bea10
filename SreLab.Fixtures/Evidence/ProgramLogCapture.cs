using System.Globalization;
using System.Text;

namespace SreLab.Fixtures.Evidence;

/// <summary>Remembers how far the logs of the programs around PostgreSQL are, and copies later what was appended: bounded, and without secrets.</summary>
/// <remarks>What PostgreSQL logs is judged and so kept whole; these are read by people when something has to be explained.</remarks>
public sealed class ProgramLogCapture
{
    /// <summary>
    /// Most characters that are kept of one program and fault, half of them from the begin of its window and half from its end. Patroni writes a line
    /// of 100 characters a second and ten times that while it struggles; a window is three minutes at most.
    /// </summary>
    public const int MostKept = 2_000_000;

    private readonly IReadOnlyDictionary<string, string> _logs;
    private readonly SecretFilter _secrets;
    private readonly int _mostKept;
    private readonly LogTails _tails;

    /// <summary>Remembers where every log ends now.</summary>
    /// <param name="logs">Log of each program by its name.</param>
    /// <param name="secrets">What must not be kept.</param>
    /// <param name="mostKept">Most characters that are kept of each.</param>
    public ProgramLogCapture(IReadOnlyDictionary<string, string> logs, SecretFilter secrets, int mostKept = MostKept)
    {
        (_logs, _secrets, _mostKept, _tails) = (logs, secrets, mostKept, new LogTails(logs.Values));
    }

    /// <summary>Copies what was appended since to <c>programs/&lt;program&gt;.log</c> in the experiment's folder, and writes the record of it.</summary>
    /// <param name="store">The run.</param>
    /// <param name="folder">The experiment's folder, relative to the run.</param>
    /// <param name="startedUtc">Zero of the history's milliseconds.</param>
    public async Task<ProgramLogsRecord> SaveAsync(RunStore store, string folder, DateTimeOffset startedUtc)
    {
        var programs = new List<ProgramLogRecord>();
        foreach (var (program, log) in _logs.OrderBy(l => l.Key, StringComparer.Ordinal))
        {
            var kept = new BoundedText(_mostKept);
            var bytes = 0L;
            var (isThere, wasReplaced) = await _tails.ReadAsync(log, async stream =>
            {
                bytes += stream.Length - stream.Position;
                using var reader = new StreamReader(stream, Encoding.UTF8);
                while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
                {
                    kept.Append(_secrets.Clean(line));
                }
            }).ConfigureAwait(false);
            var relative = isThere ? $"{folder}/{EvidenceFiles.ProgramLogs}/{program}.log" : null;
            if (relative is not null)
            {
                await File.WriteAllTextAsync(store.PathOf(relative), kept.ToString()).ConfigureAwait(false);
            }

            programs.Add(new ProgramLogRecord(program, relative, bytes, kept.LeftOut, wasReplaced));
        }

        var record = new ProgramLogsRecord { StartedUtc = startedUtc, Programs = programs };
        store.Write($"{folder}/{EvidenceFiles.ProgramLogsFileName}", record);
        return record;
    }

    /// <summary>Lines up to a bound: the first ones, and of the others the last.</summary>
    private sealed class BoundedText(int most)
    {
        private readonly StringBuilder _first = new();
        private readonly Queue<string> _last = new();
        private int _lastLength;
        private bool _isFirstFull;

        public long LeftOut { get; private set; }

        public void Append(string line)
        {
            _isFirstFull |= _first.Length + line.Length + 1 > most / 2;
            if (!_isFirstFull)
            {
                _first.Append(line).Append('\n');
                return;
            }

            _last.Enqueue(line);
            _lastLength += line.Length + 1;
            while (_lastLength > most / 2)
            {
                var dropped = _last.Dequeue().Length + 1;
                _lastLength -= dropped;
                LeftOut += dropped;
            }
        }

        public override string ToString()
        {
            var text = new StringBuilder().Append(_first);
            if (LeftOut > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"... {LeftOut} characters left out ...\n");
            }

            return _last.Aggregate(text, (all, line) => all.Append(line).Append('\n')).ToString();
        }
    }
}
