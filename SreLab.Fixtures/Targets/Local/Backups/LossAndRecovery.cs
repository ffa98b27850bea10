using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>The loss of all members with their data, and the lab made again from the repository.</summary>
internal sealed class LossAndRecovery(LocalLab lab, PgBackRest pgBackRest)
{
    /// <summary>What a data folder is called between its loss and its removal.</summary>
    private const string Lost = ".lost";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private string Note => Path.Combine(lab.Home.Backup, "lost.json");

    /// <summary>A loss was begun, and the lab is not whole since.</summary>
    public bool IsLost => File.Exists(Note);

    private IEnumerable<string> DataFolders => lab.Members.SelectMany(m => new[] { lab.Home.MemberData(m.Name), lab.Home.MemberStore(m.Name) });

    /// <inheritdoc cref="ILabBackupFaults.LoseEverythingAsync" />
    public async Task<string> LoseAsync(CancellationToken ct)
    {
        var note = new LossNote(LossPhase.Begun, await lab.GetDynamicSettingsAsync(ct));
        note.Write(Note);
        var killed = new List<string>();
        foreach (var member in lab.Members)
        {
            killed.Add(await lab.Faults.KillMemberAsync(member, ct));
        }

        // A signal is sent at once; a server with all its memory takes some moments to be gone.
        await Wait.UntilAsync(
            Bounds.KilledProcessGone,
            "every killed server to be gone",
            _ => Task.FromResult(Running() is { } alive ? (null, $"{alive.Describe()} runs") : ("gone", "")),
            PollInterval,
            ct);
        RemoveData();
        (note with { Phase = LossPhase.Gone }).Write(Note);
        return string.Join("; ", killed.Select(k => k.Split(" and ")[0])) + "; every data folder removed";
    }

    /// <summary>Makes the lost lab again. What no restore made is never removed.</summary>
    /// <returns>Whether anything was lost: a loss that had only begun leaves members that need no more than a start.</returns>
    public async Task<bool> RecoverAsync(IProgressLog progress, CancellationToken ct)
    {
        if (LossNote.Read(Note) is not { } note)
        {
            return false;
        }

        if (note.Phase == LossPhase.Begun && DataFolders.Any(Directory.Exists))
        {
            progress.Say("a loss of all members had begun, and their data is there: nothing is restored");
            File.Delete(Note);
            return false;
        }

        var first = lab.Members[0];
        var patroni = await PatroniConfiguration.ForInstalledAsync(lab.Home, lab.Network, LabSecrets.Read(lab.Home), ct);
        var bringUp = new BringUp(lab, progress);
        if (note.Phase != LossPhase.Led)
        {
            await lab.Supervisor.StopAllAsync([.. lab.Members.SelectMany(ProgramNames.OfMember)], ct);
            RemoveData();
            progress.Say($"restoring everything that was archived to {first.Name}");
            await RestoreAsync(first, ct);

            // Patroni keeps no recovery settings but its own: the restored member finds its WAL through its file, until it leads.
            patroni.WriteFor(first, BackupFiles.ArchiveGet(lab.Home) + " %f %p");
        }

        // With empty data folders each would make a cluster of its own: the restored one leads before the others start.
        await bringUp.StartAsync([.. lab.Members.Select(ProgramNames.Etcd), ProgramNames.Patroni(first), ProgramNames.Exporter(first)], ct);
        await Wait.UntilAsync(
            Bounds.ClusterReady,
            $"{first.Name} to lead",
            async token => ((await lab.GetClusterStateAsync(token)).Primary is { } primary ? primary.Member.Name : null, (await lab.GetClusterStateAsync(token)).Describe()),
            PollInterval,
            ct);
        (note with { Phase = LossPhase.Led }).Write(Note);

        patroni.WriteFor(first);
        await lab.Patroni.ReloadAsync(first, ct);
        await ForgetRecoveryAsync(ct);

        // A new leader writes what its own file has some moments later, and refuses changes before.
        await Wait.UntilAsync(
            Bounds.SettingsTakeEffect,
            "the cluster manager to take the settings that the lab had",
            async token => await TakesAsync(note.Settings, token) is { } refusal ? (null, refusal) : ("taken", ""),
            PollInterval,
            ct);
        await bringUp.StartAsync([.. lab.Members.Skip(1).SelectMany(m => new[] { ProgramNames.Patroni(m), ProgramNames.Exporter(m) })], ct);
        await bringUp.WaitUntilWholeAsync(isNew: false, Bounds.ClusterReady, ct);
        File.Delete(Note);
        return true;
    }

    /// <summary>What the restore wrote into <c>postgresql.auto.conf</c> would keep the members on this timeline for ever; nothing else is in it.</summary>
    private async Task ForgetRecoveryAsync(CancellationToken ct)
    {
        var leader = (await lab.GetClusterStateAsync(ct)).Primary?.Member ?? throw new LabException("recovery broke off: the restored member does not lead any more.\n  fix          make up (goes on with it)");
        await using var connection = ProvenConnections.Create(lab.ConnectionString(Place.On(leader), DatabaseUser.Admin));
        await connection.OpenAsync(ct);
        foreach (var sql in (string[])["alter system reset all", "select pg_reload_conf()"])
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private async Task<string?> TakesAsync(IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        try
        {
            await lab.ConfigureAsync(settings.ToDictionary(s => s.Key, s => (string?)s.Value), ct);
            return null;
        }
        catch (LabException e)
        {
            return e.Message.Split('\n')[0];
        }
    }

    private async Task RestoreAsync(Member member, CancellationToken ct)
    {
        var archive = new ArchiveReader(lab, pgBackRest);
        string[] arguments =
        [
            $"--pg1-path={lab.Home.MemberData(member.Name)}",
            .. lab.Members.Skip(1).Select((_, i) => FormattableString.Invariant($"--reset-pg{i + 2}-path")),
            $"--recovery-option=restore_command={BackupFiles.ArchiveGet(lab.Home)} %f \"%p\"",
            .. await archive.WayAsync(await archive.ReadAsync(ct), ct) is { Timeline: var timeline } ? [FormattableString.Invariant($"--target-timeline={timeline}")] : Array.Empty<string>(),
            "restore",
        ];
        RunAsUser.Resolve()!.MakeFolder(lab.Home.MemberData(member.Name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await pgBackRest.RequireAsync("restore-member", arguments, ct);
    }

    private LabProcess? Running() => lab.Members.Select(lab.Processes.Postmaster).FirstOrDefault(p => p is not null);

    /// <summary>Only what lies in this lab's folder, which carries its marker, and belongs to no running server.</summary>
    private void RemoveData()
    {
        if (Running() is { } alive)
        {
            throw new LabException($"nothing was removed: {alive.Describe()} runs.");
        }

        // First out of the way, each at once: killed in between, the data is either all there or all gone.
        var folders = DataFolders.Where(Directory.Exists).ToArray();
        foreach (var folder in folders)
        {
            Discard(folder + Lost);
            Directory.Move(folder, folder + Lost);
        }

        foreach (var folder in DataFolders)
        {
            Discard(folder + Lost);
        }
    }

    private static void Discard(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
