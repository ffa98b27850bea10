using System.Text;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios.Plants;

/// <summary>One member holds other content, in a way that neither replication nor checksums notice.</summary>
internal sealed class AlteredStandby : Plant
{
    public override string Id => "altered-standby";

    public override string Defect => "one letter of a table is changed in a standby's data file, with a valid checksum";

    public override PlantPoint Point => PlantPoint.AfterSeed;

    public override string SpecClass => "When_the_database_is_seeded";

    public override IReadOnlyList<string> MustBeRed => ["Every_table_has_the_same_content_on_every_member"];

    public override async Task<IAsyncDisposable> PlantAsync(ILab lab, LabSettings settings, IProgressLog progress, CancellationToken ct)
    {
        var member = await Standby.StreamingAsync(lab, ct);

        // Hint bits first, then a checkpoint on both sides: nothing that is replayed after it may bring the old page back.
        var city = (string)(await AdminSql.RunAsync(lab, Place.ReadWrite, "select city from shop.warehouses order by id limit 1", ct))!;
        await AdminSql.RunAsync(lab, Place.ReadWrite, "checkpoint", ct);
        await CaughtUpStandbys.WaitAsync(lab, ct);
        await AdminSql.RunAsync(lab, Place.On(member), "checkpoint", ct);
        var path = (string)(await AdminSql.RunAsync(
            lab, Place.On(member), "select current_setting('data_directory') || '/' || pg_relation_filepath('shop.warehouses')", ct))!;

        var altered = $"{city[..^1]}~";
        await ReplaceAsync(lab, member, path, city, altered, ct);
        return TakenBackBy(() => ReplaceAsync(lab, member, path, altered, city, CancellationToken.None), progress);
    }

    private static async Task ReplaceAsync(ILab lab, Member member, string path, string what, string with, CancellationToken ct)
    {
        await lab.Faults.KillMemberAsync(member, ct);
        try
        {
            Rewrite(path, Encoding.UTF8.GetBytes(what), Encoding.UTF8.GetBytes(with));
        }
        finally
        {
            await lab.Faults.StartMemberAsync(member, CancellationToken.None);
        }

        await Standby.StreamsAgainAsync(lab, member, ct);
    }

    private static void Rewrite(string path, byte[] what, byte[] with)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var page = new byte[PageChecksum.PageSize];
        for (uint block = 0; file.ReadAtLeast(page, page.Length, throwOnEndOfStream: false) == page.Length; block++)
        {
            var at = page.AsSpan().IndexOf(what);
            if (at < 0)
            {
                continue;
            }

            if (PageChecksum.Stored(page) != PageChecksum.Compute(page, block))
            {
                throw new LabException($"plant refused: the checksum of block {block} of {path} is not what its algorithm gives.");
            }

            with.CopyTo(page, at);
            PageChecksum.Store(page, block);
            file.Position = block * page.Length;
            file.Write(page);
            return;
        }

        throw new LabException($"plant refused: the text to change is not in {path}; the page was not on disk yet.");
    }
}
