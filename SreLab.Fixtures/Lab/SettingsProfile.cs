using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Lab;

/// <summary>Settings that come in sets: <c>full</c> for a report, <c>quick</c> for a test of the suite itself.</summary>
public static class SettingsProfile
{
    /// <summary>Everything, for a report.</summary>
    public const string Full = "full";

    /// <summary>What a test of the suite itself can afford.</summary>
    public const string Quick = "quick";

    /// <summary>Applies the profile that the settings name.</summary>
    /// <param name="settings">What is set so far.</param>
    /// <param name="problems">Gets a line when there is no such profile.</param>
    internal static LabSettings Apply(LabSettings settings, List<string> problems)
    {
        switch (settings.Profile)
        {
            case Full:
                return settings;
            case Quick:
                return settings with
                {
                    BenchSeconds = 20,
                    ShortPassSeconds = 20,
                    WarmupSeconds = 5,
                    PostmasterKills = 1,
                    MemberKills = 1,
                    FaultRepeats = 1,
                    QuietSeconds = 20,
                    Payments = 2_000,

                    // One in the work of a service, one in its end, one in its sidecar.
                    Defects = ["counter-race", "abrupt-shutdown", WorkloadDefects.Random504],
                };
            default:
                problems.Add($"  {"profile",-22} is '{settings.Profile}'; use full or quick");
                return settings;
        }
    }
}
