using System.Globalization;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>A small file system of the lab's own in the place of one member's WAL, which may be filled up.</summary>
/// <remarks>
/// Used while the member's server is down. The WAL that was there waits beside the data folder; segments that the server does not need to
/// start are not copied to the volume. Its name is the proof: only what is mounted on a member's WAL folder with this very source is ever
/// unmounted.
/// </remarks>
internal sealed class WalVolume(LabHome home, LabNetwork network, string labId)
{
    private const string Ballast = "srelab-ballast";
    private const int Chunk = 1 << 20;

    private string Source => $"srelab-{labId}-wal";

    /// <summary>The member whose WAL lies on a volume; null when no one's does.</summary>
    public Member? Member => network.Members.FirstOrDefault(m => Mounted(m) is not null);

    /// <summary>Whether a mount is this volume.</summary>
    public bool Owns(Mount mount) => mount.Source == Source && mount.Type == "tmpfs" && network.Members.Any(m => mount.Path == WalOf(m));

    /// <summary>Mounts it, with what the server needs to start.</summary>
    /// <param name="member">Its server does not run.</param>
    /// <param name="bytes">The volume's size.</param>
    /// <param name="control">Which segments are needed.</param>
    /// <exception cref="LabException">This user or container may not mount, or a volume is there already.</exception>
    public void Mount(Member member, long bytes, ControlFile control)
    {
        if (Member is { } other)
        {
            throw new LabException($"fault refused: the WAL of {other.Name} lies on a volume already.\n  fix          make up (repairs the lab)");
        }

        var owner = RunAsUser.Resolve()!;
        var wal = WalOf(member);
        Directory.Move(wal, KeptOf(member));
        owner.MakeFolder(wal, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            Posix.MountMemory(Source, wal, string.Create(CultureInfo.InvariantCulture, $"size={bytes},mode=0700,uid={owner.UserId},gid={owner.GroupId}"));
        }
        catch (LabException)
        {
            // Refused: the server must find its WAL where it was.
            Directory.Delete(wal);
            Directory.Move(KeptOf(member), wal);
            throw;
        }

        owner.MakeFolder(Path.Combine(wal, "archive_status"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.GetFiles(KeptOf(member)).Where(f => IsNeeded(Path.GetFileName(f), control)))
        {
            Copy(file, Path.Combine(wal, Path.GetFileName(file)), owner);
        }
    }

    /// <summary>Puts WAL back that a run moved away and was killed before it had mounted the volume. Their servers cannot run without.</summary>
    /// <returns>Whose it was; empty where nothing of the kind is found.</returns>
    public IReadOnlyList<Member> PutBack()
    {
        var orphaned = network.Members.Where(m => Directory.Exists(KeptOf(m)) && Mounted(m) is null && IsAbsentOrEmpty(WalOf(m))).ToList();
        foreach (var member in orphaned)
        {
            if (Directory.Exists(WalOf(member)))
            {
                Directory.Delete(WalOf(member));
            }

            Directory.Move(KeptOf(member), WalOf(member));
        }

        return orphaned;
    }

    /// <summary>Writes until no byte is free.</summary>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="LabException">No member's WAL lies on a volume.</exception>
    public long Fill()
    {
        using var file = new FileStream(Path.Combine(WalOf(Require()), Ballast), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 1);
        for (var chunk = new byte[Chunk]; ; chunk = new byte[chunk.Length / 2])
        {
            try
            {
                while (true)
                {
                    file.Write(chunk);
                }
            }
            catch (IOException) when (chunk.Length > 1)
            {
                // Full for this size; what is left takes smaller ones.
            }
            catch (IOException)
            {
                return file.Length;
            }
        }
    }

    /// <summary>Removes what was written to fill it; nothing happens when there is no volume.</summary>
    public void Empty()
    {
        if (Member is { } member)
        {
            File.Delete(Path.Combine(WalOf(member), Ballast));
        }
    }

    /// <summary>Unmounts it: the WAL lies where it lay before, with what was written meanwhile. Nothing happens when there is no volume.</summary>
    /// <param name="isKept">False when the lab is removed: then nothing is copied back.</param>
    /// <exception cref="LabException">The server runs.</exception>
    public void Unmount(bool isKept)
    {
        if (Member is not { } member)
        {
            return;
        }

        var owner = RunAsUser.Resolve()!;
        var wal = WalOf(member);
        foreach (var file in isKept ? Directory.GetFiles(wal).Where(f => Path.GetFileName(f) != Ballast) : [])
        {
            Copy(file, Path.Combine(KeptOf(member), Path.GetFileName(file)), owner);
        }

        foreach (var status in isKept ? Directory.GetFiles(Path.Combine(wal, "archive_status")) : [])
        {
            Copy(status, Path.Combine(KeptOf(member), "archive_status", Path.GetFileName(status)), owner);
        }

        Posix.Unmount(wal);
        if (isKept)
        {
            Directory.Delete(wal);
            Directory.Move(KeptOf(member), wal);
        }
    }

    private static bool IsAbsentOrEmpty(string folder) => !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any();

    private static bool IsNeeded(string name, ControlFile control) =>
        name.EndsWith(".history", StringComparison.Ordinal)
        || (WalSegment.Parse(name, control.SegmentBytes) is { } segment && segment.Number >= control.FirstSegment && segment.Number <= control.LastSegment);

    private static void Copy(string from, string to, RunAsUser owner)
    {
        File.Copy(from, to, overwrite: true);
        File.SetUnixFileMode(to, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (owner.IsOther)
        {
            Posix.ChangeOwner(to, owner.UserId, owner.GroupId);
        }
    }

    private string WalOf(Member member) => Path.Combine(home.MemberData(member.Name), "pg_wal");

    private string KeptOf(Member member) => Path.Combine(home.Member(member.Name), "pg_wal.kept");

    private Mount? Mounted(Member member) => Mounts.Below(WalOf(member)).FirstOrDefault(Owns);

    private Member Require() => Member ?? throw new LabException("fault refused: no member's WAL lies on a volume.\n  fix          make up (repairs the lab)");
}
