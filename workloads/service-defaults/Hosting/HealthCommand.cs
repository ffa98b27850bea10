using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.ServiceDefaults.Hosting;

/// <summary>Asks a service that runs beside it for its health: the container's health check, in an image without a shell.</summary>
public static class HealthCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Asks once.</summary>
    /// <param name="environment">The environment that the service was started with.</param>
    /// <param name="path">The liveness probe.</param>
    /// <returns><see cref="ExitCodes.Ok"/> when the answer is 2xx.</returns>
    public static async Task<int> RunAsync(EnvironmentReader environment, string path)
    {
        if (ListenAddresses.Local(ListenAddresses.Read(environment)[0]) is not { } address)
        {
            await Console.Error.WriteLineAsync(string.Join('\n', environment.Problems));
            return ExitCodes.Configuration;
        }

        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler) { Timeout = Timeout };
        try
        {
            using var response = await client.GetAsync(new Uri(address, path));
            await Console.Out.WriteLineAsync($"{(int)response.StatusCode}");
            return response.IsSuccessStatusCode ? ExitCodes.Ok : ExitCodes.Failed;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{new Uri(address, path)}: {e.Message}");
            return ExitCodes.Failed;
        }
    }
}
