using System.Globalization;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>A small file system of the lab's own, which may be filled up: mounted below its folder, and named after it.</summary>
/// <remarks>The name is the proof: only what is mounted at this very place with this very source is ever unmounted.</remarks>
internal sealed class LabVolume(LabHome home, string labId)
{
    private string Source => "srelab-" + labId;

    /// <summary>Why this user cannot have one; null when he can.</summary>
    public static string? WhyNot => KernelRights.WhyNoMount;

    /// <summary>Mounts it, empty; one that an earlier run left is unmounted first.</summary>
    /// <param name="bytes">Its size.</param>
    /// <exception cref="LabException">This user or container may not mount.</exception>
    public string Mount(long bytes)
    {
        Unmount();
        Directory.CreateDirectory(home.Volume);
        Posix.MountMemory(Source, home.Volume, string.Create(CultureInfo.InvariantCulture, $"size={bytes},mode=0755"));
        return home.Volume;
    }

    /// <summary>Whether a mount is this volume.</summary>
    public bool Owns(Mount mount) => mount.Path == home.Volume && mount.Source == Source && mount.Type == "tmpfs";

    /// <summary>Unmounts it; nothing happens when it is not mounted.</summary>
    /// <exception cref="LabException">Something else is mounted there, or it is in use.</exception>
    public void Unmount()
    {
        foreach (var mount in Mounts.Below(home.Volume))
        {
            if (!Owns(mount))
            {
                throw new LabException(
                    $"{mount.Path} is a file system that this lab did not mount ({mount.Type} {mount.Source}); nothing was touched.\n  fix          unmount it, then repeat");
            }

            Posix.Unmount(mount.Path);
        }

        if (Directory.Exists(home.Volume))
        {
            Directory.Delete(home.Volume);
        }
    }
}
