using System.Globalization;

namespace SreLab.Fixtures.Processes;

/// <summary>One line of <c>/proc/PID/stat</c>, as far as ownership needs it.</summary>
internal sealed record ProcessStat(int Pid, string Name, char State, int ParentPid, int GroupId, long StartTicks)
{
    /// <summary>Processor time that it took itself, in clock ticks of 10 ms.</summary>
    public long OwnTicks { get; init; }

    /// <summary>Processor time of its children that ended and were waited for, and of theirs, in clock ticks.</summary>
    public long EndedChildrenTicks { get; init; }

    /// <summary>Neither a zombie nor dead.</summary>
    public bool IsAlive => State is not ('Z' or 'X');

    /// <summary>Stopped by a signal.</summary>
    public bool IsStopped => State == 'T';

    public ProcessIdentity Identity => new(Pid, StartTicks);

    /// <summary>The process with this number now; null when there is none.</summary>
    public static ProcessStat? Read(int pid)
    {
        try
        {
            return Parse(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Every process that can be seen.</summary>
    public static IReadOnlyList<ProcessStat> ReadAll() =>
        [.. Pids().Select(Read).OfType<ProcessStat>()];

    /// <summary>Numbers of every process that can be seen.</summary>
    public static IEnumerable<int> Pids() =>
        from folder in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(folder)
        where name.All(char.IsAsciiDigit)
        select int.Parse(name, CultureInfo.InvariantCulture);

    /// <summary>Reads the line; the name in parentheses may itself hold spaces and parentheses.</summary>
    public static ProcessStat? Parse(string line)
    {
        var open = line.IndexOf('(', StringComparison.Ordinal);
        var close = line.LastIndexOf(')');
        if (open < 0 || close < open)
        {
            return null;
        }

        var fields = line[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return fields.Length < 20
            ? null
            : new ProcessStat(
                int.Parse(line[..open], CultureInfo.InvariantCulture),
                line[(open + 1)..close],
                fields[0][0],
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                int.Parse(fields[2], CultureInfo.InvariantCulture),
                long.Parse(fields[19], CultureInfo.InvariantCulture))
            {
                OwnTicks = Sum(fields[11], fields[12]),
                EndedChildrenTicks = Sum(fields[13], fields[14]),
            };
    }

    private static long Sum(string user, string system) =>
        long.Parse(user, CultureInfo.InvariantCulture) + long.Parse(system, CultureInfo.InvariantCulture);

    /// <summary>The command line for people; empty when it may not be read.</summary>
    public static string CommandLine(int pid)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cmdline"));
            return text.Replace('\0', ' ').Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Where a link below <c>/proc/PID</c> leads (cwd, exe); null when it may not be read.</summary>
    public static string? Link(int pid, string name)
    {
        try
        {
            return new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/{name}")).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What the open descriptors of a process lead to; empty when it may not be looked into.</summary>
    public static IReadOnlyList<string> Descriptors(int pid)
    {
        var targets = new List<string>();
        try
        {
            foreach (var descriptor in Directory.EnumerateFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd")))
            {
                if (new FileInfo(descriptor).LinkTarget is { } target)
                {
                    targets.Add(target);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process ended meanwhile, or belongs to somebody else: what was seen counts.
        }

        return targets;
    }

    /// <summary>Whether the process was started with this variable in its environment.</summary>
    public static bool HasEnvironment(int pid, string variable)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/environ"));
            return text.Split('\0').Contains(variable, StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
