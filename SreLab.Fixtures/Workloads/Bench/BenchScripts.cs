using System.Reflection;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Workloads.Bench;

/// <summary>The scripts of the benchmark.</summary>
internal static class BenchScripts
{
    private const string ResourcePrefix = "Workloads/";

    /// <summary>Scripts that only read: the mix of the read-only endpoint.</summary>
    public static IReadOnlyList<string> ReadOnly { get; } = ["browse", "customer_history"];

    /// <summary>Every script.</summary>
    public static IReadOnlyList<string> All { get; } = [.. ReadOnly, "place_order", "pay_invoice"];

    /// <summary>Text of a script.</summary>
    public static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{ResourcePrefix}{name}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Writes scripts where pgbench reads them, and where the evidence keeps them.</summary>
    public static void Write(string folder, IEnumerable<string> names)
    {
        Directory.CreateDirectory(folder);
        foreach (var name in names)
        {
            File.WriteAllText(Path.Combine(folder, name + ".sql"), Text(name));
        }
    }

    /// <summary>The weights in a fixed order, scripts without weight left out.</summary>
    /// <exception cref="LabException">The mix names a script that does not exist.</exception>
    public static IReadOnlyList<BenchScript> Mix(IReadOnlyDictionary<string, int> weights)
    {
        var unknown = weights.Keys.Except(All).ToList();
        return unknown.Count == 0
            ? [.. All.Where(name => weights.GetValueOrDefault(name) > 0).Select(name => new BenchScript(name, weights[name]))]
            : throw new LabException(
                $"bench refused: the mix in srelab.json names '{unknown[0]}', which is no script; nothing was touched.\n" +
                $"  scripts      {string.Join(", ", All)}");
    }

    /// <summary>What of a mix only reads; evenly, when the mix has none of it.</summary>
    public static IReadOnlyList<BenchScript> ReadOnlyPart(IReadOnlyList<BenchScript> mix)
    {
        var reads = mix.Where(script => ReadOnly.Contains(script.Name)).ToList();
        return reads.Count > 0 ? reads : [.. ReadOnly.Select(name => new BenchScript(name, 1))];
    }
}

/// <summary>A script with its weight.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Weight">Weight in the mix, from 1.</param>
public sealed record BenchScript(string Name, int Weight);
