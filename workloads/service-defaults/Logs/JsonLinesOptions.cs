using Microsoft.Extensions.Logging.Console;

namespace SreLab.Workloads.ServiceDefaults.Logs;

/// <summary>What is the same in each line, and what is left out.</summary>
public sealed class JsonLinesOptions : ConsoleFormatterOptions
{
    /// <summary>Name of the service.</summary>
    public string Service { get; set; } = "";

    /// <summary>Name of the instance.</summary>
    public string Instance { get; set; } = "";

    /// <summary>Fields that no line has.</summary>
    public ISet<string> LeftOut { get; } = new HashSet<string>(StringComparer.Ordinal);
}
