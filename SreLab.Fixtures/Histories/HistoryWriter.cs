using System.Text.Json;
using System.Text.Json.Serialization;

namespace SreLab.Fixtures.Histories;

/// <summary>Writes a history as JSON lines: the header, then one row a line, in the order in which outcomes became known.</summary>
/// <typeparam name="TRow"><see cref="Operation"/> or <see cref="ProbeAttempt"/>.</typeparam>
/// <remarks>
/// Append-only and safe for many writers. Rows are buffered, because a flush for each of hundreds of rows a second would disturb what is
/// measured; <see cref="FsyncAsync"/> before a fault makes what was acknowledged until then survive even the loss of this machine.
/// </remarks>
public sealed class HistoryWriter<TRow> : IAsyncDisposable
    where TRow : class
{
    private readonly FileStream _file;
    private readonly Lock _gate = new();
    private bool _closed;

    /// <summary>Creates the file and writes the header.</summary>
    /// <param name="path">The file; an older one of that name is replaced.</param>
    /// <param name="header">Clock and schedule of the history.</param>
    public HistoryWriter(string path, HistoryHeader header)
    {
        Path = path;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        WriteLine(JsonSerializer.SerializeToUtf8Bytes(header, HistoryFormat.Options));
    }

    /// <summary>Where the history is.</summary>
    public string Path { get; }

    /// <summary>Adds a row.</summary>
    /// <exception cref="ObjectDisposedException">The history was closed: the row would be lost silently.</exception>
    public void Append(TRow row) => WriteLine(JsonSerializer.SerializeToUtf8Bytes(row, HistoryFormat.Options));

    /// <summary>Puts every row appended so far on the disk itself.</summary>
    public Task FsyncAsync() => Task.Run(() =>
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _file.Flush(flushToDisk: true);
        }
    });

    /// <summary>Puts everything on the disk and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
        }

        await Task.Run(() => _file.Flush(flushToDisk: true)).ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
    }

    private void WriteLine(byte[] json)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _file.Write(json);
            _file.WriteByte((byte)'\n');
        }
    }
}

/// <summary>How a line of a history is written and read.</summary>
internal static class HistoryFormat
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
