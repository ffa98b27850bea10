using Microsoft.AspNetCore.Builder;
using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.ServiceDefaults.Hosting;

/// <summary>The outermost part of every service: arguments, settings, exit code.</summary>
public static class ServiceProgram
{
    /// <summary>Runs the service until it is asked to end, or asks a running one for its health.</summary>
    /// <param name="args">Nothing, or <c>--health</c>.</param>
    /// <param name="service">Name of the service.</param>
    /// <param name="livenessPath">What <c>--health</c> asks for.</param>
    /// <param name="build">Makes the service; throws <see cref="SettingsRefusedException"/>.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, string service, string livenessPath, Func<EnvironmentReader, WebApplication> build)
    {
        var environment = EnvironmentReader.OfProcess();
        if (args is ["--health"])
        {
            return await HealthCommand.RunAsync(environment, livenessPath);
        }

        if (args.Length > 0)
        {
            await Console.Error.WriteLineAsync($"usage: {service} [--health]\n  settings come from the environment: workloads/README.md");
            return ExitCodes.Usage;
        }

        try
        {
            await using var app = build(environment);
            await app.RunAsync();
            return ExitCodes.Ok;
        }
        catch (SettingsRefusedException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Configuration;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"{service}: ended by {e.GetType().Name}: {e.Message}\n{e.StackTrace}");
            return ExitCodes.Failed;
        }
    }
}
