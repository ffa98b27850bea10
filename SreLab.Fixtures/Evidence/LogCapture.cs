using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Evidence;

/// <summary>Remembers how far members' logs are, and copies later what was appended.</summary>
/// <remarks>Knows files and no target: who runs the members says where each of them logs.</remarks>
public sealed class LogCapture
{
    /// <summary>How much of a file's begin is remembered, bytes: another begin is another file.</summary>
    private const int HeadBytes = 256;

    private readonly IReadOnlyDictionary<string, string> _logs;
    private readonly Dictionary<string, (long Length, byte[] Head)> _positions = new(StringComparer.Ordinal);

    /// <summary>Remembers where every log ends now.</summary>
    /// <param name="logs">Log of each member by its name: a file, or a folder whose files all count. One that is not there yet begins empty.</param>
    public LogCapture(IReadOnlyDictionary<string, string> logs)
    {
        _logs = logs;
        foreach (var file in logs.Values.SelectMany(FilesOf))
        {
            using var stream = Open(file);
            _positions[file] = (stream.Length, ReadHead(stream));
        }
    }

    /// <summary>Copies what was appended since to <c>log-&lt;member&gt;.log</c> in the experiment's folder, and writes the record of it.</summary>
    /// <param name="store">The run.</param>
    /// <param name="folder">The experiment's folder, relative to the run.</param>
    /// <param name="startedUtc">Zero of the history's milliseconds.</param>
    /// <param name="mark">What every server was told to log just now; null when none was.</param>
    public async Task<MemberLogsRecord> SaveAsync(RunStore store, string folder, DateTimeOffset startedUtc, string? mark)
    {
        var members = new List<MemberLogRecord>();
        foreach (var (member, log) in _logs.OrderBy(l => l.Key, StringComparer.Ordinal))
        {
            members.Add(await SaveAsync(store, $"{folder}/log-{member}.log", member, log).ConfigureAwait(false));
        }

        var record = new MemberLogsRecord { StartedUtc = startedUtc, Mark = mark, Members = members };
        store.Write($"{folder}/{EvidenceFiles.LogsFileName}", record);
        return record;
    }

    private async Task<MemberLogRecord> SaveAsync(RunStore store, string relative, string member, string log)
    {
        var files = FilesOf(log);
        if (files.Count == 0)
        {
            return new MemberLogRecord(member, null, 0, WasReplaced: false);
        }

        var wasReplaced = _positions.Keys.Any(k => (k == log || Path.GetDirectoryName(k) == log) && !files.Contains(k));
        long bytes;
        var copy = new FileStream(store.PathOf(relative), FileMode.Create, FileAccess.Write, FileShare.Read);
        await using (copy.ConfigureAwait(false))
        {
            foreach (var file in files)
            {
                var stream = Open(file);
                await using (stream.ConfigureAwait(false))
                {
                    wasReplaced |= !SkipWhatWasThere(file, stream);
                    await stream.CopyToAsync(copy).ConfigureAwait(false);
                }
            }

            bytes = copy.Length;
        }

        return new MemberLogRecord(member, relative, bytes, wasReplaced);
    }

    /// <summary>Goes to where the file ended; a file that is another one now is read from its begin.</summary>
    private bool SkipWhatWasThere(string file, FileStream stream)
    {
        var (length, head) = _positions.GetValueOrDefault(file, (0, []));
        var isSame = stream.Length >= length && ReadHead(stream).AsSpan().StartsWith(head);
        stream.Position = isSame ? length : 0;
        return isSame;
    }

    private static List<string> FilesOf(string log) =>
        Directory.Exists(log) ? [.. Directory.EnumerateFiles(log).Order(StringComparer.Ordinal)] : File.Exists(log) ? [log] : [];

    private static FileStream Open(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LabException($"log unreadable: {Path.GetFileName(file)} belongs to another user.\n  file         {file}\n  repeat       as the user that brought the lab up", e);
        }
    }

    private static byte[] ReadHead(FileStream stream)
    {
        var head = new byte[HeadBytes];
        stream.Position = 0;
        return head[..stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
    }
}
