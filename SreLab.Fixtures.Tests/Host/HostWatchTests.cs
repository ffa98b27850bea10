using FluentAssertions;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Host;

namespace SreLab.Fixtures.Tests.Host;

public sealed class HostWatchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-host-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_keeps_a_line_of_the_machine_it_runs_on_which_can_be_read_back()
    {
        var file = Path.Combine(_folder, "host.jsonl");
        await using (new HostWatch(file, _ => false))
        {
            await Task.Delay(TimeSpan.FromSeconds(1.2), TestContext.Current.CancellationToken);
        }

        var history = HostHistory.Load(file);

        history.Samples.Should().NotBeEmpty();
        history.Samples.Should().OnlyContain(s => s.ToUnixMs > s.FromUnixMs && s.Ours >= 0 && s.Others >= 0 && s.Ours + s.Others + s.Steal <= 1.001);
    }

    [Fact]
    public async Task Where_nobody_can_say_whose_a_process_is_others_are_not_counted()
    {
        var file = Path.Combine(_folder, "host.jsonl");
        await using (new HostWatch(file, null))
        {
            await Task.Delay(TimeSpan.FromSeconds(1.2), TestContext.Current.CancellationToken);
        }

        HostHistory.Load(file).Samples.Should().NotBeEmpty().And.OnlyContain(s => s.Others == null && s.Ours == null);
    }

    [Fact]
    public void A_line_that_a_killed_writer_left_half_is_passed_over()
    {
        var file = Path.Combine(_folder, "host.jsonl");
        File.WriteAllText(file, """
            {"fromUnixMs":1000,"toUnixMs":2000,"steal":0,"most":"go build","mostShare":0.3,"ours":0.1,"others":0.38}
            {"fromUnixMs":2000,"toUnix
            """);

        HostHistory.Load(file).Samples.Should().ContainSingle().Which.Taken.Should().Be(0.38);
        HostHistory.Load(Path.Combine(_folder, "none")).Samples.Should().BeEmpty();
    }

    [Fact]
    public async Task A_calibration_measures_processor_disk_and_loopback_and_leaves_nothing()
    {
        var record = await HostCalibration.MeasureAsync(_folder, TestContext.Current.CancellationToken);

        record.OneProcessorMBytesPerSecond.Should().BePositive();
        record.AllProcessorsMBytesPerSecond.Should().BePositive();
        record.FlushP99Ms.Should().BeGreaterThanOrEqualTo(record.FlushMedianMs).And.BePositive();
        record.LoopbackMedianMicroseconds.Should().BePositive();
        Directory.EnumerateFileSystemEntries(_folder).Should().BeEmpty();
    }
}
