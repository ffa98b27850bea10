using FluentAssertions;
using k8s.Models;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>List, watch, bookmarks, a watch that ends, and a version that is too old.</summary>
public sealed class ObjectWatchTests : IAsyncLifetime
{
    private const string Path = "GET /api/v1/namespaces/db/pods";
    private static readonly Bound Soon = new("Soon", TimeSpan.FromSeconds(20));

    private FakeApiServer _api = null!;
    private k8s.Kubernetes _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeApiServer.StartAsync();
        _client = _api.Client();
        _api.Answers[Path] = (200, List("10", Pod("a", "1")));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task What_is_listed_and_what_changes_is_there()
    {
        await using var watch = Watch();
        await watch.ListedAsync(Ct);

        await _api.SendAsync("ADDED", Pod("b", "11"));
        await UntilAsync(watch, "a,b");
        await _api.SendAsync("DELETED", Pod("a", "12"));

        await UntilAsync(watch, "b");
        _api.WatchedFrom.Should().Equal("10");
    }

    [Fact]
    public async Task A_watch_that_ends_is_taken_up_at_the_last_bookmark_without_a_list()
    {
        await using var watch = Watch();
        await _api.SendAsync("BOOKMARK", Pod("", "42"));
        await _api.SendAsync("ADDED", Pod("b", "41"));
        await _api.SendAsync("BOOKMARK", Pod("", "43"));
        await UntilAsync(watch, "a,b");

        await _api.EndWatchAsync();
        await _api.SendAsync("ADDED", Pod("c", "44"));

        await UntilAsync(watch, "a,b,c");
        _api.WatchedFrom.Should().Equal("10", "43");
        _api.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_version_that_is_too_old_begins_with_a_list_and_forgets_what_is_gone()
    {
        var changes = new List<string>();
        await using var watch = new ObjectWatch<V1Pod>(ObjectSources.Pods(_client, "db", "x=y"), (type, pod) => changes.Add($"{type} {pod.Metadata.Name}"));
        await watch.ListedAsync(Ct);
        _api.Answers[Path] = (200, List("90", Pod("z", "80")));

        await _api.SendAsync("ERROR", """{"kind":"Status","apiVersion":"v1","status":"Failure","message":"too old resource version","reason":"Expired","code":410}""");

        await UntilAsync(watch, "z");
        changes.Should().Equal("Added a", "Deleted a", "Added z");
        SpinWait.SpinUntil(() => _api.WatchedFrom.Count == 2, TimeSpan.FromSeconds(10));
        _api.WatchedFrom.Should().Equal("10", "90");
    }

    [Fact]
    public async Task A_wait_that_is_not_met_says_what_was_seen_last_and_why()
    {
        _api.Answers[Path] = (403, """{"kind":"Status","apiVersion":"v1","status":"Failure","message":"pods is forbidden","reason":"Forbidden","code":403}""");
        await using var watch = Watch();

        var wait = () => watch.WaitAsync(new Bound("PodsThere", TimeSpan.FromSeconds(1)), "two pods", items => (items.Count == 2 ? "two" : null, $"{items.Count} pods"), Ct);

        (await wait.Should().ThrowAsync<LabException>()).Which.Message.Should()
            .Be("timed out after 1 s (PodsThere) waiting for two pods.\n  last seen    nothing yet\n  watch        403 pods is forbidden");
    }

    [Fact]
    public async Task A_wait_is_told_of_a_change_without_asking_again()
    {
        await using var watch = Watch();
        await watch.ListedAsync(Ct);
        var wait = watch.WaitAsync(Soon, "b", items => (items.FirstOrDefault(i => i.Metadata.Name == "b"), ""), Ct);
        wait.IsCompleted.Should().BeFalse();

        await _api.SendAsync("ADDED", Pod("b", "11"));

        (await wait).Metadata.Name.Should().Be("b");
        _api.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_server_that_was_away_is_asked_again()
    {
        _api.Answers[Path] = (500, "not JSON");
        await using var watch = Watch();
        SpinWait.SpinUntil(() => watch.Problem.Length > 0, TimeSpan.FromSeconds(10));
        watch.Problem.Should().StartWith("500");

        _api.Answers[Path] = (200, List("10", Pod("a", "1")));

        await UntilAsync(watch, "a");
    }

    private ObjectWatch<V1Pod> Watch() => new(ObjectSources.Pods(_client, "db", "x=y"));

    private static Task<string> UntilAsync(ObjectWatch<V1Pod> watch, string names) => watch.WaitAsync(
        Soon, names, items => string.Join(',', items.Select(i => i.Metadata.Name)) is var seen && seen == names ? (names, seen) : ((string?)null, seen), Ct);

    private static string List(string version, params string[] pods) =>
        $$"""{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"{{version}}"},"items":[{{string.Join(',', pods)}}]}""";

    private static string Pod(string name, string version) =>
        $$$"""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"{{{name}}}","resourceVersion":"{{{version}}}"},"spec":{"containers":[]}}""";
}
