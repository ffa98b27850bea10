using System.Diagnostics;
using System.Globalization;
using FluentAssertions;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Tests.Processes;

public sealed class ProcessRecordsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-records-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_wrapper_records_the_pid_and_start_time_of_the_program_it_becomes()
    {
        using var sleeper = await StartRecordedAsync("sleeper");

        var record = new ProcessRecords(_folder).Read("sleeper")!;

        record.Process.Pid.Should().Be(sleeper.Id);
        record.Process.IsAlive.Should().BeTrue();
        ProcessStat.Read(sleeper.Id)!.Name.Should().Be("sleep");
        record.Owner.Should().BeNull();

        record.Process.Signal(Signal.Kill).Should().BeTrue();
        await sleeper.WaitForExitAsync(TestContext.Current.CancellationToken);
        record.Process.IsAlive.Should().BeFalse();
    }

    [Fact]
    public async Task A_number_that_was_given_to_another_process_is_never_signalled()
    {
        using var bystander = await StartRecordedAsync("bystander");
        var real = ProcessStat.Read(bystander.Id)!.Identity;
        var stale = real with { StartTicks = real.StartTicks - 1 };

        stale.IsAlive.Should().BeFalse();
        stale.Signal(Signal.Kill).Should().BeFalse();

        real.IsAlive.Should().BeTrue();
        real.Signal(Signal.Kill).Should().BeTrue();
        await bystander.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_program_is_an_orphan_once_its_owner_is_gone()
    {
        using var program = await StartRecordedAsync("pgbench", owner: ProcessIdentity.Current.ToString());
        new ProcessRecords(_folder).Read("pgbench")!.IsOrphan.Should().BeFalse();

        var gone = new ProcessIdentity(ProcessIdentity.Current.Pid, ProcessIdentity.Current.StartTicks - 1);
        using var orphan = await StartRecordedAsync("orphan", owner: gone.ToString());
        new ProcessRecords(_folder).Read("orphan")!.IsOrphan.Should().BeTrue();

        program.Kill();
        orphan.Kill();
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a number")]
    [InlineData("123")]
    [InlineData("1 17")]
    [InlineData("0 17")]
    [InlineData("-1 17")]
    [InlineData("123 17 5")]
    public void What_is_no_record_is_not_read_as_one(string text) =>
        ProcessRecords.Parse("x", text).Should().BeNull();

    [Fact]
    public void A_signal_to_a_group_or_to_everybody_is_refused()
    {
        foreach (var pid in (int[])[-1, 0, 1])
        {
            FluentActions.Invoking(() => Posix.Kill(pid, Signal.None)).Should().Throw<ArgumentOutOfRangeException>();
        }
    }

    [Fact]
    public void A_name_with_spaces_and_parentheses_does_not_shift_the_fields()
    {
        var stat = ProcessStat.Parse("42 (odd) name) S 7 40 40 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 1 2");

        stat.Should().Be(new ProcessStat(42, "odd) name", 'S', 7, 40, 987654) { OwnTicks = 5 + 6, EndedChildrenTicks = 7 + 8 });
    }

    private async Task<Process> StartRecordedAsync(string name, string owner = "")
    {
        var wrapper = Path.Combine(_folder, "..", Path.GetFileName(_folder) + ".record");
        await File.WriteAllTextAsync(wrapper, ProcessRecords.Wrapper, TestContext.Current.CancellationToken);
        var given = new Dictionary<string, string> { [ProcessRecords.OwnerVariable] = owner };
        var process = Process.Start(ChosenEnvironment.Start("/bin/sh", [wrapper, Path.Combine(_folder, name), "sleep", "60"], RunsFor.Lab, given))!;
        var clock = Stopwatch.StartNew();
        while (new ProcessRecords(_folder).Read(name) is null || ProcessStat.Read(process.Id)?.Name != "sleep")
        {
            clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10), string.Create(CultureInfo.InvariantCulture, $"pid {process.Id} should be recorded"));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        File.Delete(wrapper);
        return process;
    }
}
