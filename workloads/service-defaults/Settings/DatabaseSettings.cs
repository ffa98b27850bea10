using Npgsql;

namespace SreLab.Workloads.ServiceDefaults.Settings;

/// <summary>How the database is reached.</summary>
/// <param name="ConnectionString">Npgsql's connection string, without a password.</param>
/// <param name="PasswordFile">File with the password; it is read for each connection, so that it can be changed.</param>
public sealed record DatabaseSettings(string ConnectionString, string PasswordFile)
{
    private const string Connection = "DATABASE_CONNECTION";
    private const string ConnectionExample = "Host=db;Port=5432;Database=shop;Username=app;SSL Mode=VerifyFull;Root Certificate=/run/ca.crt";

    /// <summary>Reads them; what is wrong is noted in the reader.</summary>
    /// <param name="environment">Where they come from.</param>
    public static DatabaseSettings Read(EnvironmentReader environment) =>
        new(ReadConnection(environment), environment.SecretFile("DATABASE_PASSWORD_FILE", "/run/secrets/database-password"));

    private static string ReadConnection(EnvironmentReader environment)
    {
        var text = environment.Required(Connection, ConnectionExample);
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(text);
            if (!string.IsNullOrEmpty(parsed.Password) || !string.IsNullOrEmpty(parsed.Passfile))
            {
                environment.Refuse(Connection, "has a password in it, which belongs to DATABASE_PASSWORD_FILE", ConnectionExample);
            }
            else if (text.Length > 0 && (string.IsNullOrEmpty(parsed.Host) || string.IsNullOrEmpty(parsed.Username) || string.IsNullOrEmpty(parsed.Database)))
            {
                environment.Refuse(Connection, "needs Host, Database and Username", ConnectionExample);
            }
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // The text is not shown: it may hold a password.
            environment.Refuse(Connection, $"is no connection string ({e.Message.Split('\n')[0]})", ConnectionExample);
        }

        return text;
    }
}
