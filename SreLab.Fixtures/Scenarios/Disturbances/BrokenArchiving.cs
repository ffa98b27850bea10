using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>The command that archives WAL fails.</summary>
internal sealed class BrokenArchiving : Disturbance
{
    internal const string Setting = "postgresql.parameters.archive_command";

    /// <summary>A comment for the shell: whoever finds the command knows what to put back.</summary>
    private const string Broken = "/bin/false # instead of: ";

    private const string Fails =
        "select coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) from pg_stat_archiver where not pg_is_in_recovery()";

    private const string Archives = "select coalesce(last_archived_time > coalesce(last_failed_time, '-infinity'), false) from pg_stat_archiver";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private Member _primary = Member.None;

    public override string Name => "broken-archiving";

    public override string Target => _primary.Name;

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("WalArchivingFailing", "the primary's last attempt to archive a segment failed", (context, ct) =>
            SourceSql.IsTrueAsync(context.Lab, _primary, Fails, ct))
        {
            Concerns = Chosen.Label("member", () => _primary.Name),
        },
    ];

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        _primary = await Chosen.PrimaryAsync(context.Lab, ct);
        var command = (string)(await SourceSql.AskAsync(context.Lab, Place.On(_primary), "select current_setting('archive_command')", ct))!;
        await SetAsync(context.Lab, Broken + command, ct);
        await FinishSegmentAsync(context.Lab, ct);
        return $"archive_command of {_primary} replaced by /bin/false, and a segment of WAL finished";
    }

    public override Task HealAsync(DisturbanceContext context, CancellationToken ct) => RepairAsync(context.Lab, ct);

    /// <summary>Puts the command back that is in the broken one's comment; nothing happens when it is not broken.</summary>
    /// <returns>Whether it was broken.</returns>
    internal static async Task<bool> RepairAsync(ILab lab, CancellationToken ct)
    {
        var setting = (await lab.GetDynamicSettingsAsync(ct)).GetValueOrDefault(Setting, "");
        if (Original(setting) is not { } command)
        {
            return false;
        }

        await SetAsync(lab, command, ct);
        await FinishSegmentAsync(lab, ct);
        await Wait.UntilAsync(
            Bounds.ArchiverCatchesUp,
            "the primary to archive again",
            async token => (await SourceSql.IsTrueAsync(lab, Place.ReadWrite, Archives, token) ? "archives" : null, "the last attempt failed"),
            PollInterval,
            ct);
        return true;
    }

    /// <summary>The command that a broken one stands for; null when it is not broken.</summary>
    internal static string? Original(string command) =>
        command.StartsWith(Broken, StringComparison.Ordinal) ? command[Broken.Length..] : null;

    /// <summary>Sets the command, and waits until the primary has it.</summary>
    internal static async Task SetAsync(ILab lab, string command, CancellationToken ct)
    {
        await lab.ConfigureAsync(new Dictionary<string, string?> { [Setting] = command }, ct);
        await Wait.UntilAsync(
            Bounds.SettingsTakeEffect,
            $"archive_command to be '{command}'",
            async token =>
            {
                var now = (string)(await SourceSql.AskAsync(lab, Place.ReadWrite, "select current_setting('archive_command')", token))!;
                return (now == command ? now : null, $"'{now}'");
            },
            PollInterval,
            ct);
    }

    /// <summary>Without a record in it a segment is not finished.</summary>
    private static async Task FinishSegmentAsync(ILab lab, CancellationToken ct) =>
        await AdminSql.RunAsync(lab, Place.ReadWrite, "select pg_logical_emit_message(true, 'srelab', 'segment'); select pg_switch_wal()", ct);
}
