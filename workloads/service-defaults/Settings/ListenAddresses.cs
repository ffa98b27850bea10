namespace SreLab.Workloads.ServiceDefaults.Settings;

/// <summary>Where a service listens, as <c>ASPNETCORE_URLS</c> says it.</summary>
public static class ListenAddresses
{
    private const string Variable = "ASPNETCORE_URLS";
    private const string Default = "http://127.0.0.1:8080";
    private const string Example = "http://0.0.0.0:8080";

    /// <summary>Reads them; a wrong one is noted in the reader.</summary>
    /// <param name="environment">Where they come from.</param>
    public static IReadOnlyList<string> Read(EnvironmentReader environment)
    {
        var addresses = environment.Text(Variable, Default).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var address in addresses.Where(a => Concrete(a) is not { Scheme: "http", AbsolutePath: "/" }))
        {
            environment.Refuse(Variable, $"has '{address}', not an http address without a path", Example);
        }

        return addresses.Length > 0 ? addresses : [Default];
    }

    /// <summary>The address at which this machine itself reaches a listener; null when it is not an address.</summary>
    /// <param name="address">Address of a listener, whose host may be one that means every address.</param>
    public static Uri? Local(string address)
    {
        if (Concrete(address) is not { } uri)
        {
            return null;
        }

        return uri.Host is "0.0.0.0" or "[::]" ? new UriBuilder(uri) { Host = "127.0.0.1" }.Uri : uri;
    }

    /// <summary>An address of a listener with a host that is one; null when it is no address.</summary>
    /// <param name="address">Address of a listener, whose host may be a star or a plus.</param>
    public static Uri? Concrete(string address)
    {
        var concrete = address.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
        return Uri.TryCreate(concrete, UriKind.Absolute, out var uri) ? uri : null;
    }
}
