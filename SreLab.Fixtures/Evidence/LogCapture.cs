namespace SreLab.Fixtures.Evidence;

/// <summary>Remembers how far members' logs are, and copies later what was appended.</summary>
/// <remarks>Knows files and no target: who runs the members says where each of them logs.</remarks>
public sealed class LogCapture
{
    private readonly IReadOnlyDictionary<string, string> _logs;
    private readonly LogTails _tails;

    /// <summary>Remembers where every log ends now.</summary>
    /// <param name="logs">Log of each member by its name: a file, or a folder whose files all count. One that is not there yet begins empty.</param>
    public LogCapture(IReadOnlyDictionary<string, string> logs)
    {
        _logs = logs;
        _tails = new LogTails(logs.Values);
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
        if (!Path.Exists(log))
        {
            return new MemberLogRecord(member, null, 0, WasReplaced: false);
        }

        var copy = new FileStream(store.PathOf(relative), FileMode.Create, FileAccess.Write, FileShare.Read);
        await using (copy.ConfigureAwait(false))
        {
            var (isThere, wasReplaced) = await _tails.ReadAsync(log, stream => stream.CopyToAsync(copy)).ConfigureAwait(false);
            return new MemberLogRecord(member, isThere ? relative : null, copy.Length, wasReplaced);
        }
    }
}
