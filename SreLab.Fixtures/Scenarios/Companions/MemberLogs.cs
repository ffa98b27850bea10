using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Scenarios.Companions;

/// <summary>Where members' servers log.</summary>
internal static class MemberLogs
{
    /// <summary>Log of each member by its name; empty where the suite cannot read them, so that nothing is said of them either.</summary>
    public static IReadOnlyDictionary<string, string> Of(ILab lab, LabSettings settings)
    {
        if (lab is not LocalLab)
        {
            return new Dictionary<string, string>();
        }

        var home = LabHome.Resolve(settings);
        return lab.Members.ToDictionary(m => m.Name, m => home.Log(ProgramNames.Postmaster(m)));
    }
}
