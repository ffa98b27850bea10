using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Evidence;

/// <summary>Remembers how far log files are, and opens them later where they ended.</summary>
internal sealed class LogTails
{
    /// <summary>How much of a file's begin is remembered, bytes: another begin is another file.</summary>
    private const int HeadBytes = 256;

    private readonly Dictionary<string, (long Length, byte[] Head)> _positions = new(StringComparer.Ordinal);

    /// <summary>Remembers where every log ends now.</summary>
    /// <param name="logs">A file each, or a folder whose files all count. One that is not there yet begins empty.</param>
    public LogTails(IEnumerable<string> logs)
    {
        foreach (var file in logs.SelectMany(FilesOf))
        {
            using var stream = Open(file);
            _positions[file] = (stream.Length, ReadHead(stream));
        }
    }

    /// <summary>Reads what was appended to a log since, file after file.</summary>
    /// <param name="log">A file, or a folder.</param>
    /// <param name="read">Gets each file, at where it ended.</param>
    /// <returns>Whether there is a log at all, and whether it was cut or replaced meanwhile.</returns>
    public async Task<(bool IsThere, bool WasReplaced)> ReadAsync(string log, Func<Stream, Task> read)
    {
        var files = FilesOf(log);
        var wasReplaced = _positions.Keys.Any(k => (k == log || Path.GetDirectoryName(k) == log) && !files.Contains(k));
        foreach (var file in files)
        {
            var stream = Open(file);
            await using (stream.ConfigureAwait(false))
            {
                wasReplaced |= !SkipWhatWasThere(file, stream);
                await read(stream).ConfigureAwait(false);
            }
        }

        return (files.Count > 0, wasReplaced);
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
