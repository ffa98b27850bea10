using FluentAssertions;
using SreLab.Workloads.ServiceDefaults.Metrics;
using SreLab.Workloads.Tests.Running;

namespace SreLab.Workloads.Tests.Metrics;

public sealed class HostResourcesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("srelab-proc");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_busy_is_measured_between_two_looks()
    {
        var time = new ManualTime();
        Write("stat", "cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 1 1 1 1\n");
        var host = new HostResources(time, _folder.FullName);

        Write("stat", "cpu  130 0 110 850 10 0 0 0 0 0\n");
        host.ProcessorRatio.Should().Be(0, "no second has passed");
        time.Advance(1);
        host.ProcessorRatio.Should().Be(0.4, "40 of 100 ticks were neither idle nor waiting for a disk");
        host.ProcessorRatio.Should().Be(0.4);
    }

    [Fact]
    public void Memory_is_told_in_bytes()
    {
        Write("meminfo", "MemTotal:  1000 kB\nMemFree: 1 kB\nMemAvailable:    600 kB\n");
        var host = new HostResources(new ManualTime(), _folder.FullName);

        (host.MemoryTotalBytes, host.MemoryAvailableBytes).Should().Be((1_024_000, 614_400));
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder.FullName, file), text);
}
