using Npgsql;
using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.ServiceDefaults.Database;

/// <summary>Makes the pool of connections.</summary>
public static class DataSources
{
    private const int MaximumPoolSize = 20;
    private const int ConnectSeconds = 3;
    private const int CommandSeconds = 5;
    private const int IdleSeconds = 30;
    private const int PruningSeconds = 5;
    private const int CancellationMilliseconds = 1000;
    private const int Prepared = 20;

    /// <summary>Name of the pool that requests use, in Npgsql's own metrics.</summary>
    public const string Requests = "requests";

    /// <summary>Makes a pool of one connection that no request uses: what asks whether the database answers must not wait for one of theirs.</summary>
    /// <param name="database">How the database is reached.</param>
    /// <param name="application">Name under which the database lists the connection.</param>
    public static NpgsqlDataSource MakeWatch(DatabaseSettings database, string application) => Open(
        new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            ApplicationName = application,
            MaxPoolSize = 1,
            Timeout = 1,
            CommandTimeout = 1,
            CancellationTimeout = CancellationMilliseconds,
        },
        database.PasswordFile,
        "watch");

    /// <summary>Makes it. What the connection string does not say is set for a database that fails over: short time-outs, few idle connections.</summary>
    /// <param name="database">How the database is reached.</param>
    /// <param name="application">Name under which the database lists the connections.</param>
    public static NpgsqlDataSource Make(DatabaseSettings database, string application)
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        void Otherwise(string keyword, object value)
        {
            // ContainsKey says yes to every keyword that Npgsql knows.
            if (!connection.Keys.Cast<string>().Contains(keyword, StringComparer.OrdinalIgnoreCase))
            {
                connection[keyword] = value;
            }
        }

        Otherwise("Application Name", application);
        Otherwise("Maximum Pool Size", MaximumPoolSize);
        Otherwise("Timeout", ConnectSeconds);
        Otherwise("Command Timeout", CommandSeconds);
        Otherwise("Cancellation Timeout", CancellationMilliseconds);
        Otherwise("Connection Idle Lifetime", IdleSeconds);
        Otherwise("Connection Pruning Interval", PruningSeconds);
        Otherwise("Max Auto Prepare", Prepared);
        return Open(connection, database.PasswordFile, Requests);
    }

    private static NpgsqlDataSource Open(NpgsqlConnectionStringBuilder connection, string passwordFile, string name)
    {
        var hasManyHosts = connection.Host!.Contains(',', StringComparison.Ordinal);
        var target = Enum.Parse<TargetSessionAttributes>((connection.TargetSessionAttributes ?? "read-write").Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
        connection.TargetSessionAttributes = null;
        var builder = new NpgsqlDataSourceBuilder(connection.ConnectionString) { Name = name };
        builder.UsePasswordProvider(_ => File.ReadAllText(passwordFile).Trim(), async (_, ct) => (await File.ReadAllTextAsync(passwordFile, ct)).Trim());
        return hasManyHosts ? builder.BuildMultiHost().WithTargetSession(target) : builder.Build();
    }
}
