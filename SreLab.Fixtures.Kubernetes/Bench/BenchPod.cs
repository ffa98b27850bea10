using System.Globalization;
using System.IO.Compression;
using System.Text;
using k8s;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Bench;

/// <summary>One pod that runs its part of a pass.</summary>
/// <param name="client">The cluster's API.</param>
/// <param name="space">Its namespace.</param>
/// <param name="name">Its name.</param>
/// <param name="node">Its node.</param>
/// <param name="share">Its part.</param>
internal sealed class BenchPod(IKubernetes client, string space, string name, string node, BenchShare share)
{
    private const string EndMark = "srelab-exit ";

    // The end is asked for before the lines: what was written until then is read with it.
    private const string Look = "cd /bench; e=$(cat exit 2>/dev/null); tail -n +$0 stderr; if [ -n \"$e\" ]; then echo \"srelab-exit $e\"; fi";
    private const string Logs = "cd /bench; for f in pgbench.*; do if [ -e \"$f\" ]; then echo \"$f\"; gzip -1 -c \"$f\" | base64 -w0; echo; fi; done";

    private const int MostAttempts = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestFetch = TimeSpan.FromMinutes(3);

    /// <summary>Lets it begin.</summary>
    public async Task BeginAsync(CancellationToken ct) => await RunAsync(["touch", "/bench/go"], null, ct);

    /// <summary>Tells its progress until pgbench has ended.</summary>
    public async Task<BenchPart> FollowAsync(BenchProgress progress, CancellationToken ct)
    {
        var error = new StringBuilder();
        var seen = 0;
        while (true)
        {
            await Task.Delay(Pause, ct);
            var text = await RunAsync(["sh", "-c", Look, (seen + 1).ToString(CultureInfo.InvariantCulture)], null, ct);
            int? exit = null;
            foreach (var line in text.Split('\n')[..^1])
            {
                if (line.StartsWith(EndMark, StringComparison.Ordinal))
                {
                    exit = int.Parse(line[EndMark.Length..], CultureInfo.InvariantCulture);
                }
                else
                {
                    seen++;
                    error.Append(line).Append('\n');
                    progress.Take(share.Index, BenchMerge.Line(line, share.FirstClient));
                }
            }

            if (exit is { } code)
            {
                return new BenchPart(share, name, node, code, await RunAsync(["cat", "/bench/stdout"], null, ct), error.ToString());
            }
        }
    }

    /// <summary>Writes its logs beside those of the others.</summary>
    public async Task FetchLogsAsync(string folder, CancellationToken ct)
    {
        var lines = (await RunAsync(["bash", "-c", Logs], LongestFetch, ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var log in lines.Chunk(2).Where(l => l.Length == 2))
        {
            await using var packed = new GZipStream(new MemoryStream(Convert.FromBase64String(log[1])), CompressionMode.Decompress);
            using var reader = new StreamReader(packed);
            await using var writer = new StreamWriter(Path.Combine(folder, BenchMerge.LogName(log[0], share.Index)));
            while (await reader.ReadLineAsync(ct) is { } line)
            {
                await writer.WriteAsync(BenchMerge.LogLine(line, share.FirstClient) + "\n");
            }
        }
    }

    private async Task<string> RunAsync(IReadOnlyList<string> command, TimeSpan? longest, CancellationToken ct)
    {
        // Every command may be given twice: a connection that breaks on a busy machine costs no pass of minutes.
        ExecResult? ended = null;
        for (var attempt = 1; ended is null; attempt++)
        {
            try
            {
                ended = await PodExec.RunAsync(client, space, name, BenchJob.Container, command, ct, longest);
            }
            catch (LabException) when (attempt < MostAttempts)
            {
                await Task.Delay(Pause, ct);
            }
        }

        return ended.ExitCode == 0
            ? ended.Output
            : throw new LabException($"'{command[0]}' in {space}/{name} ended with exit code {ended.ExitCode.ToString(CultureInfo.InvariantCulture)}: {ended.Error.Trim()}\n  look         kubectl --namespace {space} describe pod {name}");
    }
}
