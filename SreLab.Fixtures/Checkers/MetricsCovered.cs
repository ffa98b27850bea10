using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Checkers;

/// <summary>metrics-covered: every metric that a rule or a panel names is scraped, where its role says, before and after a failover.</summary>
public static class MetricsCovered
{
    private const string Promise = "metrics-covered";
    private const string Objective = "every named metric, before and after a failover";

    /// <summary>Judges the looks at Prometheus.</summary>
    /// <param name="record">What is named, and what was there; null, or without both looks, is unknown.</param>
    public static Verdict Check(MetricsRecord? record)
    {
        if (record is null || record.Named.Count == 0)
        {
            return Unknown("nothing was looked at");
        }

        var before = record.Looks.FirstOrDefault(l => l.Moment == MetricsCheck.BeforeFailover);
        var after = record.Looks.LastOrDefault(l => l.Moment == MetricsCheck.AfterFailover);
        if (before is null || after is null)
        {
            return Unknown($"there is no look {(before is null ? MetricsCheck.BeforeFailover : MetricsCheck.AfterFailover)}");
        }

        if (before.Primary == after.Primary)
        {
            return Unknown($"{before.Primary} was primary in both looks: there was no failover between them");
        }

        MetricsLook[] looks = [before, after];
        var members = looks.SelectMany(MembersOf).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var look in looks)
        {
            if (members.Except(MembersOf(look)).FirstOrDefault() is { } gone)
            {
                return Unknown($"{gone} told nothing {look.Moment}: the look was taken while it was down");
            }

            if (!members.Contains(look.Primary) || members.Length < 2)
            {
                return Unknown($"{look.Moment} shows no primary and standby: {string.Join(", ", members)}");
            }
        }

        var problems = looks.SelectMany(look => record.Named.SelectMany(named => Problems(look, named.Key, named.Value))).ToArray();
        var measured = FormattableString.Invariant($"{record.Named.Count} named, {problems.Length} gaps");
        return problems.Length == 0
            ? Verdict.Holds(
                $"{Promise} holds: {record.Named.Count} named metrics are there with {before.Primary} and with {after.Primary} as primary", Objective, measured)
            : Verdict.Broken($"{Promise} broken: {problems[0]}", Objective, measured, problems);
    }

    private static IEnumerable<string> Problems(MetricsLook look, string named, IReadOnlyList<string> files)
    {
        var choice = named.Split(NamedMetrics.Or);
        var has = look.Members.Where(m => m.Value.Intersect(choice, StringComparer.Ordinal).Any()).Select(m => m.Key).ToArray();
        return Misplaced(look, PlaceOf(choice), has)
            .Select(wrong => $"{named} {wrong} {look.Moment}; named by {string.Join(", ", files)}");
    }

    /// <summary>A choice between exporters may be nowhere when the one that this target has may be nowhere; on whom it is, its recorded name tells.</summary>
    private static MetricPlace PlaceOf(string[] choice) =>
        choice.Length == 1 ? MetricPlaces.Of(choice[0])
        : choice.Any(name => MetricPlaces.Of(name) == MetricPlace.Sometimes) ? MetricPlace.Sometimes
        : MetricPlace.Anywhere;

    private static IEnumerable<string> Misplaced(MetricsLook look, MetricPlace place, string[] has)
    {
        if (place == MetricPlace.Sometimes)
        {
            yield break;
        }

        if (has.Length == 0)
        {
            yield return "is nowhere";
            yield break;
        }

        var onMember = has.Any(m => m != MetricsCheck.Edge);
        foreach (var member in MembersOf(look))
        {
            var role = member == look.Primary ? "primary" : "standby";
            bool? must = place switch
            {
                MetricPlace.Primary => member == look.Primary,
                MetricPlace.Standbys => member != look.Primary,
                MetricPlace.Everywhere when onMember => true,
                _ => null,
            };
            if (must is { } expected && expected != has.Contains(member))
            {
                yield return expected ? $"is missing on {member} ({role})" : $"is on {member} ({role}), where its role says it is not";
            }
        }
    }

    private static IEnumerable<string> MembersOf(MetricsLook look) => look.Members.Keys.Where(m => m != MetricsCheck.Edge).Order(StringComparer.Ordinal);

    private static Verdict Unknown(string why) => Verdict.Unknown($"{Promise} unknown: {why}", Objective);
}
