using System.CommandLine;
using System.Globalization;
using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Cli;

/// <summary><c>srelab backups</c>, <c>srelab backup</c> and <c>srelab restore</c>: the repository of the lab that is up, for people.</summary>
internal static class BackupCommands
{
    public static Command CreateList()
    {
        var command = new Command("backups", "Show the backups of the lab that is up, and to which moments a restore can go; exit code 3 when no lab is up.");
        command.SetAction(async (_, ct) =>
        {
            if (await FindAsync(ct) is not { } lab)
            {
                return Missing();
            }

            var catalogue = await lab.Backups.ReadAsync(ct);
            foreach (var backup in catalogue.Backups)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{backup.Label,-34} {backup.Kind,-12} {RestoreRange.Text(backup.FinishedUtc)} {backup.Bytes / 1e6,8:0} MB {backup.RepositoryBytes / 1e6,8:0.0} MB new{(backup.HasErrors ? "  PAGES WITH WRONG CHECKSUMS" : "")}"));
            }

            Console.WriteLine(await lab.Backups.RangeAsync(ct) is { } range ? $"possible     {range.Describe()}" : "no backup yet; take one with: make backup");
            foreach (var cluster in lab.Backups.Restored)
            {
                Console.WriteLine($"restored     {cluster.Name} on {cluster.Host}:{cluster.Port}");
            }

            return 0;
        });
        return command;
    }

    public static Command CreateTake()
    {
        var kind = new Option<BackupKind>("--kind") { Description = "full, differential or incremental", DefaultValueFactory = _ => BackupKind.Full };
        var command = new Command("backup", "Take a backup of the lab that is up, from a standby when one is healthy.") { kind };
        command.SetAction(async (parsed, ct) =>
        {
            if (await FindAsync(ct) is not { } lab)
            {
                return Missing();
            }

            await lab.Backups.TakeAsync(parsed.GetValue(kind), new ErrorStreamProgress(), ct);
            return 0;
        });
        return command;
    }

    public static Command CreateRestore()
    {
        var time = new Option<string?>("--time") { Description = "The moment, ISO 8601 (2026-05-01T12:00:00Z); a moment without an offset is UTC. Without it: everything that was archived" };
        var into = new Option<string?>("--into") { Description = "Name of the new cluster" };
        var remove = new Option<string?>("--remove") { Description = "End this restored cluster and remove it, instead" };
        var command = new Command("restore", "Restore into a new cluster on an address of its own; nothing that exists is touched.") { time, into, remove };
        command.SetAction(async (parsed, ct) =>
        {
            if (await FindAsync(ct) is not { } lab)
            {
                return Missing();
            }

            if (parsed.GetValue(remove) is { Length: > 0 } name)
            {
                await lab.Backups.RemoveAsync(name, ct);
                Console.WriteLine($"{name} removed");
                return 0;
            }

            await RestoreAsync(lab, parsed.GetValue(time), parsed.GetValue(into), ct);
            return 0;
        });
        return command;
    }

    private static async Task RestoreAsync(ILab lab, string? time, string? into, CancellationToken ct)
    {
        var range = await lab.Backups.RangeAsync(ct);
        await Console.Error.WriteLineAsync(range is null ? "there is no backup yet" : $"possible     {range.Describe()}");
        if (string.IsNullOrWhiteSpace(into))
        {
            throw new LabException("restore refused: the new cluster has no name; nothing was touched.\n  fix          make restore INTO=before-the-delete TIME=2026-05-01T12:00:00Z (without TIME: everything that was archived)");
        }

        var cluster = await lab.Backups.RestoreAsync(new RestoreRequest(into, Moment(time)), new ErrorStreamProgress(), ct);
        var libpq = lab.LibpqEnvironment(Place.ReadWrite, DatabaseUser.Admin);
        Console.WriteLine($"env -i PATH=\"$PATH\" PGPASSWORD=\"$(cat '{PasswordFile(lab)}')\" psql -X 'host={cluster.Host} port={cluster.Port} user={libpq["PGUSER"]} dbname={libpq["PGDATABASE"]} sslmode=verify-full sslrootcert={libpq["PGSSLROOTCERT"]}'");
        Console.WriteLine($"# end it with: make restore REMOVE={cluster.Name}");
    }

    /// <exception cref="LabException">It is no moment.</exception>
    private static DateTimeOffset? Moment(string? time) => string.IsNullOrWhiteSpace(time)
        ? null
        : DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var moment)
            ? moment
            : throw new LabException($"restore refused: '{time}' is no moment; nothing was touched.\n  fix          TIME=2026-05-01T12:00:00Z");

    private static string PasswordFile(ILab lab) => Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(lab.LibpqEnvironment(Place.ReadWrite, DatabaseUser.Admin)["PGSSLROOTCERT"]))!, "secrets", "postgres");

    private static async Task<ILab?> FindAsync(CancellationToken ct) => await new LocalTarget(SettingsLoader.Load()).AttachAsync(ct);

    private static int Missing()
    {
        Console.Error.WriteLine("no lab is up; bring one up with: make up");
        return 3;
    }
}
