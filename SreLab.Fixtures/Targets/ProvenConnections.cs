using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Npgsql;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets;

/// <summary>The one place where connections to PostgreSQL come from: each proves where it leads before its first statement.</summary>
/// <remarks>One question for each connection that is made. An address that no lab has named is refused.</remarks>
public static class ProvenConnections
{
    private static readonly ConcurrentDictionary<string, ClusterIdentity?> Known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, NpgsqlDataSource> Sources = new(StringComparer.Ordinal);

    /// <summary>A connection that is not open yet.</summary>
    /// <param name="connectionString">Of a lab.</param>
    public static NpgsqlConnection Create(string connectionString) => Sources.GetOrAdd(connectionString, CreateSource).CreateConnection();

    /// <summary>Connections of a source of their own.</summary>
    /// <param name="connectionString">Of a lab.</param>
    public static NpgsqlDataSource CreateSource(string connectionString) => Build(CreateBuilder(connectionString));

    /// <summary>The same, for a caller who has more to set.</summary>
    /// <param name="connectionString">Of a lab.</param>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "The one place that is meant: what is built here asks who answers.")]
    public static NpgsqlDataSourceBuilder CreateBuilder(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.UsePhysicalConnectionInitializer(
            connection => ProveAsync(connection, builder.ConnectionStringBuilder).GetAwaiter().GetResult(),
            connection => ProveAsync(connection, builder.ConnectionStringBuilder));
        return builder;
    }

    /// <summary>Builds what <see cref="CreateBuilder"/> began.</summary>
    /// <remarks>With several hosts Npgsql refuses a source whose text says which session is wanted: the source is built without, and asked for such sessions.</remarks>
    public static NpgsqlDataSource Build(NpgsqlDataSourceBuilder builder)
    {
        var settings = builder.ConnectionStringBuilder;
        if (settings.Host?.Contains(',', StringComparison.Ordinal) != true || settings.TargetSessionAttributes is not { } wanted)
        {
            return builder.Build();
        }

        settings.TargetSessionAttributes = null;
        return builder.BuildMultiHost().WithTargetSession(Enum.Parse<TargetSessionAttributes>(wanted.Replace("-", "", StringComparison.Ordinal), ignoreCase: true));
    }

    /// <summary>A connection of somebody who finds out what a server is, and changes nothing there.</summary>
    /// <param name="connectionString">To any server.</param>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "Who asks what a server is cannot know it yet.")]
    internal static NpgsqlConnection CreateUnproven(string connectionString) => new(connectionString);

    /// <summary>From now on this address must be of this cluster.</summary>
    /// <param name="connectionString">Leads there; only host and port are read.</param>
    /// <param name="identity">The cluster; null where every connection verifies a certificate of the cluster's own authority, which nobody else can show.</param>
    internal static void Know(string connectionString, ClusterIdentity? identity) => Known[Address(new NpgsqlConnectionStringBuilder(connectionString))] = identity;

    /// <summary>Of which cluster an address must be.</summary>
    /// <exception cref="LabException">No lab has named it.</exception>
    internal static ClusterIdentity? ExpectedAt(string connectionString) => Expected(Address(new NpgsqlConnectionStringBuilder(connectionString)));

    private static ClusterIdentity? Expected(string address) => Known.TryGetValue(address, out var identity)
        ? identity
        : throw new LabException($"connection refused: {address} is no address of a lab that is open here; nothing was touched.\n  fix          make up, then repeat");

    private static async Task ProveAsync(NpgsqlConnection connection, NpgsqlConnectionStringBuilder settings)
    {
        var address = Address(settings);
        if (Expected(address) is not { } identity)
        {
            return;
        }

        // Not longer than the connection itself may take: a server that hangs between both is as good as one that is away.
        await using var command = new NpgsqlCommand(identity.Question, connection) { CommandTimeout = Math.Max(1, settings.Timeout) };
        identity.Demand(await command.ExecuteScalarAsync() as string, address);
    }

    private static string Address(NpgsqlConnectionStringBuilder settings) => string.Create(CultureInfo.InvariantCulture, $"{settings.Host}:{settings.Port}");
}
