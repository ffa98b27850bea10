namespace SreLab.Workloads.ServiceDefaults.Settings;

/// <summary>The environment does not make a service; the message names every wrong variable.</summary>
/// <param name="service">Who refuses.</param>
/// <param name="problems">One sentence for each wrong variable; at least one.</param>
public sealed class SettingsRefusedException(string service, IReadOnlyList<string> problems)
    : Exception($"{service}: settings refused\n" + string.Join('\n', problems.Select(p => "  " + p)))
{
    /// <summary>One sentence for each wrong variable.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
