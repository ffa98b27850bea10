using System.Text.Json;
using SreLab.Fixtures.Kubernetes.Terraform;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Kubernetes.Targets;

/// <summary>Where a lab on Kubernetes keeps what is not in the cluster: state and variables of Terraform, certificates, K3s' kubeconfig.</summary>
internal sealed class KubernetesHome
{
    private const string KindOfLab = "srelab-kubernetes-lab";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly LabHome _place;

    /// <summary>The folder for these settings.</summary>
    /// <exception cref="LabException">It can never be a lab's folder.</exception>
    public KubernetesHome(LabSettings settings)
    {
        Name = $"{settings.Target}-{settings.Kubernetes.Prefix}";
        Root = string.IsNullOrWhiteSpace(settings.Home) ? Path.Combine(LabHome.DefaultParent(), Name) : settings.Home.Trim().TrimEnd('/');
        LabHomeRules.RequireSafePath(Root);
        _place = new LabHome(Root, Name);
        Terraform = new TerraformFiles(Path.Combine(Root, "terraform"), settings.Target);
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>Target and prefix.</summary>
    public string Name { get; }

    /// <summary>Terraform's part.</summary>
    public TerraformFiles Terraform { get; }

    /// <summary>K3s' kubeconfig.</summary>
    public string Kubeconfig => Path.Combine(Root, "kubeconfig");

    /// <summary>Certificate of the database's authority.</summary>
    public string CaCertificate => Path.Combine(Root, "database-ca.crt");

    private string Marker => Path.Combine(Root, "srelab-kubernetes.json");

    /// <summary>Whether the folder is a lab's; refuses one that is somebody else's.</summary>
    /// <exception cref="LabException">It holds files and no marker, or the marker of another lab.</exception>
    public bool Exists()
    {
        if (!Directory.Exists(Root) || !Directory.EnumerateFileSystemEntries(Root).Any())
        {
            return false;
        }

        return NameInMarker() is { } name
            ? name == Name ? true : throw new LabException($"{Root} refused: it belongs to the lab {name}, not {Name}; nothing was touched.\n  fix          another {SettingNames.Home}")
            : throw new LabException($"{Root} refused: it holds files but no marker of a lab; nothing was touched.\n  fix          another {SettingNames.Home}, or leave it unset");
    }

    /// <summary>Only one process at a time changes a lab.</summary>
    public IDisposable Lock() => LabLock.Take(_place);

    /// <summary>Makes the folder, marked.</summary>
    public void Create()
    {
        if (!Exists())
        {
            Directory.CreateDirectory(Root, OwnerOnly);
            File.WriteAllText(Marker, JsonSerializer.Serialize(new { kind = KindOfLab, name = Name, createdUtc = DateTimeOffset.UtcNow }) + "\n");
        }
    }

    /// <summary>Removes the folder when it is the lab's.</summary>
    public void Remove()
    {
        if (Exists())
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    private string? NameInMarker()
    {
        try
        {
            using var marker = JsonDocument.Parse(File.ReadAllText(Marker));
            return marker.RootElement.GetProperty("kind").GetString() == KindOfLab ? marker.RootElement.GetProperty("name").GetString() : null;
        }
        catch (Exception e) when (e is IOException or JsonException or KeyNotFoundException)
        {
            return null;
        }
    }
}
