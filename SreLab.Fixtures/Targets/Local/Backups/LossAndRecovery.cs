using System.Text.Json;
using Npgsql;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local.Backups;

/// <summary>The loss of all members with their data, and the lab made again from the repository.</summary>
internal sealed class LossAndRecovery(LocalLab lab, PgBackRest pgBackRest)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>There from before the loss until the lab is whole: a run that is killed in between leaves a lab whose rows are in the repository only.</summary>
    private string Note => Path.Combine(lab.Home.Backup, "lost.json");

    /// <summary>The members are lost, and not back.</summary>
    public bool IsLost => File.Exists(Note);

    /// <inheritdoc cref="ILabBackupFaults.LoseEverythingAsync" />
    public async Task<string> LoseAsync(CancellationToken ct)
    {
        var settings = await lab.GetDynamicSettingsAsync(ct);
        await File.WriteAllTextAsync(Note, JsonSerializer.Serialize(settings), ct);
        var killed = new List<string>();
        foreach (var member in lab.Members)
        {
            killed.Add(await lab.Faults.KillMemberAsync(member, ct));
        }

        RemoveData();
        return string.Join("; ", killed.Select(k => k.Split(" and ")[0])) + "; every data folder removed";
    }

    /// <inheritdoc cref="ILabBackupFaults.RecoverAsync" />
    public async Task RecoverAsync(IProgressLog progress, CancellationToken ct)
    {
        if (!IsLost)
        {
            throw new LabException("recovery refused: this lab's members were not lost; nothing was touched.");
        }

        var settings = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Note, ct))!;
        await StopMembersAsync(ct);
        RemoveData();
        var first = lab.Members[0];
        progress.Say($"restoring everything that was archived to {first.Name}");
        await RestoreAsync(first, ct);

        // Patroni keeps no recovery settings but its own: the restored member finds its WAL through its file, until it leads.
        var patroni = await PatroniConfiguration.ForInstalledAsync(lab.Home, lab.Network, LabSecrets.Read(lab.Home), ct);
        patroni.WriteFor(first, BackupFiles.ArchiveGet(lab.Home) + " %f %p");

        // With empty data folders each would make a cluster of its own: the restored one leads before the others start.
        var bringUp = new BringUp(lab, progress);
        await bringUp.StartAsync([.. lab.Members.Select(ProgramNames.Etcd), ProgramNames.Patroni(first), ProgramNames.Exporter(first)], ct);
        await Wait.UntilAsync(
            Bounds.ClusterReady,
            $"{first.Name} to lead",
            async token => ((await lab.GetClusterStateAsync(token)).Primary is { } primary ? primary.Member.Name : null, (await lab.GetClusterStateAsync(token)).Describe()),
            PollInterval,
            ct);

        patroni.WriteFor(first);
        await lab.Patroni.ReloadAsync(first, ct);
        await ForgetRecoveryAsync(first, ct);

        // A new leader writes what its own file has some moments later, and refuses changes before.
        await Wait.UntilAsync(
            Bounds.SettingsTakeEffect,
            "the cluster manager to take the settings that the lab had",
            async token => await TakesAsync(settings, token) is { } refusal ? (null, refusal) : ("taken", ""),
            PollInterval,
            ct);
        await bringUp.StartAsync([.. lab.Members.Skip(1).SelectMany(m => new[] { ProgramNames.Patroni(m), ProgramNames.Exporter(m) })], ct);
        await bringUp.WaitUntilWholeAsync(isNew: false, Bounds.ClusterReady, ct);
        File.Delete(Note);
    }

    /// <summary>What the restore wrote into <c>postgresql.auto.conf</c> would keep the members on this timeline for ever; nothing else is in it.</summary>
    private async Task ForgetRecoveryAsync(Member leader, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(lab.ConnectionString(Place.On(leader), DatabaseUser.Admin));
        await connection.OpenAsync(ct);
        foreach (var sql in (string[])["alter system reset all", "select pg_reload_conf()"])
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private async Task<string?> TakesAsync(Dictionary<string, string> settings, CancellationToken ct)
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
        string[] arguments =
        [
            $"--pg1-path={lab.Home.MemberData(member.Name)}",
            .. lab.Members.Skip(1).Select((_, i) => FormattableString.Invariant($"--reset-pg{i + 2}-path")),
            $"--recovery-option=restore_command={BackupFiles.ArchiveGet(lab.Home)} %f \"%p\"",
            .. await new ArchiveReader(lab, pgBackRest).ReadAsync(ct) is { LatestTimeline: { } timeline } ? [FormattableString.Invariant($"--target-timeline={timeline}")] : Array.Empty<string>(),
            "restore",
        ];
        RunAsUser.Resolve()!.MakeFolder(lab.Home.MemberData(member.Name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await pgBackRest.RequireAsync("restore-member", arguments, ct);
    }

    private async Task StopMembersAsync(CancellationToken ct)
    {
        var programs = new AddedPrograms(lab.Home.WorkloadPrograms, lab.Supervisor);
        await programs.StopAsync([.. lab.Members.SelectMany(ProgramNames.OfMember)], ct);
    }

    /// <summary>Only what lies in this lab's folder, which carries its marker, and belongs to no running server.</summary>
    private void RemoveData()
    {
        foreach (var member in lab.Members)
        {
            if (lab.Processes.Postmaster(member) is { } alive)
            {
                throw new LabException($"nothing was removed: {alive.Describe()} runs.");
            }

            foreach (var folder in (string[])[lab.Home.MemberData(member.Name), lab.Home.MemberStore(member.Name)])
            {
                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
        }
    }
}
