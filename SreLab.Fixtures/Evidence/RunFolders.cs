using System.Diagnostics;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Evidence;

/// <summary>Which run folder a process writes to: a run lasts as long as its lab, over several commands.</summary>
internal static class RunFolders
{
    /// <summary>A new folder with its <see cref="RunRecord"/>.</summary>
    internal static RunStore Create(LabSettings settings)
    {
        var now = DateTimeOffset.UtcNow;
        var run = RunStore.Create(Root(settings), settings.Target, now);
        run.Write(EvidenceFiles.Run, new RunRecord
        {
            Id = Path.GetFileName(run.Folder),
            StartedUtc = now,
            Commit = Commit(settings.RepositoryRoot),
            Target = settings.Target,
            Profile = settings.Profile,
            DoTimesDecide = settings.DoTimesDecide,
            Settings = settings.Describe(),
        });
        return run;
    }

    /// <summary>The run that was used last; null when there is none.</summary>
    internal static RunStore? Latest(LabSettings settings)
    {
        var latest = new DirectoryInfo(Path.Combine(Root(settings), "latest"));

        // A link that is not there has no target; asking to resolve it would be an error.
        return latest.LinkTarget is not null && latest.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true } folder
            ? new RunStore(folder.FullName)
            : null;
    }

    /// <summary>The newest run of this lab; null when there is none.</summary>
    internal static RunStore? OfLab(LabSettings settings, string labId)
    {
        var root = new DirectoryInfo(Root(settings));
        return !root.Exists
            ? null
            : root.GetDirectories()
                .Where(d => d.LinkTarget is null && File.Exists(Path.Combine(d.FullName, EvidenceFiles.Run)))
                .OrderByDescending(d => d.Name, StringComparer.Ordinal)
                .Select(d => new RunStore(d.FullName))
                .FirstOrDefault(r => IsOfLab(r, labId));
    }

    /// <summary>Whether a run's evidence is already that of another lab.</summary>
    internal static bool BelongsToAnotherLab(RunStore run, string labId) =>
        run.TryRead<RunRecord>(EvidenceFiles.Run)?.LabId is { } other && other != labId;

    /// <summary>Notes whose evidence this is, and what its target cannot do.</summary>
    internal static void BindToLab(RunStore run, string labId, IReadOnlyDictionary<Capability, string>? lacks = null)
    {
        var named = (lacks ?? new Dictionary<Capability, string>()).ToDictionary(l => l.Key.ToString(), l => l.Value, StringComparer.Ordinal);
        var record = run.TryRead<RunRecord>(EvidenceFiles.Run);
        if (record is not null && (record.LabId != labId || !record.Lacks.OrderBy(l => l.Key).SequenceEqual(named.OrderBy(l => l.Key))))
        {
            run.Write(EvidenceFiles.Run, record with { LabId = labId, Lacks = named });
        }
    }

    /// <summary>Notes what was measured not to be there: what needs it is unknown with this reason, and not for want of evidence.</summary>
    internal static void NoteAbsent(RunStore run, Capability what, string reason)
    {
        if (run.TryRead<RunRecord>(EvidenceFiles.Run) is { } record)
        {
            run.Write(EvidenceFiles.Run, record with { Absent = new Dictionary<string, string>(record.Absent, StringComparer.Ordinal) { [what.ToString()] = reason } });
        }
    }

    // A run whose record is damaged is nobody's: it must not stop the runs beside it.
    private static bool IsOfLab(RunStore run, string labId)
    {
        try
        {
            return run.TryRead<RunRecord>(EvidenceFiles.Run)?.LabId == labId;
        }
        catch (LabException)
        {
            return false;
        }
    }

    // Runs with a planted defect, and their controls, never become anybody's latest run.
    private static string Root(LabSettings settings) =>
        Path.Combine(settings.RepositoryRoot, "runs", settings.Plant.Length == 0 ? "" : "self-check");

    private static string Commit(string repositoryRoot)
    {
        try
        {
            var head = Git(repositoryRoot, "rev-parse", "--short=12", "HEAD");
            return Git(repositoryRoot, "status", "--porcelain", "--untracked-files=no").Length == 0 ? head : $"{head}-dirty";
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return "unknown";
        }
    }

    private static string Git(string folder, params string[] arguments)
    {
        var start = ChosenEnvironment.Start("git", arguments);
        (start.WorkingDirectory, start.RedirectStandardOutput, start.RedirectStandardError) = (folder, true, true);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException("not a git repository");
    }
}
