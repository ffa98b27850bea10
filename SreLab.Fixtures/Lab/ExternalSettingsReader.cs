using SreLab.Fixtures.Targets.External;

namespace SreLab.Fixtures.Lab;

/// <summary>The part of the settings that says where someone else's database is.</summary>
internal static class ExternalSettingsReader
{
    /// <summary>What the environment overrides.</summary>
    public static ExternalSettings Apply(ExternalSettings settings, IReadOnlyDictionary<string, string> given) => settings with
    {
        Database = given.GetValueOrDefault(SettingNames.DatabaseUrl, settings.Database),
        Members = given.TryGetValue(SettingNames.Members, out var members)
            ? members.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : settings.Members,
        ReadOnly = given.GetValueOrDefault(SettingNames.ReadOnly, settings.ReadOnly),
        Prometheus = given.GetValueOrDefault(SettingNames.Prometheus, settings.Prometheus),
        Alertmanager = given.GetValueOrDefault(SettingNames.Alertmanager, settings.Alertmanager),
        Faults = new ExternalFaultCommands
        {
            KillPrimary = given.GetValueOrDefault(SettingNames.KillPrimary, settings.Faults.KillPrimary),
            StartMember = given.GetValueOrDefault(SettingNames.StartMember, settings.Faults.StartMember),
        },
        Drop = given.TryGetValue(SettingNames.Drop, out var drop) ? drop == "1" : settings.Drop,
    };

    /// <summary>What is wrong, one line each; nothing of another target is looked at.</summary>
    public static IEnumerable<string> Problems(LabSettings settings)
    {
        if (settings.Target != ExternalTarget.TargetName)
        {
            return [];
        }

        var problems = ExternalPlaces.Read(settings.External).Problems.Select(p => $"  {p.Setting,-22} {p.Text}");
        return settings.Plant.Length == 0
            ? problems
            : problems.Append($"  {"plant",-22} breaks what it is planted in, and this database is not the suite's; use TARGET=local");
    }
}
