using System.Text.Json;
using k8s;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Api;

/// <summary>How a command in a container ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output, whole.</param>
/// <param name="Error">Standard error, whole.</param>
internal sealed record ExecResult(int ExitCode, string Output, string Error);

/// <summary>Runs commands in containers.</summary>
internal static class PodExec
{
    // Commands of the suite read a file or send a signal.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>Runs one to its end.</summary>
    /// <param name="client">The cluster's API.</param>
    /// <param name="space">Namespace.</param>
    /// <param name="pod">Pod.</param>
    /// <param name="container">Container.</param>
    /// <param name="command">Command with its arguments.</param>
    /// <param name="ct">Cancels it.</param>
    /// <param name="longest">How long it may take; null for the time of a command that reads a file or sends a signal.</param>
    /// <exception cref="LabException">It could not be started, or did not end.</exception>
    public static async Task<ExecResult> RunAsync(IKubernetes client, string space, string pod, string container, IReadOnlyList<string> command, CancellationToken ct, TimeSpan? longest = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(longest ?? Limit);
        var output = "";
        var error = "";
        try
        {
            var code = await client.NamespacedPodExecAsync(
                pod,
                space,
                container,
                command,
                tty: false,
                async (_, standardOutput, standardError) =>
                {
                    using var outputReader = new StreamReader(standardOutput);
                    using var errorReader = new StreamReader(standardError);
                    var texts = await Task.WhenAll(outputReader.ReadToEndAsync(limit.Token), errorReader.ReadToEndAsync(limit.Token));
                    (output, error) = (texts[0], texts[1]);
                },
                limit.Token);
            return new ExecResult(code, output, error);
        }
        catch (JsonException e)
        {
            // The connection ended before the command's exit code was told.
            throw ApiErrors.Refusal($"'{command[0]}' in {space}/{pod} was broken off", new IOException("the API server told no exit code", e));
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            throw ApiErrors.Refusal($"'{command[0]}' in {space}/{pod} could not be run", e);
        }
    }
}
