using Npgsql;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Seeding.Loading;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Seeding;

/// <summary>Fills a lab's database with a believable business, once: a second call changes nothing, an interrupted one is resumed.</summary>
public sealed class Seeder
{
    /// <summary>A folder on the disk that holds the members' data, when that is this machine's: its room is checked first. Null: not checked.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Seeds through the read-write endpoint.</summary>
    /// <param name="lab">A lab that is up.</param>
    /// <param name="settings">Rows, seed, and whether a different seed may be thrown away.</param>
    /// <param name="progress">Told of every phase, and every few seconds in the long ones.</param>
    /// <param name="ct">Cancels; what is whole stays, and the next call resumes.</param>
    /// <exception cref="LabException">
    /// The database holds something else, another seed runs, or the disk is too small: nothing was touched. Or the server went away in the middle.
    /// </exception>
    public Task<SeedOutcome> SeedAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        var server = new SeedServer(
            Connection(lab, DatabaseUser.App), Connection(lab, DatabaseUser.Admin), lab.Members.Count - 1, DataFolder);
        return new SeedRun(server, SeedPlan.For(settings.Rows, settings.Seed), settings.Reseed, progress).RunAsync(ct);
    }

    private static string Connection(ILab lab, DatabaseUser user) =>
        new NpgsqlConnectionStringBuilder(lab.ConnectionString(Place.ReadWrite, user)) { Database = lab.Endpoints.Database }.ConnectionString;
}
