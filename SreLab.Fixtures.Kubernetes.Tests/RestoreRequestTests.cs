using System.Text.Json;
using FluentAssertions;
using k8s;
using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Backups;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>What is asked of the operator for a restore, and what is refused before it is asked.</summary>
public sealed class RestoreRequestTests
{
    private const string Lab =
        """
        {"metadata":{"name":"srelab"},"spec":{"instances":3,"imageName":"postgres:17","storage":{"size":"5Gi","storageClass":"fast"},"walStorage":{"size":"4Gi","storageClass":"fast"},
         "env":[{"name":"AWS_EC2_METADATA_DISABLED","value":"true"}],
         "backup":{"retentionPolicy":"7d","barmanObjectStore":{"destinationPath":"s3://backups/","endpointURL":"http://srelab-backups.db.svc:8333",
           "s3Credentials":{"accessKeyId":{"name":"keys","key":"id"},"secretAccessKey":{"name":"keys","key":"secret"}},"wal":{"compression":"gzip"}}}}}
        """;

    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly BackupSet Early = Backup("early", Noon);
    private static readonly BackupSet Late = Backup("late", Noon.AddMinutes(5));
    private static readonly BackupCatalogue Catalogue = new([Early, Late], [new ArchivedSegment(new WalSegment(1, 2), Noon), new ArchivedSegment(new WalSegment(1, 3), Noon)], "aes256");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static ArchiveWay Way => new(
        _ => Task.FromResult<uint?>(1), (_, _) => Task.FromResult<string?>(null), (_, _) => Task.FromResult<DateTimeOffset?>(Noon.AddMinutes(9)));

    private static DatabaseCluster Cluster => KubernetesJson.Deserialize<DatabaseCluster>(Lab);

    [Fact]
    public async Task The_last_backup_before_the_moment_is_taken()
    {
        (await KubernetesRestores.ChooseAsync(new("x", Noon.AddMinutes(4)), Catalogue, Way, Ct)).Should().Be(Early);
        (await KubernetesRestores.ChooseAsync(new("x", Noon.AddMinutes(6)), Catalogue, Way, Ct)).Should().Be(Late);
        (await KubernetesRestores.ChooseAsync(new("x", null), Catalogue, Way, Ct)).Should().Be(Late);
    }

    [Fact]
    public async Task Moments_out_of_range_are_refused_with_what_is_possible()
    {
        var early = () => KubernetesRestores.ChooseAsync(new("x", Noon.AddSeconds(-1)), Catalogue, Way, Ct);
        var late = () => KubernetesRestores.ChooseAsync(new("x", Noon.AddMinutes(9)), Catalogue, Way, Ct);
        var none = () => KubernetesRestores.ChooseAsync(new("x", null), Catalogue with { Backups = [] }, Way, Ct);

        await early.Should().ThrowAsync<LabException>().WithMessage("restore refused:*before the end of the oldest backup; nothing was touched*possible*2026-05-01 12:00:00.000Z to 2026-05-01 12:09:00.000Z*");
        await late.Should().ThrowAsync<LabException>().WithMessage("restore refused:*after the last transaction that was archived*");
        await none.Should().ThrowAsync<LabException>().WithMessage("restore refused: there is no backup yet; nothing was touched*");
    }

    [Fact]
    public void A_restore_to_a_moment_names_backup_timeline_and_moment_and_archives_nothing()
    {
        var made = Json(RestoredSpec.Of(Cluster, "lab-1", new("before-drop", Noon.AddMilliseconds(1.5)), Early, 2));

        made.GetProperty("metadata").GetProperty("name").GetString().Should().Be("restored-before-drop");
        made.GetProperty("metadata").GetProperty("labels").GetProperty("srelab.io/lab").GetString().Should().Be("lab-1");
        made.GetProperty("metadata").GetProperty("labels").GetProperty("srelab.io/restored").GetString().Should().Be("before-drop");
        var spec = made.GetProperty("spec");
        spec.GetProperty("instances").GetInt32().Should().Be(1);
        spec.TryGetProperty("backup", out _).Should().BeFalse("its WAL would end up between the lab's");
        var recovery = spec.GetProperty("bootstrap").GetProperty("recovery");
        recovery.GetProperty("recoveryTarget").GetRawText().Should().Be("""{"backupID":"early","targetTLI":"2","targetTime":"2026-05-01T12:00:00.001500Z"}""");
        var origin = spec.GetProperty("externalClusters")[0];
        origin.GetProperty("name").GetString().Should().Be(recovery.GetProperty("source").GetString());
        origin.GetProperty("barmanObjectStore").GetRawText().Should()
            .Be("""{"destinationPath":"s3://backups/","endpointURL":"http://srelab-backups.db.svc:8333","serverName":"srelab","s3Credentials":{"accessKeyId":{"name":"keys","key":"id"},"secretAccessKey":{"name":"keys","key":"secret"}}}""");
        spec.GetProperty("imageName").GetString().Should().Be("postgres:17");
        spec.GetProperty("walStorage").GetProperty("size").GetString().Should().Be("4Gi");
        spec.GetProperty("env")[0].GetProperty("name").GetString().Should().Be("AWS_EC2_METADATA_DISABLED");
    }

    [Fact]
    public void A_restore_of_everything_names_no_moment() =>
        Json(RestoredSpec.Of(Cluster, "lab-1", new("latest", null), Late, 2)).GetProperty("spec").GetProperty("bootstrap").GetProperty("recovery")
            .GetProperty("recoveryTarget").GetRawText().Should().Be("""{"backupID":"late","targetTLI":"2"}""");

    [Fact]
    public void The_store_is_found_where_the_cluster_says()
    {
        StoreAddress.Of(Cluster, "db").Store.Should().BeEquivalentTo(new { Bucket = "backups", Folder = "srelab/", Service = "srelab-backups", Port = 8333 });
        var deep = KubernetesJson.Deserialize<DatabaseCluster>(Lab.Replace("s3://backups/", "s3://backups/some/where", StringComparison.Ordinal));
        StoreAddress.Of(deep, "db").Store!.Folder.Should().Be("some/where/srelab/");
    }

    [Theory]
    [InlineData("\"barmanObjectStore\":{", "\"other\":{", "archives nothing")]
    [InlineData("srelab-backups.db.svc", "s3.example.com", "no service of db")]
    [InlineData("\"secretAccessKey\"", "\"inherit\"", "without keys")]
    public void A_store_that_cannot_be_read_is_told_and_why(string old, string now, string why) =>
        StoreAddress.Of(KubernetesJson.Deserialize<DatabaseCluster>(Lab.Replace(old, now, StringComparison.Ordinal)), "db").Problem.Should().Contain(why);

    private static JsonElement Json(object made) => JsonDocument.Parse(KubernetesJson.Serialize(made)).RootElement;

    private static BackupSet Backup(string label, DateTimeOffset finished) => new(label, BackupKind.Full, finished, finished, 1, 1, new WalSegment(1, 2), new WalSegment(1, 2), false);
}
