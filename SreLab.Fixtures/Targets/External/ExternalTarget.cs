using System.Diagnostics;
using Npgsql;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Targets.External;

/// <summary>Someone else's database: nothing but the schemas <c>srelab</c> and <c>shop</c> of the suite's own making is touched.</summary>
public sealed class ExternalTarget : ITarget
{
    /// <summary>Its name, as users write it.</summary>
    public const string TargetName = "external";

    private const string MarkSource = "srelab.lab, which the suite wrote";

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly LabSettings _settings;
    private readonly ExternalPlaces? _places;

    /// <summary>Makes the target; nothing is asked yet.</summary>
    /// <param name="settings">Where the database is.</param>
    public ExternalTarget(LabSettings settings)
    {
        _settings = settings;
        (_places, _) = ExternalPlaces.Read(settings.External);
        Lacks = ExternalLimits.Of(settings.External, _places);
    }

    /// <inheritdoc />
    public string Name => TargetName;

    /// <inheritdoc />
    public IReadOnlyDictionary<Capability, string> Lacks { get; }

    private ExternalPlaces Places => _places ?? throw new LabException(
        $"TARGET={TargetName} has no database; nothing was touched.\n  fix          {SettingNames.DatabaseUrl}={DatabaseUrlText.Shape}");

    /// <inheritdoc />
    /// <remarks>All of it: no stage mends what is missing in someone else's database.</remarks>
    public Task<IReadOnlyList<Requirement>> CheckAccessAsync(CancellationToken ct) => CheckAsync(ct);

    /// <inheritdoc />
    public Task<IReadOnlyList<Requirement>> CheckAsync(CancellationToken ct) => new Admission(Places, Http).CheckAsync(ct);

    /// <inheritdoc />
    public async Task<UpResult> UpAsync(IProgressLog progress, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var admission = new Admission(Places, Http);
        Requirements.Demand(await admission.CheckAsync(ct));
        var found = admission.Schemas!;
        if (admission.SystemIdentifier is { } identifier)
        {
            Places.Know(ClusterIdentity.OfNumber(identifier, $"the server behind {SettingNames.DatabaseUrl} when it was admitted"));
        }

        await using var connection = admission.SystemIdentifier is null
            ? ProvenConnections.CreateUnproven(Places.ReadWrite.ForNpgsql())
            : ProvenConnections.Create(Places.ReadWrite.ForNpgsql());
        await connection.OpenAsync(ct);
        var id = await SchemaChanges.MarkAsync(connection, found, ct);
        if (admission.SystemIdentifier is null)
        {
            Places.Know(ClusterIdentity.OfMark(id, MarkSource));
        }

        if (!found.IsMarked)
        {
            progress.Say($"schema srelab {(found.Srelab is null ? "made" : "of an earlier seed taken over")} in {Places.ReadWrite}");
        }

        return new UpResult(new ExternalLab(id, Places, _settings, Http), found.IsMarked, [], clock.Elapsed);
    }

    /// <inheritdoc />
    public async Task<ILab?> AttachAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = ProvenConnections.CreateUnproven(Places.ReadWrite.ForNpgsql());
            await connection.OpenAsync(ct);
            if (await OwnSchemas.ReadAsync(connection, ct) is not { IsMarked: true, Mark: { } mark })
            {
                return null;
            }

            Places.Know(await Admission.SystemIdentifierAsync(connection, ct) is { } identifier
                ? ClusterIdentity.OfNumber(identifier, $"the server that carries the suite's mark ({MarkSource})")
                : ClusterIdentity.OfMark(mark.Id, MarkSource));
            return new ExternalLab(mark.Id, Places, _settings, Http);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or ArgumentException or IOException)
        {
            // Why it cannot be reached is told by whoever needs it up.
            return null;
        }
    }

    /// <inheritdoc />
    public async Task<DownResult> DownAsync(IProgressLog progress, CancellationToken ct)
    {
        // What stops a drop is told in the detail, by name; no row is in it.
        // The mark is read on the very connection that drops: that proves where it leads.
        await using var connection = ProvenConnections.CreateUnproven(new NpgsqlConnectionStringBuilder(Places.ReadWrite.ForNpgsql()) { IncludeErrorDetail = true }.ConnectionString);
        var found = await OpenAndReadAsync(connection, ct);
        if (!found.IsMarked)
        {
            return new DownResult(false, 0, [], [], []);
        }

        string[] ours = found.IsShopSeeded ? ["schema srelab", "schema shop"] : ["schema srelab"];
        if (!_settings.External.Drop)
        {
            progress.Say($"left in {Places.ReadWrite}: {string.Join(" and ", ours)}; drop them with: make down TARGET={TargetName} DROP=1");
            return new DownResult(true, 0, [], [], ours);
        }

        if (!found.Mark!.MadeSchema)
        {
            throw new LabException(
                "drop refused: schema srelab was there before this target marked it; nothing was dropped.\n" +
                "  fix          drop srelab and shop yourself, where nothing else needs them");
        }

        await SchemaChanges.DropAsync(connection, found, ct);
        progress.Say($"dropped in {Places.ReadWrite}: {string.Join(" and ", ours)}");
        return new DownResult(true, 0, [], [], []);
    }

    private async Task<OwnSchemas> OpenAndReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            await connection.OpenAsync(ct);
            return await OwnSchemas.ReadAsync(connection, ct);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or ArgumentException or IOException)
        {
            var (what, fix) = Refusals.Explain(e, Places.ReadWrite, SettingNames.DatabaseUrl);
            throw new LabException($"down refused: {what}; nothing was touched.\n  fix          {fix}", e);
        }
    }
}
