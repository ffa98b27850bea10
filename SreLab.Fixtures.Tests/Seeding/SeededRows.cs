using System.Buffers.Binary;
using System.Text;
using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Seeding.Generation;

namespace SreLab.Fixtures.Tests.Seeding;

/// <summary>Rows of a plan as a database would see them, read back from the bytes that are sent.</summary>
internal sealed class SeededRows(SeedPlan plan)
{
    public static SeededRows Small { get; } = new(SeedPlan.For(20_000, 42));

    public SeedPlan Plan { get; } = plan;

    public IReadOnlyList<Row> Of(string table)
    {
        var source = RowSource.All(Plan).Single(s => s.Table == table);
        var buffer = new RowBuffer();
        source.Write(buffer, 0, source.Units);
        var columns = source.Columns.Split(", ");
        return [.. CopyReader.Rows(buffer.Written).Select(cells => new Row(columns, cells))];
    }

    public static byte[] Bytes(SeedPlan plan, string table, long unitsAtOnce)
    {
        var source = RowSource.All(plan).Single(s => s.Table == table);
        var buffer = new RowBuffer();
        for (long from = 0; from < source.Units; from += unitsAtOnce)
        {
            source.Write(buffer, from, Math.Min(source.Units, from + unitsAtOnce));
        }

        return buffer.Written.ToArray();
    }
}

internal sealed class Row(string[] columns, ReadOnlyMemory<byte>?[] cells)
{
    public string Text(string column) => Encoding.UTF8.GetString(Cell(column).Span);

    public bool IsNull(string column) => cells[Array.IndexOf(columns, column)] is null;

    public long Number(string column)
    {
        var cell = Cell(column).Span;
        return cell.Length switch
        {
            2 => BinaryPrimitives.ReadInt16BigEndian(cell),
            4 => BinaryPrimitives.ReadInt32BigEndian(cell),
            _ => BinaryPrimitives.ReadInt64BigEndian(cell),
        };
    }

    public DateTimeOffset Time(string column) =>
        new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(Number(column) * 10);

    private ReadOnlyMemory<byte> Cell(string column) => cells[Array.IndexOf(columns, column)]!.Value;
}
