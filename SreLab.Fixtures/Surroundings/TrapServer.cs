using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Surroundings;

/// <summary>A real PostgreSQL that nobody may touch: it lets everybody of this machine in, and its log says who came.</summary>
internal sealed class TrapServer : IAsyncDisposable
{
    public const string Superuser = "postgres";
    private const string Received = "connection received";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly Process _process;
    private readonly IPEndPoint _address;
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly List<string> _ours = [];

    private TrapServer(Process process, IPEndPoint address)
    {
        (_process, _address) = (process, address);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.Contains(Received, StringComparison.Ordinal) == true)
            {
                _seen.Enqueue(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    /// <summary>Makes a cluster and starts it.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="port">Its port.</param>
    /// <param name="folder">For its data; everybody may go through it.</param>
    /// <param name="ct">Ends what was started.</param>
    /// <exception cref="LabException">It does not come up.</exception>
    public static async Task<TrapServer> StartAsync(IPAddress address, int port, string folder, CancellationToken ct)
    {
        var user = RunAsUser.Resolve() ?? throw new LabException($"root has no user {RunAsUser.Unprivileged} to run PostgreSQL as.\n  fix          make deps");
        var data = Path.Combine(folder, "trap");
        user.MakeFolder(data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using (var made = Process.Start(As(user, "initdb", ["-D", data, "-U", Superuser, "-A", "trust", "--no-sync", "--no-instructions"]))!)
        {
            var said = made.StandardError.ReadToEndAsync(ct);
            await made.WaitForExitAsync(ct);
            if (made.ExitCode != 0)
            {
                throw new LabException($"the second server could not be made: {(await said).Trim()}");
            }
        }

        await File.AppendAllTextAsync(Path.Combine(data, "pg_hba.conf"), "host all all 127.0.0.0/8 trust\n", ct);
        string[] settings =
        [
            $"listen_addresses={address}", $"port={port.ToString(CultureInfo.InvariantCulture)}", "unix_socket_directories=", "log_connections=on", "shared_buffers=16MB", "fsync=off",
        ];
        string[] arguments = ["-D", data, .. settings.SelectMany(s => new[] { "-c", s })];
        var server = new TrapServer(Process.Start(As(user, "postgres", arguments))!, new IPEndPoint(address, port));
        try
        {
            // That it sees who comes is seen here: a trap that is deaf would prove nothing.
            await server.SeenAsync(ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // Immediate shutdown: nothing of it is kept.
            Posix.Kill(_process.Id, Signal.Quit);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    /// <summary>The lines of its log that say who came until now.</summary>
    /// <remarks>It comes itself and waits for its own line: whoever came before stands before it, however slow the machine is.</remarks>
    /// <exception cref="LabException">It is deaf.</exception>
    public async Task<IReadOnlyList<string>> SeenAsync(CancellationToken ct)
    {
        var since = _ours.Count;
        await Wait.UntilAsync(
            Bounds.SupervisorAnswers,
            "the second server to note a connection",
            async token =>
            {
                if (await KnockAsync(token) is { } port)
                {
                    _ours.Add(string.Create(CultureInfo.InvariantCulture, $" port={port}"));
                }

                return (_ours.Skip(since).Any(o => _seen.Any(line => IsOf(line, o))) ? "noted" : null, _process.HasExited ? "it ended" : "no line in its log");
            },
            PollInterval,
            ct);
        return [.. _seen.Where(line => !_ours.Any(o => IsOf(line, o)))];
    }

    private static bool IsOf(string line, string client) => line.EndsWith(client, StringComparison.Ordinal);

    private async Task<int?> KnockAsync(CancellationToken ct)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(_address, ct);
            return ((IPEndPoint)client.Client.LocalEndPoint!).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static ProcessStartInfo As(RunAsUser user, string program, IReadOnlyList<string> arguments)
    {
        var path = InstalledPrograms.Require(program);
        var start = user.IsOther
            ? ChosenEnvironment.Start(InstalledPrograms.Require("setpriv"), [$"--reuid={user.UserId}", $"--regid={user.GroupId}", "--init-groups", "--", path, .. arguments])
            : ChosenEnvironment.Start(path, arguments);
        (start.WorkingDirectory, start.RedirectStandardError) = ("/", true);
        start.RedirectStandardOutput = program == "initdb";
        return start;
    }
}
