using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>A program as the supervisor sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">The supervisor's word: STOPPED, STARTING, RUNNING, BACKOFF, STOPPING, EXITED, FATAL, UNKNOWN.</param>
internal sealed record SupervisedProgram(string Name, string State)
{
    public bool IsUp => State is "RUNNING" or "STARTING";

    public bool IsDown => State is "STOPPED" or "EXITED" or "FATAL";
}

/// <summary>Talks to the lab's supervisor: XML-RPC over its own socket, which only its user can open.</summary>
internal sealed class SupervisorClient : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly HttpClient _http;

    public SupervisorClient(string socket)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, ct) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), ct);
                    return new NetworkStream(connection, ownsSocket: true);
                }
                catch
                {
                    connection.Dispose();
                    throw;
                }
            },
        };
        _http = new HttpClient(handler, disposeHandler: true)
        {
            BaseAddress = new Uri("http://supervisor"),
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    /// <summary>Every program; null when no supervisor answers.</summary>
    public async Task<IReadOnlyList<SupervisedProgram>?> ProgramsAsync(CancellationToken ct)
    {
        try
        {
            var answer = await CallAsync("supervisor.getAllProcessInfo", [], ct);
            return
            [
                .. answer.Descendants("struct").Select(s => s.Elements("member").ToDictionary(m => m.Element("name")!.Value, m => m.Element("value")!.Value))
                    .Select(s => new SupervisedProgram(s["name"], s["statename"])),
            ];
        }
        catch (Exception e) when (e is HttpRequestException or (OperationCanceledException and not null) && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Starts a program without waiting for it; one that runs already is left alone.</summary>
    public Task StartAsync(string program, CancellationToken ct) => CallAsync("supervisor.startProcess", [program, false], ct, "ALREADY_STARTED");

    /// <summary>Asks a program to end without waiting for it; one that does not run is left alone.</summary>
    public Task StopAsync(string program, CancellationToken ct) => CallAsync("supervisor.stopProcess", [program, false], ct, "NOT_RUNNING");

    /// <summary>Asks these programs to end, all at once, and waits until they have; one that is unknown or does not run is left alone.</summary>
    /// <exception cref="LabException">One did not end within its bound, or the supervisor stopped answering.</exception>
    public async Task StopAllAsync(IReadOnlyCollection<string> programs, CancellationToken ct)
    {
        var known = (await ProgramsAsync(ct) ?? []).Select(p => p.Name).Intersect(programs).ToArray();
        await Task.WhenAll(known.Select(p => StopAsync(p, ct)));
        await Wait.UntilAsync(
            Bounds.ProcessEnds,
            $"{string.Join(' ', known)} to end",
            async token =>
            {
                var left = (await ProgramsAsync(token))?.Where(p => known.Contains(p.Name) && !p.IsDown).Select(p => $"{p.Name} {p.State}").ToArray();
                return (left is { Length: 0 } ? "ended" : null, left is null ? "the supervisor does not answer" : string.Join(", ", left));
            },
            PollInterval,
            ct);
    }

    /// <summary>Makes it read its configuration again; running programs stay as they are.</summary>
    public Task ReloadAsync(CancellationToken ct) => CallAsync("supervisor.reloadConfig", [], ct);

    /// <summary>Takes a program over from its configuration, in the place of an older one of that name, which must not run.</summary>
    public async Task AddAsync(string program, CancellationToken ct)
    {
        await RemoveAsync(program, ct);
        await CallAsync("supervisor.addProcessGroup", [program], ct);
    }

    /// <summary>Forgets a program, which must not run; one that it does not know is left alone.</summary>
    public Task RemoveAsync(string program, CancellationToken ct) => CallAsync("supervisor.removeProcessGroup", [program], ct, "BAD_NAME");

    /// <summary>Ends the supervisor.</summary>
    public Task ShutdownAsync(CancellationToken ct) => CallAsync("supervisor.shutdown", [], ct, "SHUTDOWN_STATE");

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<XDocument> CallAsync(string method, object[] parameters, CancellationToken ct, string? accepted = null)
    {
        var call = new XDocument(new XElement("methodCall",
            new XElement("methodName", method),
            new XElement("params", parameters.Select(p => new XElement("param", new XElement("value", p is bool flag
                ? new XElement("boolean", flag ? 1 : 0)
                : new XElement("string", p)))))));
        using var content = new StringContent(call.ToString(SaveOptions.DisableFormatting), Encoding.UTF8, "text/xml");
        using var response = await _http.PostAsync(new Uri("/RPC2", UriKind.Relative), content, ct);
        response.EnsureSuccessStatusCode();
        var answer = XDocument.Parse(await response.Content.ReadAsStringAsync(ct));
        if (answer.Root!.Element("fault") is { } fault)
        {
            var text = fault.Descendants("string").FirstOrDefault()?.Value ?? "";
            if (accepted is null || !text.StartsWith(accepted, StringComparison.Ordinal))
            {
                throw new LabException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"the lab's supervisor refused {method}({string.Join(", ", parameters)}): {text}\n  fix          make up (repairs the lab), or make down"));
            }
        }

        return answer;
    }
}
