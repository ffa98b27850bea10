using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs;

/// <summary>A promise judged on a scenario's record: skipped when an earlier stage blocks it, red with the scenario's own error when that failed.</summary>
public abstract class Spec
{
    private readonly Scenario _scenario;

    protected Spec(Scenario scenario)
    {
        _scenario = scenario;
        if (scenario.BlockedBy is { } reason)
        {
            Assert.Skip(reason);
        }

        if (scenario.Failure is { } failure)
        {
            throw new ScenarioFailedException(failure);
        }
    }

    /// <summary>
    /// Judges the promise on the stored evidence; anything but "holds" is red. Where times do not decide, what is only slow, or was timed on a
    /// disturbed machine, is reported and is not red. Skipped on a target that lacks what it needs.
    /// </summary>
    /// <param name="promise">Which one.</param>
    /// <param name="nothingToJudge">Why this run holds nothing to judge; null when it does.</param>
    protected void MustHold(Promise promise, string? nothingToJudge = null)
    {
        if ((_scenario.Fixture.Target.WhyLacking(promise.Needs) ?? nothingToJudge) is { } reason)
        {
            Assert.Skip(reason);
        }

        var verdict = promise.Judge(_scenario.Evidence, _scenario.Fixture.Objectives);
        _scenario.Fixture.Progress.Say($"{verdict.Kind.ToString().ToUpperInvariant(),-7} {promise.Id}: {verdict.Summary}");
        if (verdict.Kind is VerdictKind.Holds or VerdictKind.Slow || (verdict.IsDisturbed && !_scenario.Fixture.Settings.DoTimesDecide))
        {
            return;
        }

        var settings = _scenario.Fixture.Settings;
        var details = string.Concat(verdict.Details.Take(20).Select(d => $"\n               {d}"));
        Assert.Fail(
            $"""
            {promise.Id} {verdict.Word}: {verdict.Summary}
              promise      {promise.Text}
              objective    {verdict.Objective}
              measured     {verdict.Measured}
              details      {details}
              evidence     {Path.GetRelativePath(settings.RepositoryRoot, _scenario.Fixture.Run.Folder)}/{_scenario.Stage}
              repeat       make {_scenario.Stage.Split('-')[1]} TARGET={settings.Target} NETWORK={settings.Network} SEED={settings.Seed}
            """);
    }
}

/// <summary>The experiment could not be carried out: every spec of it shows why.</summary>
public sealed class ScenarioFailedException(Exception cause)
    : Exception(cause is LabException ? cause.Message : $"{cause.GetType().Name}: {cause.Message}", cause);
