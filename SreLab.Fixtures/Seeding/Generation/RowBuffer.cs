using System.Buffers.Binary;

namespace SreLab.Fixtures.Seeding.Generation;

/// <summary>Rows in PostgreSQL's binary COPY format, written straight into bytes: no string, no box and no allocation per cell.</summary>
internal sealed class RowBuffer
{
    /// <summary>The longest row in bytes; the space is reserved once a row, so that cells need not ask.</summary>
    private const int LongestRow = 4096;

    private const long PostgresEpochUnixMicroseconds = 946_684_800_000_000;

    private byte[] _bytes = new byte[64 * 1024];
    private int _textStart;

    /// <summary>Bytes written since the last <see cref="Clear"/>.</summary>
    public int Length { get; private set; }

    /// <summary>Rows written since the last <see cref="Clear"/>.</summary>
    public int Rows { get; private set; }

    /// <summary>The bytes written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Forgets what was written and keeps the memory.</summary>
    public void Clear() => (Length, Rows) = (0, 0);

    /// <summary>What a stream of COPY starts with.</summary>
    public void Header() =>
        Put([(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>What a stream of COPY ends with.</summary>
    public void Trailer() => WriteInt16(-1);

    /// <summary>Starts a row.</summary>
    public void Row(short columns)
    {
        if (_bytes.Length - Length < LongestRow)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        Rows++;
        WriteInt16(columns);
    }

    /// <summary>A null.</summary>
    public void Null() => WriteInt32(-1);

    /// <summary>A boolean.</summary>
    public void Bool(bool value)
    {
        WriteInt32(1);
        _bytes[Length++] = value ? (byte)1 : (byte)0;
    }

    /// <summary>A smallint.</summary>
    public void Int16(int value)
    {
        WriteInt32(2);
        WriteInt16((short)value);
    }

    /// <summary>An integer.</summary>
    public void Int32(int value)
    {
        WriteInt32(4);
        WriteInt32(value);
    }

    /// <summary>A bigint.</summary>
    public void Int64(long value)
    {
        WriteInt32(8);
        BinaryPrimitives.WriteInt64BigEndian(_bytes.AsSpan(Length), value);
        Length += 8;
    }

    /// <summary>A timestamptz.</summary>
    /// <param name="unixMicroseconds">Microseconds since 1970, UTC.</param>
    public void Time(long unixMicroseconds) => Int64(unixMicroseconds - PostgresEpochUnixMicroseconds);

    /// <summary>A whole text.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        WriteInt32(utf8.Length);
        Put(utf8);
    }

    /// <summary>Starts a text that is put together from parts; ends with <see cref="EndText"/>.</summary>
    public void BeginText()
    {
        Length += 4;
        _textStart = Length;
    }

    /// <summary>Ends the text: writes its length.</summary>
    public void EndText() => BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(_textStart - 4), Length - _textStart);

    /// <summary>A part of a text.</summary>
    public void Put(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(_bytes.AsSpan(Length));
        Length += utf8.Length;
    }

    /// <summary>A character of a text.</summary>
    public void Put(byte character) => _bytes[Length++] = character;

    /// <summary>A number within a text.</summary>
    /// <param name="value">Zero or greater.</param>
    /// <param name="digits">Filled up with zeros to this many digits.</param>
    public void PutNumber(long value, int digits = 1)
    {
        Span<byte> reversed = stackalloc byte[20];
        var count = 0;
        do
        {
            (value, var digit) = Math.DivRem(value, 10);
            reversed[count++] = (byte)('0' + digit);
        }
        while (value > 0 || count < digits);

        while (count > 0)
        {
            Put(reversed[--count]);
        }
    }

    /// <summary>Sixteen hexadecimal digits within a text.</summary>
    public void PutHex(ulong value)
    {
        for (var shift = 60; shift >= 0; shift -= 4)
        {
            Put("0123456789abcdef"u8[(int)(value >> shift) & 15]);
        }
    }

    /// <summary>A pattern within a text: # is a digit, ! a digit from 2 on, ? a capital letter, all else stands for itself.</summary>
    public void PutPattern(ReadOnlySpan<byte> pattern, ref Draw draw)
    {
        foreach (var sign in pattern)
        {
            Put(sign switch
            {
                (byte)'#' => (byte)('0' + draw.Below(10)),
                (byte)'!' => (byte)('2' + draw.Below(8)),
                (byte)'?' => (byte)('A' + draw.Below(26)),
                _ => sign,
            });
        }
    }

    private void WriteInt16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_bytes.AsSpan(Length), value);
        Length += 2;
    }

    private void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(Length), value);
        Length += 4;
    }
}
