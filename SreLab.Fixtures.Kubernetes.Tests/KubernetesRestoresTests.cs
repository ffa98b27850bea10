using FluentAssertions;
using k8s;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Backups;
using SreLab.Fixtures.Kubernetes.Lab;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.External;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>What cannot be had is refused before anything is made; what was made in vain is removed.</summary>
public sealed class KubernetesRestoresTests : IAsyncLifetime
{
    private const string Clusters = "/apis/postgresql.cnpg.io/v1/namespaces/lab-1-database/clusters";
    private const string Restored = Clusters + "/restored-before-drop";
    private const string Pods = "/api/v1/namespaces/lab-1-database/pods";

    private const string LabCluster =
        """
        {"metadata":{"name":"srelab"},"spec":{"instances":3,"backup":{"barmanObjectStore":{"destinationPath":"s3://backups/","endpointURL":"http://srelab-backups:8333",
         "s3Credentials":{"accessKeyId":{"name":"k","key":"i"},"secretAccessKey":{"name":"k","key":"s"}}}}}}
        """;

    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-restores-").FullName;
    private FakeApiServer _api = null!;
    private FakeStore _fake = null!;
    private ObjectStore _store = null!;
    private LabParts _parts = null!;
    private KubernetesRestores _restores = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private StoreArchive Archive => new(_store, "srelab/", _ => Task.FromResult<uint?>(1));

    public async ValueTask InitializeAsync()
    {
        _api = await FakeApiServer.StartAsync();
        _fake = await FakeStore.StartAsync();
        _store = _fake.Open();
        _fake.AddBackup("20260501T115900", Noon.AddMinutes(-1), Noon, Name(2), Name(2));
        _fake.AddSegment(Name(2), Noon.AddMinutes(1));
        _api.Answers["GET " + Clusters] = (200, """{"kind":"ClusterList","metadata":{"resourceVersion":"7"},"items":[]}""");
        _api.Answers["POST " + Clusters] = (201, "{}");
        _api.Answers["DELETE " + Restored] = (200, "{}");
        _api.Answers["GET /api/v1/namespaces/lab-1-database/persistentvolumeclaims"] = (200, """{"kind":"PersistentVolumeClaimList","metadata":{},"items":[]}""");
        _api.Answers["GET /api/v1/persistentvolumes"] = (403, """{"kind":"Status","message":"forbidden","code":403}""");
        var client = _api.Client();
        var logins = new DatabaseLogins(new Dictionary<DatabaseUser, (string, string)>(), Path.Combine(_folder, "ca.crt"));
        _parts = new LabParts
        {
            Id = "x",
            Settings = null!,
            Client = client,
            Spaces = new LabSpaces("lab-1"),
            Cluster = "srelab",
            Clusters = new ObjectWatch<DatabaseCluster>(ObjectSources.Clusters(client, "lab-1-database")),
            Members = new MemberPods(client, "lab-1-database", [], "127.20.9", logins),
            Logins = logins,
            ReadWrite = new HostPort("localhost", 1),
            ReadOnly = new HostPort("localhost", 1),
            Access = new LabAccess(_ => client, _ => Task.FromResult<IReadOnlyList<string>?>(null)),
        };
        _restores = new KubernetesRestores(_parts, "127.0.0.1");
    }

    public async ValueTask DisposeAsync()
    {
        await _restores.DisposeAsync();
        await _parts.DisposeAsync();
        _store.Dispose();
        await _fake.DisposeAsync();
        await _api.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("before-drop", -1, "*before the end of the oldest backup; nothing was touched*")]
    [InlineData("before-drop", 60, "*after the last transaction that was archived; nothing was touched*")]
    [InlineData("Before_Drop", 30, "*'Before_Drop' is no name for a cluster; nothing was touched*")]
    public async Task Nothing_is_made_for_what_cannot_be_had(string name, int seconds, string said)
    {
        var restoring = () => RestoreAsync(name, Noon.AddSeconds(seconds));

        await restoring.Should().ThrowAsync<LabException>().WithMessage("restore refused:" + said);
        _api.Requests.Should().NotContain(r => r.Method != "GET");
    }

    [Fact]
    public async Task What_was_made_in_vain_is_removed_and_the_recovery_is_what_failed()
    {
        _api.Answers["GET " + Restored] = (200, """{"metadata":{"name":"restored-before-drop","uid":"u-1","labels":{"srelab.io/lab":"lab-1","srelab.io/restored":"before-drop"}}}""");
        _api.Answers["GET " + Pods] = (200, $$"""{"kind":"PodList","metadata":{"resourceVersion":"3"},"items":[{{Job("a")}},{{Job("b")}}]}""");
        _api.Answers[$"GET {Pods}/b/log"] = (200, "a line that is no JSON\n");
        var restoring = RestoreAsync("before-drop", Noon.AddSeconds(30));
        while (!_api.Requests.Any(r => r.Method == "DELETE"))
        {
            await Task.Delay(20, Ct);
        }

        _api.Answers["GET " + Pods] = (200, """{"kind":"PodList","metadata":{},"items":[]}""");
        _api.Answers.TryRemove("GET " + Restored, out _);

        await ((Func<Task>)(() => restoring)).Should().ThrowAsync<LabException>().WithMessage("restore failed:*said*a line that is no JSON*");
        _api.Requests.Single(r => r.Method == "POST").Body.Should().Contain("\"backupID\":\"20260501T115900\"").And.Contain("\"targetTLI\":\"1\"");
        _restores.All.Should().BeEmpty();
    }

    [Fact]
    public async Task One_that_is_not_there_cannot_be_removed()
    {
        var removing = () => _restores.RemoveAsync("before-drop", Ct);

        await removing.Should().ThrowAsync<LabException>().WithMessage("nothing to remove: no restored cluster before-drop of this lab*there are    none*");
    }

    private Task<RestoredCluster> RestoreAsync(string name, DateTimeOffset to) =>
        _restores.RestoreAsync(new RestoreRequest(name, to), KubernetesJson.Deserialize<DatabaseCluster>(LabCluster), Archive, new SilentProgress(), Ct);

    private static string Job(string name) =>
        $$$"""{"metadata":{"name":"{{{name}}}","labels":{"cnpg.io/jobRole":"full-recovery"}},"spec":{"containers":[]},"status":{"phase":"Failed"}}""";

    private static string Name(ulong number) => new WalSegment(1, number).Name;
}
