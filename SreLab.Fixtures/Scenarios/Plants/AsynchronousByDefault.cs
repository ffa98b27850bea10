using Npgsql;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>Commits of clients wait for no standby because of a setting of their role or of their database; the server's own is safe.</summary>
/// <remarks>
/// On one machine the standbys are microseconds behind, so that no kill loses a write to it. Two scenarios must see it all the same: the check of
/// settings, and the cut of the primary from its standbys, in which a write that is acknowledged was confirmed by nobody.
/// </remarks>
internal abstract class AsynchronousByDefault : Plant
{
    /// <summary>Subject of the ALTER statement, made from the names of the clients' role and of their database.</summary>
    private readonly Func<string, string, string> _subject;

    private readonly bool _isSeenBySettings;

    private AsynchronousByDefault(string id, string defect, bool isSeenBySettings, Func<string, string, string> subject)
    {
        (Id, Defect, _isSeenBySettings, _subject) = (isSeenBySettings ? id : $"{id}-cut", defect, isSeenBySettings, subject);
    }

    public override string Id { get; }

    public override string Defect { get; }

    public override PlantPoint Point => _isSeenBySettings ? PlantPoint.AfterUp : PlantPoint.BeforeFault;

    public override string SpecClass => _isSeenBySettings ? "When_the_lab_is_up" : "When_the_primary_is_cut_from_its_standbys";

    public override IReadOnlyList<string> MustBeRed =>
        [_isSeenBySettings ? "Every_member_runs_with_the_settings_that_safety_rests_on" : "What_has_to_follow_follows"];

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        var client = new NpgsqlConnectionStringBuilder(lab.ConnectionString(Place.ReadWrite, DatabaseUser.App));
        var subject = _subject($"\"{client.Username}\"", $"\"{client.Database}\"");
        await AdminSql.RunAsync(lab, Place.ReadWrite, $"alter {subject} set synchronous_commit = local", ct);

        // Only new sessions take it, and standbys answer with what they have replayed.
        await AdminSql.RunAsync(lab, Place.ReadWrite, $"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{client.Username}'", ct);
        await CaughtUpStandbys.WaitAsync(lab, ct);
        return TakenBackBy(() => AdminSql.RunAsync(lab, Place.ReadWrite, $"alter {subject} reset synchronous_commit", CancellationToken.None), progress);
    }

    /// <summary>By the role.</summary>
    internal sealed class ByRole(bool isSeenBySettings) : AsynchronousByDefault(
        "async-by-role", "the clients' role has synchronous_commit = local, the server has on", isSeenBySettings, (role, _) => $"role {role}");

    /// <summary>By the database.</summary>
    internal sealed class ByDatabase(bool isSeenBySettings) : AsynchronousByDefault(
        "async-by-database", "the clients' database has synchronous_commit = local, the server has on", isSeenBySettings, (_, database) => $"database {database}");
}
