using FluentAssertions;
using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Kubernetes.Backups;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>What the store holds is read from the store.</summary>
public sealed class StoreArchiveTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private FakeStore _fake = null!;
    private ObjectStore _store = null!;
    private uint? _living = 2;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private StoreArchive Archive => new(_store, "srelab/", _ => Task.FromResult(_living));

    public async ValueTask InitializeAsync()
    {
        _fake = await FakeStore.StartAsync();
        _store = _fake.Open();
        _fake.AddBackup("20260501T115900", Noon.AddMinutes(-1), Noon, Name(1, 2), Name(1, 3));
        _fake.AddBackup("20260501T120400", Noon.AddMinutes(4), Noon.AddMinutes(5), Name(1, 4), Name(1, 4));
        _fake.AddBackup("20260501T120900", Noon.AddMinutes(9), Noon.AddMinutes(9), Name(2, 5), Name(2, 5), status: "FAILED");
        _fake.AddSegment(Name(1, 2), Noon.AddMinutes(-1));
        _fake.AddSegment(Name(1, 3), Noon);
        _fake.AddSegment(Name(1, 4), Noon.AddMinutes(5));
        _fake.AddSegment(Name(2, 5), Noon.AddMinutes(8));
        _fake.AddSegment(Name(2, 6), null);
        _fake.Objects[$"srelab/wals/{Name(1, 5)[..16]}/{Name(1, 5)}.partial.gz"] = new byte[32];
        _fake.Objects["srelab/wals/00000002.history.gz"] = FakeStore.Zip("1\t0/5000100\tno recovery target specified\n"u8.ToArray());
        _fake.Objects["other/wals/0000000100000000/000000010000000000000001.gz"] = [1];
    }

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await _fake.DisposeAsync();
    }

    [Fact]
    public async Task Backups_that_came_to_their_end_segments_and_encryption_are_told()
    {
        var catalogue = await Archive.ReadAsync(Ct);

        catalogue.Backups.Select(b => b.Label).Should().Equal("20260501T115900", "20260501T120400");
        catalogue.Backups[0].RepositoryBytes.Should().BeGreaterThan(10240);
        catalogue.Backups[0].Should().Be(new BackupSet(
            "20260501T115900", BackupKind.Full, Noon.AddMinutes(-1), Noon, 4096, catalogue.Backups[0].RepositoryBytes, WalSegment.Parse(Name(1, 2))!.Value, WalSegment.Parse(Name(1, 3))!.Value, HasErrors: false));
        catalogue.Archive.Select(a => a.Segment.Name).Should().Equal(Name(1, 2), Name(1, 3), Name(1, 4), Name(2, 5), Name(2, 6));
        catalogue.Cipher.Should().Be("aes256");
    }

    [Fact]
    public async Task What_the_store_does_not_say_is_encrypted_is_not()
    {
        _fake.Encryption = null;

        (await Archive.ReadAsync(Ct)).Cipher.Should().Be("none");
    }

    [Fact]
    public async Task The_range_ends_with_the_last_commit_on_the_way_to_the_living_primary()
    {
        var range = await Archive.Way.RangeAsync(await Archive.ReadAsync(Ct), Ct);

        range.Should().BeEquivalentTo(new { FromUtc = Noon, ToUtc = Noon.AddMinutes(8), Timeline = 2u, Missing = Array.Empty<WalSegment>() });
        range!.LastSegment.Name.Should().Be(Name(2, 6));
    }

    [Fact]
    public async Task A_gap_ends_the_range_and_is_named()
    {
        _fake.Objects.TryRemove($"srelab/wals/{Name(1, 4)[..16]}/{Name(1, 4)}.gz", out _);

        var range = await Archive.Way.RangeAsync(await Archive.ReadAsync(Ct), Ct);

        range!.Missing.Select(m => m.Name).Should().Equal(Name(1, 4));
        range.LastSegment.Name.Should().Be(Name(1, 3));
    }

    [Fact]
    public async Task With_nobody_left_the_last_stored_timeline_counts()
    {
        _living = null;

        (await Archive.Way.FindAsync(await Archive.ReadAsync(Ct), Ct))!.Timeline.Should().Be(2);
    }

    [Fact]
    public async Task A_segment_is_there_when_the_store_has_it_whole_and_by_that_name()
    {
        (await Archive.HasAsync(WalSegment.Parse(Name(1, 4))!.Value, Ct)).Should().BeTrue();
        (await Archive.HasAsync(WalSegment.Parse(Name(1, 5))!.Value, Ct)).Should().BeFalse("a part of it is there alone");
        (await new StoreArchive(_store, "restored-x/", _ => Task.FromResult<uint?>(null)).HasWalAsync(Ct)).Should().BeFalse();
    }

    [Fact]
    public async Task A_damaged_segment_is_named_and_nothing_else()
    {
        (await Archive.VerifyAsync(Ct)).Should().ContainSingle().Which.Should().Contain("partial", "what was put there is no compressed file");
        _fake.Objects.TryRemove($"srelab/wals/{Name(1, 5)[..16]}/{Name(1, 5)}.partial.gz", out _);
        (await Archive.VerifyAsync(Ct)).Should().BeEmpty();

        var key = $"srelab/wals/{Name(1, 4)[..16]}/{Name(1, 4)}.gz";
        var damaged = _fake.Objects[key];
        damaged[damaged.Length / 2] ^= 0xff;
        _fake.Objects[$"srelab/wals/{Name(2, 6)[..16]}/{Name(2, 6)}.gz"] = FakeStore.Zip(new byte[100]);

        (await Archive.VerifyAsync(Ct)).Should().HaveCount(2).And.Contain(d => d.StartsWith(key, StringComparison.Ordinal)).And.Contain(d => d.Contains("100 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_key_is_refused_in_the_stores_words_without_the_key()
    {
        using var wrong = _fake.Open(key: "another-key");
        var read = () => wrong.ListAsync("srelab/", Ct);

        (await read.Should().ThrowAsync<LabException>().WithMessage("*403 SignatureDoesNotMatch*")).Which.Message.Should().NotContain("another-key");
    }

    [Fact]
    public async Task A_store_that_is_away_is_told_as_such()
    {
        using var nowhere = new ObjectStore(new Uri("http://127.0.0.1:1"), "backups", new StoreSignature("srelab", "k"));
        var read = () => nowhere.ListAsync("srelab/", Ct);

        await read.Should().ThrowAsync<LabException>().WithMessage("the store of the backups does not answer*");
    }

    private static string Name(uint timeline, ulong number) => new WalSegment(timeline, number).Name;
}
