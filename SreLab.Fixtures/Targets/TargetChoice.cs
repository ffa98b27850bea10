using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.External;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Targets;

/// <summary>Which target a run uses, and why.</summary>
public static class TargetChoice
{
    /// <summary>Makes the target that the settings name.</summary>
    /// <exception cref="LabException">The target is not part of this build.</exception>
    public static (ITarget Target, string Why) Make(LabSettings settings) => settings.Target switch
    {
        "local" => (new LocalTarget(settings), "TARGET says so"),
        ExternalTarget.TargetName => (new ExternalTarget(settings), "TARGET says so; nothing but the schemas srelab and shop is touched"),
        "auto" => (new LocalTarget(settings), "TARGET is not set, and the embedded target is the one in this build"),
        _ => throw new LabException(
            $"target {settings.Target} is not part of this build; nothing was touched.\n  available    local, external\n  repeat       make lab TARGET=local"),
    };
}
