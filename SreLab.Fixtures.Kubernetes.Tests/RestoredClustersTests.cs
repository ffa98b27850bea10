using FluentAssertions;
using k8s.Models;
using SreLab.Fixtures.Kubernetes.Backups;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>Restored databases are found by their labels, followed, and removed with everything of theirs.</summary>
public sealed class RestoredClustersTests : IAsyncLifetime
{
    private const string Clusters = "/apis/postgresql.cnpg.io/v1/namespaces/db/clusters";
    private const string Restored = Clusters + "/restored-before-drop";
    private const string Pods = "/api/v1/namespaces/db/pods";
    private const string Claims = "/api/v1/namespaces/db/persistentvolumeclaims";
    private const string Volumes = "/api/v1/persistentvolumes";
    private const string Mine = """{"kind":"Cluster","metadata":{"name":"restored-before-drop","uid":"u-1","labels":{"srelab.io/lab":"lab-1","srelab.io/restored":"before-drop"}},"spec":{"instances":1}}""";
    private const string NoPods = """{"kind":"PodList","metadata":{"resourceVersion":"3"},"items":[]}""";
    private FakeApiServer _api = null!;
    private k8s.Kubernetes _client = null!;
    private RestoredClusters _clusters = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeApiServer.StartAsync();
        _client = _api.Client();
        _api.Answers["GET " + Clusters] = (200, $$"""{"kind":"ClusterList","metadata":{"resourceVersion":"7"},"items":[{{Mine}}]}""");
        _api.Answers["GET " + Restored] = (200, Mine);
        _api.Answers["DELETE " + Restored] = (200, "{}");
        _api.Answers["GET " + Pods] = (200, NoPods);
        _api.Answers["GET " + Claims] = (200, """{"kind":"PersistentVolumeClaimList","metadata":{},"items":[]}""");
        _api.Answers["GET " + Volumes] = (200, """{"kind":"PersistentVolumeList","metadata":{},"items":[]}""");
        _clusters = new RestoredClusters(_client, "db", "lab-1") { Longest = new Bound("RestoredGone", TimeSpan.FromSeconds(3)) };
        await _clusters.KnownAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _clusters.DisposeAsync();
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public void What_a_run_that_was_killed_left_is_found_by_the_labs_label()
    {
        _clusters.Names.Should().Equal("before-drop");
        _api.Requests.First(r => r.Path == Clusters).Query.Should().Contain(Uri.EscapeDataString("srelab.io/lab=lab-1,srelab.io/restored"));
    }

    [Fact]
    public async Task Removed_is_when_cluster_pods_claims_and_volumes_are_gone()
    {
        _api.Answers["GET " + Claims] = (200, """{"kind":"PersistentVolumeClaimList","metadata":{},"items":[{"metadata":{"name":"restored-before-drop-1"}}]}""");
        var removing = _clusters.RemoveAsync("before-drop", Ct);
        await Task.Delay(TimeSpan.FromMilliseconds(300), Ct);
        removing.IsCompleted.Should().BeFalse("the cluster is there");
        _api.Answers.TryRemove("GET " + Restored, out _);
        await Task.Delay(TimeSpan.FromMilliseconds(700), Ct);
        removing.IsCompleted.Should().BeFalse("a claim is there");
        _api.Answers["GET " + Claims] = (200, """{"kind":"PersistentVolumeClaimList","metadata":{},"items":[]}""");

        (await removing).Should().BeTrue();

        _api.Requests.Single(r => r.Method == "DELETE").Body.Should().Contain("\"uid\":\"u-1\"");
        _api.Requests.Where(r => r.Path is Pods or Claims).Should().OnlyContain(r => r.Query.Contains("restored-before-drop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_left_is_named()
    {
        _api.Answers.TryRemove("GET " + Restored, out _);
        _api.Answers["GET " + Restored] = (200, Mine);
        _api.Answers["GET " + Volumes] = (200, """{"kind":"PersistentVolumeList","metadata":{},"items":[{"metadata":{"name":"pv-9"},"spec":{"claimRef":{"namespace":"db","name":"restored-before-drop-1-wal"}}}]}""");
        var removing = () => _clusters.RemoveAsync("before-drop", Ct);

        await removing.Should().ThrowAsync<LabException>().WithMessage("*(RestoredGone)*cluster restored-before-drop, volume pv-9*");
    }

    [Theory]
    [InlineData("restored-a-1", true)]
    [InlineData("restored-a-12-wal", true)]
    [InlineData("restored-a-b-1", false)]
    [InlineData("restored-a-1-1", false)]
    [InlineData("restored-ab-1", false)]
    public void A_claim_is_of_the_cluster_whose_instance_it_names(string claim, bool isOf) => RestoredClusters.IsClaimOf("restored-a", claim).Should().Be(isOf);

    [Fact]
    public async Task What_does_not_carry_the_labs_label_is_left_alone()
    {
        _api.Answers["GET " + Restored] = (200, Mine.Replace("lab-1", "lab-2", StringComparison.Ordinal));
        var removing = () => _clusters.RemoveAsync("before-drop", Ct);

        await removing.Should().ThrowAsync<LabException>().WithMessage("remove refused: db/restored-before-drop was not restored by the lab lab-1; nothing was touched*");
        _api.Requests.Should().NotContain(r => r.Method == "DELETE");
    }

    [Fact]
    public async Task There_may_be_none()
    {
        _api.Answers.TryRemove("GET " + Restored, out _);

        (await _clusters.RemoveAsync("before-drop", Ct)).Should().BeFalse();
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused()
    {
        _api.Answers["POST " + Clusters] = (409, """{"kind":"Status","message":"already exists","code":409}""");
        var making = () => _clusters.CreateAsync("before-drop", new Dictionary<string, object>(), Ct);

        await making.Should().ThrowAsync<LabException>().WithMessage("restore refused: db has a cluster restored-before-drop already; nothing was touched*");
    }

    [Fact]
    public async Task It_runs_when_its_instance_does()
    {
        _api.Answers["GET " + Pods] = (200, PodList(Pod("restored-before-drop-1-full-recovery-x", "Succeeded", isJob: true), Pod("restored-before-drop-1", "Running", isJob: false)));

        (await _clusters.RunsAsync("before-drop", Ct)).Should().Be("restored-before-drop-1");
    }

    [Fact]
    public async Task A_recovery_that_failed_twice_is_told_in_PostgreSQLs_words()
    {
        _api.Answers["GET " + Pods] = (200, PodList(Pod("job-a", "Failed", isJob: true), Pod("job-b", "Failed", isJob: true)));
        _api.Answers[$"GET {Pods}/job-b/log"] = (200,
            """
            {"level":"info","msg":"record","record":{"error_severity":"FATAL","message":"recovery ended before configured recovery target was reached"}}
            {"level":"error","msg":"Error while restoring a backup","error":"exit status 1"}
            """);
        var running = () => _clusters.RunsAsync("before-drop", Ct);

        await running.Should().ThrowAsync<LabException>().WithMessage("restore failed: the recovery of db/restored-before-drop ended 2 times*said*FATAL: recovery ended before configured recovery target was reached*");
    }

    [Fact]
    public void One_attempt_may_fail() => RestoredClusters.Decisive([Pod2("job-a", "Failed", isJob: true), Pod2("job-b", "Running", isJob: true)]).Should().BeNull();

    private static V1Pod Pod2(string name, string phase, bool isJob) => k8s.KubernetesJson.Deserialize<V1Pod>(Pod(name, phase, isJob));

    private static string PodList(params string[] pods) => $$"""{"kind":"PodList","metadata":{"resourceVersion":"3"},"items":[{{string.Join(',', pods)}}]}""";

    private static string Pod(string name, string phase, bool isJob) =>
        $$$"""{"metadata":{"name":"{{{name}}}","labels":{"cnpg.io/cluster":"restored-before-drop"{{{(isJob ? ",\"cnpg.io/jobRole\":\"full-recovery\"" : "")}}}}},"spec":{"containers":[]},"status":{"phase":"{{{phase}}}"}}""";
}
