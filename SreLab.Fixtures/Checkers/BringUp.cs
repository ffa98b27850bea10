using System.Globalization;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Checkers;

/// <summary>Is the lab what a bring-up promises: highly available, watched, private.</summary>
public static class BringUp
{
    private const string NotRun = "the lab was not brought up in this run";

    /// <summary>One primary, two streaming standbys on its timeline, one of them synchronous.</summary>
    public static Verdict Members(UpRecord? up)
    {
        if (up is null)
        {
            return Verdict.Unknown(NotRun);
        }

        var primaries = up.Members.Where(m => m.Role == "primary").ToList();
        var streaming = up.Members.Where(m => m.Role == "standby" && m.State is "streaming" or "running").ToList();
        var synchronous = streaming.Count(m => m.IsSynchronous);
        var sameTimeline = primaries.Count == 1 && streaming.All(m => m.Timeline == primaries[0].Timeline);
        var measured = $"{primaries.Count} primary, {streaming.Count} streaming, {synchronous} synchronous";
        var details = up.Members.Select(m => $"{m.Name} {m.Address} {m.Role} {m.State}, timeline {m.Timeline}, lag {m.LagBytes} B").ToArray();
        return primaries.Count == 1 && streaming.Count == 2 && synchronous >= 1 && sameTimeline
            ? Verdict.Holds("three members: one primary, two streaming standbys", "1 + 2, 1 synchronous", measured, details)
            : Verdict.Broken($"not three whole members: {measured}{(sameTimeline ? "" : ", timelines differ")}", "1 + 2, 1 synchronous", measured, details);
    }

    /// <summary>One primary, and every other member streams on its timeline: of however many members there are.</summary>
    public static Verdict Whole(UpRecord? up)
    {
        const string Objective = "1 primary, all others streaming on its timeline";
        if (up is null || up.Members.Count == 0)
        {
            return Verdict.Unknown(up is null ? NotRun : "no member was recorded", Objective);
        }

        var primaries = up.Members.Where(m => m.Role == "primary").ToList();
        var wrong = primaries.Count != 1
            ? [string.Create(CultureInfo.InvariantCulture, $"{primaries.Count} primaries")]
            : up.Members.Except(primaries)
                .Where(m => m.Role != "standby" || m.State is not ("streaming" or "running") || m.Timeline != primaries[0].Timeline)
                .Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Name} is {m.Role} {m.State} on timeline {m.Timeline}"))
                .ToArray();
        var measured = string.Create(CultureInfo.InvariantCulture, $"{up.Members.Count} members, {wrong.Length} wrong");
        return wrong.Length == 0
            ? Verdict.Holds($"one primary and {up.Members.Count - primaries.Count} streaming standbys", Objective, measured)
            : Verdict.Broken($"not whole: {string.Join("; ", wrong)}", Objective, measured, wrong);
    }

    /// <summary>A second bring-up finds everything healthy. How long it takes is the suite's own affair, and stands in the report.</summary>
    public static Verdict Again(UpRecord? up)
    {
        if (up is null)
        {
            return Verdict.Unknown(NotRun);
        }

        const string Objective = "nothing to repair";
        var measured = Seconds((decimal)up.SecondSeconds);
        return up.SecondFoundItWhole
            ? Verdict.Holds($"a second bring-up changed nothing and took {measured}", Objective, measured)
            : Verdict.Broken("a second bring-up found something to repair on a lab that had just come up", Objective, measured);
    }

    /// <summary>Prometheus scrapes every part of the lab.</summary>
    public static Verdict Scraped(UpRecord? up)
    {
        // Each member is etcd, Patroni, PostgreSQL; around them HAProxy, the node and Prometheus' own two.
        string[] needed = ["etcd", "patroni", "postgres", "haproxy", "node", "prometheus", "alertmanager"];
        if (up is null)
        {
            return Verdict.Unknown(NotRun);
        }

        var down = up.ScrapeTargets.Where(t => t.Health != "up").Select(t => $"{t.Job} {t.Instance} is {t.Health}").ToList();
        var missing = needed.Except(up.ScrapeTargets.Select(t => t.Job)).Select(j => $"no target of job {j}").ToList();
        var measured = string.Create(CultureInfo.InvariantCulture, $"{up.ScrapeTargets.Count - down.Count} of {up.ScrapeTargets.Count} up");
        return down.Count + missing.Count == 0
            ? Verdict.Holds("every scrape target is up", "all", measured)
            : Verdict.Broken($"not everything is watched: {string.Join("; ", down.Concat(missing))}", "all", measured, [.. down, .. missing]);
    }

    /// <summary>No process of the lab listens beyond loopback.</summary>
    public static Verdict Private(UpRecord? up) => up switch
    {
        null => Verdict.Unknown(NotRun),
        { ListenersBeyondLoopback.Count: 0 } => Verdict.Holds("nothing of the lab listens beyond loopback", "0 listeners", "0"),
        _ => Verdict.Broken(
            $"{up.ListenersBeyondLoopback.Count} listeners beyond loopback: {string.Join("; ", up.ListenersBeyondLoopback)}",
            "0 listeners",
            up.ListenersBeyondLoopback.Count.ToString(CultureInfo.InvariantCulture),
            up.ListenersBeyondLoopback),
    };

    /// <summary>What must be refused is refused: plain text over TCP, a wrong password.</summary>
    public static Verdict Guarded(UpRecord? up)
    {
        if (up is null || up.RefusedAttempts.Count == 0)
        {
            return Verdict.Unknown(up is null ? NotRun : "no forbidden connection was tried");
        }

        var accepted = up.RefusedAttempts.Where(a => a.Value == UpRecord.Accepted).Select(a => a.Key).ToList();
        var measured = string.Create(CultureInfo.InvariantCulture, $"{up.RefusedAttempts.Count - accepted.Count} of {up.RefusedAttempts.Count} refused");
        var details = up.RefusedAttempts.Select(a => $"{a.Key}: {a.Value}").ToArray();
        return accepted.Count == 0
            ? Verdict.Holds("forbidden connections are refused", "all refused", measured, details)
            : Verdict.Broken($"accepted: {string.Join("; ", accepted)}", "all refused", measured, details);
    }

    private static string Seconds(decimal value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} s");
}
