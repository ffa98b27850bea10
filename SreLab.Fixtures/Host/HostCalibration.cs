using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Host;

/// <summary>Measures how fast the machine is, in about two seconds.</summary>
internal static class HostCalibration
{
    // Longer than some periods of a quota on processors (100 ms), so that a limited machine shows as one.
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(0.5);

    /// <summary>Measures processor, disk and loopback, one after another.</summary>
    /// <param name="folder">On the disk that is measured; a file of 8 KiB is there meanwhile.</param>
    /// <param name="ct">Cancels it.</param>
    public static async Task<CalibrationRecord> MeasureAsync(string folder, CancellationToken ct)
    {
        var processors = Environment.ProcessorCount;
        var one = await HashAsync(1);
        var all = await HashAsync(processors);
        var flushes = await Task.Run(() => Flush(folder), ct);
        var trips = await Task.Run(RoundTrips, ct);
        return new CalibrationRecord(DateTimeOffset.UtcNow, processors, one, all, Percentile(flushes, 50), Percentile(flushes, 99), Percentile(trips, 50) * 1000, Percentile(trips, 99) * 1000);
    }

    private static async Task<double> HashAsync(int threads)
    {
        var clock = Stopwatch.StartNew();
        var bytes = await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => OnThread(HashForAWhile)));
        return bytes.Sum() / 1e6 / clock.Elapsed.TotalSeconds;
    }

    private static long HashForAWhile()
    {
        var block = new byte[64 * 1024];
        var digest = new byte[SHA256.HashSizeInBytes];
        var clock = Stopwatch.StartNew();
        var bytes = 0L;
        while (clock.Elapsed < Each)
        {
            SHA256.HashData(block, digest);
            bytes += block.Length;
        }

        return bytes;
    }

    private static List<double> Flush(string folder)
    {
        var path = Path.Combine(folder, $".srelab-calibration-{Environment.ProcessId}");
        var page = new byte[8192];
        var took = new List<double>();
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < Each)
            {
                var began = clock.Elapsed;
                file.Position = 0;
                file.Write(page);
                file.Flush(flushToDisk: true);
                took.Add((clock.Elapsed - began).TotalMilliseconds);
            }
        }
        finally
        {
            File.Delete(path);
        }

        return took;
    }

    private static List<double> RoundTrips()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Connect(listener.LocalEndPoint!);
        using var server = listener.Accept();
        server.NoDelay = true;
        var echo = OnThread(() => Echo(server));
        var one = new byte[1];
        var took = new List<double>();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Each)
        {
            var began = clock.Elapsed;
            client.Send(one);
            client.Receive(one);
            took.Add((clock.Elapsed - began).TotalMilliseconds);
        }

        client.Shutdown(SocketShutdown.Send);
        echo.Wait();
        return took;
    }

    private static int Echo(Socket socket)
    {
        var one = new byte[1];
        var count = 0;
        for (; socket.Receive(one) > 0; count++)
        {
            socket.Send(one);
        }

        return count;
    }

    // The thread pool gives threads too slowly on a machine that has just started.
    private static Task<T> OnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static double Percentile(List<double> values, int percent)
    {
        values.Sort();
        return values[Math.Min(values.Count - 1, (int)Math.Ceiling(values.Count * percent / 100.0) - 1)];
    }
}
