using System.Globalization;

namespace SreLab.Fixtures.Processes;

/// <summary>A process as it was recorded when it started.</summary>
/// <param name="Name">Unique name, also the name of the file.</param>
/// <param name="Process">Which process.</param>
/// <param name="Owner">The process without which this one has no purpose; null for what outlives its starter.</param>
internal sealed record ProcessRecord(string Name, ProcessIdentity Process, ProcessIdentity? Owner)
{
    /// <summary>Its owner is gone, and it was left behind.</summary>
    public bool IsOrphan => Owner is { IsAlive: false };
}

/// <summary>The folder in which every started process is recorded, by the wrapper that starts it.</summary>
/// <remarks>
/// The wrapper writes its own pid and start time and then becomes the program, so that whoever starts or restarts a
/// program (a person, the supervisor) leaves a record, and there is no moment in which a program runs unrecorded.
/// </remarks>
internal sealed class ProcessRecords(string folder)
{
    /// <summary>Variable through which the wrapper learns the owner.</summary>
    public const string OwnerVariable = "LAB_RECORD_OWNER";

    /// <summary>The wrapper: <c>record FILE COMMAND...</c>.</summary>
    public const string Wrapper =
        """
        #!/bin/sh
        # record FILE COMMAND...: writes "pid start-ticks [owner]" into FILE, then becomes COMMAND.
        # exec keeps pid and start time, so FILE names the program for as long as it runs.
        # Input is empty: a backend whose postmaster dies while it waits for a standby reads it next (PostgreSQL up to 15 at
        # least), and on a pipe that never ends it would stay for ever and keep the data folder from being started again.
        set -eu
        file=$1
        shift
        start_ticks() { ticks=${20}; }
        read -r line < "/proc/$$/stat"
        start_ticks ${line##*) }
        printf '%s %s %s\n' "$$" "$ticks" "${LAB_RECORD_OWNER:-}" > "$file.new"
        mv -f "$file.new" "$file"
        unset LAB_RECORD_OWNER
        exec "$@" </dev/null

        """;

    public string PathOf(string name) => Path.Combine(folder, name);

    /// <summary>Everything that is recorded, dead or alive.</summary>
    public IReadOnlyList<ProcessRecord> ReadAll() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(ReadFile).OfType<ProcessRecord>()]
        : [];

    /// <summary>One record; null when there is none.</summary>
    public ProcessRecord? Read(string name) => ReadFile(PathOf(name));

    public void Forget(string name) => File.Delete(PathOf(name));

    /// <summary>Reads a record's text; null when it is none.</summary>
    public static ProcessRecord? Parse(string name, string text)
    {
        var numbers = new List<long>();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers.Add(number);
        }

        // 0 and 1 are never a program of ours; a signal to them would reach far beyond the lab.
        return numbers.Count is 2 or 4 && numbers[0] is > 1 and <= int.MaxValue
            ? new ProcessRecord(
                name,
                new ProcessIdentity((int)numbers[0], numbers[1]),
                numbers.Count == 4 ? new ProcessIdentity((int)Math.Min(numbers[2], int.MaxValue), numbers[3]) : null)
            : null;
    }

    private static ProcessRecord? ReadFile(string path)
    {
        try
        {
            return Parse(Path.GetFileName(path), File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
