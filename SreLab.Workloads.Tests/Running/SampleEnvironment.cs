using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.Tests.Running;

/// <summary>Settings that a service accepts; its database is where nobody listens.</summary>
internal static class SampleEnvironment
{
    public const string Token = "token-of-the-tests";

    private static readonly string SecretFile = MakeSecretFile();

    public static EnvironmentReader InvoiceApp(params (string Name, string Value)[] variables) =>
        Reader(InvoiceAppVariables(variables));

    public static (string Name, string Value)[] InvoiceAppVariables(params (string Name, string Value)[] variables) =>
        [.. Common, .. Database, ("PAYMENT_PROVIDER_URL", "http://127.0.0.1:1"), ("PAYMENT_TOKEN_FILE", SecretFile), .. variables];

    public static EnvironmentReader Provider(params (string Name, string Value)[] variables) =>
        Reader([.. Common, .. Database, ("PAYMENT_TOKEN_FILE", SecretFile), .. variables]);

    public static EnvironmentReader Proxy(params (string Name, string Value)[] variables) =>
        Reader([.. Common, ("UPSTREAM_URL", "http://127.0.0.1:1"), .. variables]);

    private static (string Name, string Value)[] Common => [("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("MINIMUM_UPTIME_SECONDS", "0"), ("DRAIN_SECONDS", "0"), ("SERVICE_INSTANCE", "one")];

    private static (string Name, string Value)[] Database => [("DATABASE_CONNECTION", "Host=127.0.0.1;Port=1;Database=shop;Username=app"), ("DATABASE_PASSWORD_FILE", SecretFile)];

    private static EnvironmentReader Reader((string Name, string Value)[] variables)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in variables)
        {
            values[name] = value;
        }

        return new EnvironmentReader(values.GetValueOrDefault);
    }

    private static string MakeSecretFile()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "secret-of-the-tests");
        File.WriteAllText(path, Token + "\n");
        return path;
    }
}
