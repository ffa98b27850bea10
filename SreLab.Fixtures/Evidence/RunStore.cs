using System.Text.Json;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Evidence;

/// <summary>The evidence folder of one run: <c>runs/&lt;utc&gt;-&lt;target&gt;/</c>. Records are JSON, raw logs stay as they came.</summary>
public sealed class RunStore
{
    /// <summary>How every record is written and read: camel case, indented, enums as words.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    /// <summary>Opens a run's folder.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <exception cref="LabException">It does not exist.</exception>
    public RunStore(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new LabException($"run not found: {folder} does not exist.\n  runs         ls runs/\n  repeat       make judge RUN=runs/latest");
        }

        Folder = Path.GetFullPath(folder);
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Folder { get; }

    /// <summary>Creates <c>runs/&lt;utc&gt;-&lt;target&gt;</c> below the repository and points <c>runs/latest</c> at it.</summary>
    /// <param name="runsFolder">The folder that holds all runs.</param>
    /// <param name="target">Target name.</param>
    /// <param name="now">Start of the run.</param>
    public static RunStore Create(string runsFolder, string target, DateTimeOffset now)
    {
        Directory.CreateDirectory(runsFolder);
        var id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{target}");
        var folder = Path.Combine(runsFolder, id);
        for (var n = 2; Directory.Exists(folder); n++)
        {
            folder = Path.Combine(runsFolder, $"{id}-{n}");
        }

        Directory.CreateDirectory(folder);
        var latest = Path.Combine(runsFolder, "latest");
        if (new FileInfo(latest).LinkTarget is not null)
        {
            File.Delete(latest);
        }

        if (!Path.Exists(latest))
        {
            File.CreateSymbolicLink(latest, Path.GetFileName(folder));
        }

        return new RunStore(folder);
    }

    /// <summary>Absolute path of a file or folder in the run; its parent is created.</summary>
    /// <param name="relative">Path relative to the run folder, for example <c>30-bench/bench.json</c>.</param>
    public string PathOf(string relative)
    {
        var path = Path.Combine(Folder, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Moves what an earlier process of this run recorded for a stage aside (<c>30-bench</c> to <c>30-bench.1</c>): the newest counts, none is lost.</summary>
    /// <param name="stage">The stage that is about to record.</param>
    public void SetAside(string stage)
    {
        var folder = Path.Combine(Folder, stage);
        if (!Directory.Exists(folder))
        {
            return;
        }

        var n = 1;
        while (Directory.Exists($"{folder}.{n}"))
        {
            n++;
        }

        Directory.Move(folder, $"{folder}.{n}");
    }

    /// <summary>Path relative to the run folder, as records store it.</summary>
    public string RelativeOf(string path) => Path.GetRelativePath(Folder, path);

    /// <summary>Writes a record; the file is whole or absent, never half.</summary>
    public void Write<T>(string relative, T record)
    {
        var path = PathOf(relative);
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, JsonSerializer.Serialize(record, Json));
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads a record; null when the stage that writes it did not.</summary>
    /// <exception cref="LabException">The file is there and cannot be read as that record.</exception>
    public T? TryRead<T>(string relative)
        where T : class
    {
        var path = Path.Combine(Folder, relative);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Json);
        }
        catch (JsonException e)
        {
            throw new LabException($"evidence unreadable: {relative} is not a {typeof(T).Name}: {e.Message}", e);
        }
    }
}
