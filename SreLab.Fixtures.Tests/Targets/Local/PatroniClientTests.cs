using System.Net;
using System.Text;
using FluentAssertions;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Tests.Targets.Local;

/// <summary>Changed settings, told to members that read them in a loop of their own.</summary>
public sealed class PatroniClientTests : IDisposable
{
    private const string Old = """{"ttl": 30, "loop_wait": 10, "slots": {"unread": {"type": "physical"}}}""";
    private const string New = """{"ttl": 20, "loop_wait": 10}""";
    private static readonly Dictionary<string, string?> Change = new() { ["ttl"] = "20", ["slots.unread"] = null };

    private readonly LabNetwork _network = new("127.99.97");
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-patroni-").FullName;
    private readonly List<HttpListener> _members = [];
    private readonly PatroniClient _client;

    public PatroniClientTests() => _client = new PatroniClient(_network, LabSecrets.Create(new LabHome(_folder, _network.Prefix), new RunAsUser("me", 0, 0, IsOther: false)));

    [Fact]
    public async Task A_change_returns_when_every_member_has_read_it()
    {
        var reads = new TaskCompletionSource();
        Serve(0, () => New);
        Serve(1, () => New);
        Serve(2, () => reads.Task.IsCompleted ? New : Old);

        var change = _client.ConfigureAsync(Change, TestContext.Current.CancellationToken);
        var first = await Task.WhenAny(change, Task.Delay(TimeSpan.FromMilliseconds(700), TestContext.Current.CancellationToken));
        first.Should().NotBe(change, "one member still tells the old settings");
        reads.SetResult();

        await change.Awaiting(c => c).Should().NotThrowAsync();
    }

    [Fact]
    public async Task A_member_that_does_not_answer_is_not_waited_for()
    {
        Serve(1, () => New);

        await _client.ConfigureAsync(Change, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Settings_that_were_not_changed_may_differ_between_members()
    {
        Serve(0, () => New);
        Serve(1, () => New.Replace("10", "1", StringComparison.Ordinal));

        await _client.ConfigureAsync(Change, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _client.Dispose();
        _members.ForEach(m => m.Close());
        Directory.Delete(_folder, recursive: true);
    }

    // Patroni answers a PATCH with the settings as they are now, and a GET with those of its last loop.
    private void Serve(int member, Func<string> read)
    {
        var server = new HttpListener();
        server.Prefixes.Add($"{LabNetwork.Url(_network.Members[member].Host, LabNetwork.Patroni, "")}");
        server.Start();
        _members.Add(server);
        _ = AnswerAsync();

        async Task AnswerAsync()
        {
            while (server.IsListening)
            {
                try
                {
                    var context = await server.GetContextAsync();
                    context.Response.Close(Encoding.UTF8.GetBytes(context.Request.HttpMethod == "PATCH" ? New : read()), willBlock: false);
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
