using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SreLab.Fixtures.Targets.Kubernetes;

/// <summary>As much of a kubeconfig as a preflight needs: which contexts there are, and where their servers listen.</summary>
/// <param name="Path">The file.</param>
/// <param name="Servers">Address of the server by name of the context; null for a context whose cluster is not in the file.</param>
internal sealed record Kubeconfig(string Path, IReadOnlyDictionary<string, Uri?> Servers)
{
    /// <summary>The file that kubectl would read.</summary>
    /// <param name="given">What the settings say; empty for the usual places.</param>
    public static string PathOf(string given) =>
        given.Length > 0 ? System.IO.Path.GetFullPath(given)
        : Environment.GetEnvironmentVariable("KUBECONFIG")?.Split(System.IO.Path.PathSeparator).FirstOrDefault(p => p.Length > 0) is { } first ? System.IO.Path.GetFullPath(first)
        : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".kube", "config");

    /// <summary>Reads the file.</summary>
    /// <returns>The content, or what is wrong with it.</returns>
    public static (Kubeconfig? Found, string Problem) Read(string path)
    {
        try
        {
            var yaml = new YamlStream();
            using var reader = File.OpenText(path);
            yaml.Load(reader);
            if (yaml.Documents is not [{ RootNode: YamlMappingNode root }, ..])
            {
                return (null, $"{path} is no kubeconfig");
            }

            var servers = Named(root, "clusters", "cluster").ToDictionary(c => c.Name, c => Text(c.Value, "server"), StringComparer.Ordinal);
            var contexts = Named(root, "contexts", "context").ToDictionary(
                c => c.Name,
                c => Text(c.Value, "cluster") is { } cluster && servers.GetValueOrDefault(cluster) is { } server && Uri.TryCreate(server, UriKind.Absolute, out var uri) ? uri : null,
                StringComparer.Ordinal);
            return (new Kubeconfig(path, contexts), "");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, $"{path} does not exist");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or YamlException or ArgumentException)
        {
            return (null, $"{path} cannot be read: {e.Message.Split('\n')[0]}");
        }
    }

    private static IEnumerable<(string Name, YamlMappingNode Value)> Named(YamlMappingNode root, string list, string item) =>
        root.Children.TryGetValue(list, out var node) && node is YamlSequenceNode sequence
            ? sequence.OfType<YamlMappingNode>()
                .Select(entry => (Name: Text(entry, "name"), Value: entry.Children.TryGetValue(item, out var value) ? value as YamlMappingNode : null))
                .Where(entry => entry is { Name: not null, Value: not null })
                .Select(entry => (entry.Name!, entry.Value!))
                .DistinctBy(entry => entry.Item1)
            : [];

    private static string? Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? (value as YamlScalarNode)?.Value : null;
}
