using System.Formats.Tar;
using System.IO.Compression;
using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Kubernetes.Backups;

/// <summary>What the store holds of one database, read from the store itself and not from what the operator says of it.</summary>
/// <param name="store">The bucket.</param>
/// <param name="folder">Folder of the database in it, with a slash at its end.</param>
/// <param name="living">Timeline of the primary that lives; null when nobody leads.</param>
internal sealed class StoreArchive(ObjectStore store, string folder, Func<CancellationToken, Task<uint?>> living)
{
    private const string Compressed = ".gz";

    /// <summary>What a restore needs to know of the archive: along which timelines, how far.</summary>
    public ArchiveWay Way => new(living, ReadHistoryAsync, LastCommitAsync);

    /// <summary>Backups, segments and encryption.</summary>
    public async Task<BackupCatalogue> ReadAsync(CancellationToken ct)
    {
        var objects = await store.ListAsync(folder + "base/", ct);
        var backups = new List<BackupSet>();
        foreach (var backup in objects.GroupBy(o => o.Key[(folder.Length + "base/".Length)..].Split('/')[0]))
        {
            var description = backup.FirstOrDefault(o => o.Key.EndsWith('/' + BackupText.Description, StringComparison.Ordinal));
            if (description is not null
                && await store.ReadTextAsync(description.Key, ct) is { } text
                && BackupText.Backup(backup.Key, text, backup.Sum(o => o.Bytes)) is { } set)
            {
                backups.Add(set);
            }
        }

        var newest = objects.Where(o => !o.Key.EndsWith('/' + BackupText.Description, StringComparison.Ordinal)).MaxBy(o => o.StoredUtc);
        return new BackupCatalogue(
            [.. backups.OrderBy(b => b.FinishedUtc)],
            await SegmentsAsync(ct),
            newest is null ? "none" : (await store.EncryptionAsync(newest.Key, ct))?.ToLowerInvariant() ?? "none");
    }

    /// <summary>Whether a segment is there.</summary>
    public async Task<bool> HasAsync(WalSegment segment, CancellationToken ct) =>
        (await store.ListAsync(PathOf(segment), ct)).Any(o => BackupText.Segment(o.Key) == segment);

    /// <summary>Whether anything is there.</summary>
    public async Task<bool> HasWalAsync(CancellationToken ct) => (await store.ListAsync(folder + "wals/", ct)).Count > 0;

    /// <summary>Reads every file to its end: segments by the checksums of their compression, copies of data by those of the archive's headers and by their lengths.</summary>
    /// <returns>One line for each that is damaged; empty when all is well.</returns>
    public async Task<IReadOnlyList<string>> VerifyAsync(CancellationToken ct)
    {
        var damaged = new List<string>();
        foreach (var stored in await store.ListAsync(folder, ct))
        {
            try
            {
                await store.ReadAsync(stored.Key, content => CheckAsync(stored, content, ct), ct);
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
            {
                damaged.Add($"{stored.Key} ({e.Message.Split('\n')[0]})");
            }
        }

        return damaged;
    }

    private async Task<IReadOnlyList<ArchivedSegment>> SegmentsAsync(CancellationToken ct) =>
    [
        .. (await store.ListAsync(folder + "wals/", ct))
            .Select(o => (Segment: BackupText.Segment(o.Key), o.StoredUtc))
            .Where(o => o.Segment is not null)
            .Select(o => new ArchivedSegment(o.Segment!.Value, o.StoredUtc)),
    ];

    private async Task<string?> ReadHistoryAsync(string name, CancellationToken ct)
    {
        if (await store.ListAsync($"{folder}wals/{name}", ct) is not [var stored, ..])
        {
            return null;
        }

        return await store.ReadAsync(
            stored.Key,
            async content =>
            {
                await using var plain = Plain(stored, content);
                using var reader = new StreamReader(plain);
                return await reader.ReadToEndAsync(ct);
            },
            ct);
    }

    private async Task<DateTimeOffset?> LastCommitAsync(WalSegment segment, CancellationToken ct)
    {
        if ((await store.ListAsync(PathOf(segment), ct)).FirstOrDefault(o => BackupText.Segment(o.Key) == segment) is not { } stored)
        {
            return null;
        }

        return await store.ReadAsync(stored.Key, async content => WalCommits.Last(await WholeAsync(stored, content, ct)), ct);
    }

    private static async Task<bool> CheckAsync(StoredObject stored, Stream content, CancellationToken ct)
    {
        if (BackupText.Segment(stored.Key) is not null)
        {
            await WholeAsync(stored, content, ct);
        }
        else if (stored.Key.EndsWith(".tar", StringComparison.Ordinal))
        {
            await using var reader = new TarReader(content);
            while (await reader.GetNextEntryAsync(copyData: false, ct) is { } entry)
            {
                if (entry.DataStream is { } data)
                {
                    await data.CopyToAsync(Stream.Null, ct);
                }
            }
        }
        else
        {
            await using var plain = Plain(stored, content);
            await plain.CopyToAsync(Stream.Null, ct);
        }

        return true;
    }

    /// <summary>A segment as PostgreSQL wrote it.</summary>
    /// <exception cref="InvalidDataException">Its checksum is wrong, or it has another size.</exception>
    private static async Task<byte[]> WholeAsync(StoredObject stored, Stream content, CancellationToken ct)
    {
        await using var plain = Plain(stored, content);
        using var whole = new MemoryStream((int)WalSegment.DefaultBytes);
        await plain.CopyToAsync(whole, ct);
        return whole.Length == (long)WalSegment.DefaultBytes ? whole.ToArray() : throw new InvalidDataException(FormattableString.Invariant($"{whole.Length} bytes, not {WalSegment.DefaultBytes}"));
    }

    private static Stream Plain(StoredObject stored, Stream content) =>
        stored.Key.EndsWith(Compressed, StringComparison.Ordinal) ? new GZipStream(content, CompressionMode.Decompress) : content;

    // Barman's folders: timeline and the upper half of the number.
    private string PathOf(WalSegment segment) => $"{folder}wals/{segment.Name[..16]}/{segment.Name}";
}
