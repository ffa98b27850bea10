using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Host;

/// <summary>To whom a process belongs.</summary>
internal enum ProcessOwner
{
    /// <summary>Another program: neither the lab's nor the suite's.</summary>
    Other = 0,

    /// <summary>The lab's or the suite's, with everything that it starts.</summary>
    Ours = 1,

    /// <summary>A shell, make or the test platform that started the suite: its own time is ours, its other children are not.</summary>
    Starter = 2,

    /// <summary>A thread of the kernel: it works for whoever asked.</summary>
    Kernel = 3,
}

/// <summary>Divides the processors' time between the lab with the suite, and all other programs.</summary>
/// <remarks>
/// Method: what the machine was busy with, less what our processes and the kernel's threads took, is what others took. The time of a process
/// that ended within an interval is not lost: it is in its parent's account of ended children, which is why ours is summed with it, and why
/// short-lived programs of others, a compiler for example, are seen although no look catches them alive.
/// </remarks>
/// <param name="self">The suite's process.</param>
/// <param name="isOfLab">Whether a process is the lab's, asked once for each.</param>
internal sealed class ProcessorAccount(int self, Func<int, bool> isOfLab)
{
    private const int KernelParent = 2;
    private readonly Dictionary<ProcessIdentity, ProcessOwner> _owners = [];
    private IReadOnlyDictionary<int, ProcessStat> _before = new Dictionary<int, ProcessStat>();
    private HostTimes? _timesBefore;

    /// <summary>Adds a look at the machine.</summary>
    /// <param name="times">The processors.</param>
    /// <param name="processes">Every process that can be seen.</param>
    /// <returns>What the time since the last look went to; null at the first one, or when no time passed.</returns>
    public ProcessorShare? Add(HostTimes times, IReadOnlyCollection<ProcessStat> processes)
    {
        var now = processes.GroupBy(p => p.Pid).ToDictionary(g => g.Key, g => g.First());
        Classify(now);
        var share = _timesBefore is { } before && times.Total > before.Total ? Divide(before, times, now) : null;
        (_before, _timesBefore) = (now, times);
        return share;
    }

    private ProcessorShare Divide(HostTimes before, HostTimes after, Dictionary<int, ProcessStat> now)
    {
        var total = (double)(after.Total - before.Total);
        var busy = Math.Max(0, after.Busy - before.Busy);
        var ours = Math.Clamp(Taken(now, ProcessOwner.Ours) + OwnTaken(now, ProcessOwner.Starter), 0, busy);
        var kernel = Math.Clamp(OwnTaken(now, ProcessOwner.Kernel), 0, busy - ours);
        var most = now.Values.Where(p => OwnerOf(p) == ProcessOwner.Other)
            .Select(p => (Process: p, Ticks: TakenBy(p, now)))
            .OrderByDescending(p => p.Ticks)
            .FirstOrDefault();
        return new ProcessorShare(
            ours / total,
            (busy - ours - kernel) / total,
            Math.Max(0, after.Steal - before.Steal) / total,
            most.Ticks > 0 ? most.Process.Pid : null,

            // Whoever waits for the orphans of others has in its account what they took in all their life.
            Math.Min(most.Ticks, busy - ours - kernel) / total);
    }

    /// <summary>Of whole families: what a member had taken when it ended is in its parent's account, unless that one ended too or is a stranger.</summary>
    private long Taken(Dictionary<int, ProcessStat> now, ProcessOwner owner)
    {
        var after = now.Values.Where(p => OwnerOf(p) == owner).Sum(p => p.OwnTicks + p.EndedChildrenTicks);
        var before = _before.Values.Where(p => OwnerOf(p) == owner).Sum(p => p.OwnTicks + p.EndedChildrenTicks);
        var unaccounted = _before.Values
            .Where(p => OwnerOf(p) == owner && !IsThere(p, now) && !(now.TryGetValue(p.ParentPid, out var parent) && OwnerOf(parent) == owner))
            .Sum(p => p.OwnTicks + p.EndedChildrenTicks);
        return after - before + unaccounted;
    }

    private long OwnTaken(Dictionary<int, ProcessStat> now, ProcessOwner owner) => now.Values.Where(p => OwnerOf(p) == owner)
        .Sum(p => p.OwnTicks - (_before.TryGetValue(p.Pid, out var was) && was.StartTicks == p.StartTicks ? was.OwnTicks : 0));

    private long TakenBy(ProcessStat process, Dictionary<int, ProcessStat> now)
    {
        if (!_before.TryGetValue(process.Pid, out var was) || was.StartTicks != process.StartTicks)
        {
            return process.OwnTicks + process.EndedChildrenTicks;
        }

        var known = _before.Values.Where(p => p.ParentPid == process.Pid && !IsThere(p, now)).Sum(p => p.OwnTicks + p.EndedChildrenTicks);
        return process.OwnTicks - was.OwnTicks + Math.Max(0, process.EndedChildrenTicks - was.EndedChildrenTicks - known);
    }

    private static bool IsThere(ProcessStat process, Dictionary<int, ProcessStat> now) =>
        now.TryGetValue(process.Pid, out var same) && same.StartTicks == process.StartTicks;

    private ProcessOwner OwnerOf(ProcessStat process) => _owners.GetValueOrDefault(process.Identity);

    private void Classify(Dictionary<int, ProcessStat> now)
    {
        foreach (var gone in _owners.Keys.Where(k => !(now.TryGetValue(k.Pid, out var p) && p.StartTicks == k.StartTicks) && !_before.ContainsKey(k.Pid)).ToList())
        {
            _owners.Remove(gone);
        }

        for (var pid = now.TryGetValue(self, out var own) ? own.ParentPid : 0; now.TryGetValue(pid, out var starter) && pid > 1; pid = starter.ParentPid)
        {
            _owners.TryAdd(starter.Identity, ProcessOwner.Starter);
        }

        foreach (var process in now.Values)
        {
            Classify(process, now, depth: 0);
        }
    }

    private ProcessOwner Classify(ProcessStat process, Dictionary<int, ProcessStat> now, int depth)
    {
        const int Deepest = 64;
        if (_owners.TryGetValue(process.Identity, out var known))
        {
            return known;
        }

        var isChildOfOurs = depth < Deepest && now.TryGetValue(process.ParentPid, out var parent) && parent.Pid != process.Pid
            && Classify(parent, now, depth + 1) == ProcessOwner.Ours;
        return _owners[process.Identity] =
            process.Pid == KernelParent || process.ParentPid == KernelParent ? ProcessOwner.Kernel
            : process.Pid == self || isChildOfOurs || isOfLab(process.Pid) ? ProcessOwner.Ours
            : ProcessOwner.Other;
    }
}

/// <summary>What the processors' time of an interval went to: shares of all processors, 0 to 1.</summary>
/// <param name="Ours">The lab and the suite.</param>
/// <param name="Others">All other programs.</param>
/// <param name="Steal">The host of a virtual machine.</param>
/// <param name="MostPid">Which of the others took most; null when none took anything that could be seen.</param>
/// <param name="Most">How much it took, its ended children included.</param>
internal sealed record ProcessorShare(double Ours, double Others, double Steal, int? MostPid, double Most);
