using FluentAssertions;
using SreLab.Fixtures.Kubernetes.Backups;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>A backup is ordered of the operator, and followed until it says how it ended.</summary>
public sealed class BackupOrderTests : IAsyncLifetime
{
    private const string Backups = "/apis/postgresql.cnpg.io/v1/namespaces/db/backups";
    private FakeApiServer _api = null!;
    private k8s.Kubernetes _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private BackupOrder Order => new(_client, "db", "srelab", "lab-1");

    public async ValueTask InitializeAsync()
    {
        _api = await FakeApiServer.StartAsync();
        _client = _api.Client();
        _api.Answers[$"GET {Backups}"] = (200, """{"kind":"BackupList","metadata":{"resourceVersion":"7"},"items":[]}""");
        _api.Answers[$"POST {Backups}"] = (201, "{}");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task It_is_over_when_the_operator_calls_it_completed()
    {
        var taking = Order.TakeAsync(new SilentProgress(), Ct);
        var name = await OrderedAsync();
        await SendAsync("ADDED", name, """{"phase":"pending"}""");
        await SendAsync("MODIFIED", "somebody-elses", """{"phase":"failed","error":"no"}""");
        await SendAsync("MODIFIED", name, """{"phase":"running","instanceID":{"podName":"srelab-2"}}""");
        await SendAsync("MODIFIED", name, """{"phase":"completed","backupId":"20260501T120000","instanceID":{"podName":"srelab-2"}}""");

        var (ended, _) = await taking;

        ended.Status.Should().BeEquivalentTo(new { BackupId = "20260501T120000", Instance = new { PodName = "srelab-2" } });
        var body = _api.Requests.Single(r => r.Method == "POST").Body;
        body.Should().Contain("\"method\":\"barmanObjectStore\"").And.Contain("\"target\":\"prefer-standby\"").And.Contain("\"srelab.io/lab\":\"lab-1\"").And.Contain("\"cluster\":{\"name\":\"srelab\"}");
    }

    [Fact]
    public async Task One_that_fails_says_so_in_the_operators_and_in_Barmans_words()
    {
        var taking = Order.TakeAsync(new SilentProgress(), Ct);
        var name = await OrderedAsync();
        await SendAsync("ADDED", name, """{"phase":"failed","error":"exit status 4","commandError":"INFO: begin\nERROR: Backup failed uploading data (connection refused)\n","instanceID":{"podName":"srelab-3"}}""");

        var failure = await ((Func<Task>)(() => taking)).Should().ThrowAsync<LabException>();

        failure.WithMessage($"the backup {name} failed: failed: exit status 4: ERROR: Backup failed uploading data (connection refused).*logs srelab-3*");
    }

    [Fact]
    public async Task One_that_never_ends_is_given_up_with_what_was_seen_last()
    {
        var taking = new BackupOrder(_client, "db", "srelab", "lab-1") { Longest = new Bound("BackupTaken", TimeSpan.FromSeconds(2)) }.TakeAsync(new SilentProgress(), Ct);
        await SendAsync("ADDED", await OrderedAsync(), """{"phase":"walArchivingFailing"}""");

        await ((Func<Task>)(() => taking)).Should().ThrowAsync<LabException>().WithMessage("timed out after 2 s (BackupTaken) waiting for backup db/srelab-*last seen*walArchivingFailing*");
    }

    [Fact]
    public async Task A_missing_right_is_told_before_anything_is_awaited()
    {
        _api.Answers[$"POST {Backups}"] = (403, """{"kind":"Status","message":"backups is forbidden","code":403}""");
        var taking = () => Order.TakeAsync(new SilentProgress(), Ct);

        await taking.Should().ThrowAsync<LabException>().WithMessage("*could not be ordered; nothing was touched: 403 backups is forbidden*ask the cluster's owner*");
    }

    private async Task<string> OrderedAsync()
    {
        while (true)
        {
            if (_api.Requests.FirstOrDefault(r => r.Method == "POST") is { Body: { Length: > 0 } body })
            {
                return System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("metadata").GetProperty("name").GetString()!;
            }

            await Task.Delay(10, Ct);
        }
    }

    private Task SendAsync(string type, string name, string status) =>
        _api.SendAsync(type, $$$"""{"kind":"Backup","metadata":{"name":"{{{name}}}","resourceVersion":"8"},"status":{{{status}}}}""");
}
