using FluentAssertions;
using SreLab.Fixtures.Host;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Tests.Host;

public sealed class ProcessorAccountTests
{
    private const int Self = 100;
    private const int Supervisor = 200;

    private readonly ProcessorAccount _account = new(Self, pid => pid == Supervisor);

    [Fact]
    public void The_first_look_says_nothing_and_time_that_stands_still_neither()
    {
        _account.Add(Times(0), [Suite(0)]).Should().BeNull();
        _account.Add(Times(0), [Suite(0)]).Should().BeNull();
    }

    [Fact]
    public void What_neither_suite_nor_lab_took_is_the_others_and_the_greediest_is_named()
    {
        _account.Add(Times(0), [Suite(0), Lab(0), Process(300, 1, 0), Process(400, 1, 0)]);

        var share = _account.Add(Times(busy: 150), [Suite(20), Lab(30), Process(300, 1, 90), Process(400, 1, 10)]);

        share.Should().BeEquivalentTo(new { Ours = 0.25, Others = 0.5, Steal = 0.0, MostPid = 300, Most = 0.45 });
    }

    [Fact]
    public void Children_of_the_lab_are_the_labs_and_so_is_what_they_took_before_they_ended()
    {
        _account.Add(Times(0), [Suite(0), Lab(0), Process(201, Supervisor, 40)]);

        // The child took 20 more, ended, and was waited for: its 60 are in its parent's account.
        var share = _account.Add(Times(busy: 30), [Suite(0), Lab(10, endedChildren: 60)]);

        share!.Ours.Should().Be(0.15);
        share.Others.Should().Be(0);
    }

    [Fact]
    public void A_child_that_a_stranger_waited_for_takes_nothing_back()
    {
        _account.Add(Times(0), [Suite(0), Lab(0), Process(201, Supervisor, 40)]);

        // Its parent is gone with it, so nobody's account has what it took.
        _account.Add(Times(busy: 20), [Suite(20)])!.Ours.Should().Be(0.1);
    }

    [Fact]
    public void Short_lived_programs_of_others_count_for_whoever_started_them()
    {
        _account.Add(Times(0), [Suite(0), Process(300, 1, 0)]);

        var share = _account.Add(Times(busy: 160), [Suite(0), Process(300, 1, 2, endedChildren: 150)]);

        share.Should().BeEquivalentTo(new { Others = 0.8, MostPid = 300, Most = 0.76 });
    }

    [Fact]
    public void Threads_of_the_kernel_work_for_whoever_asked()
    {
        _account.Add(Times(0), [Suite(0), Process(2, 0, 0), Process(50, 2, 0)]);

        _account.Add(Times(busy: 60), [Suite(20), Process(2, 0, 0), Process(50, 2, 40)])!.Others.Should().Be(0);
    }

    [Fact]
    public void Who_started_the_suite_is_no_stranger_but_its_other_children_are()
    {
        ProcessStat[] Look(long make, long other) => [Process(10, 1, make), Process(Self, 10, 0), Process(11, 10, other)];
        _account.Add(Times(0), Look(0, 0));

        var share = _account.Add(Times(busy: 60), Look(make: 20, other: 40));

        share.Should().BeEquivalentTo(new { Ours = 0.1, Others = 0.2, MostPid = 11 });
    }

    [Fact]
    public void A_number_that_was_given_to_another_process_is_another_process()
    {
        _account.Add(Times(0), [Suite(0), Process(300, 1, 500)]);

        var share = _account.Add(Times(busy: 30), [Suite(0), Process(300, 1, 30) with { StartTicks = 7 }]);

        share.Should().BeEquivalentTo(new { Others = 0.15, Most = 0.15 });
    }

    [Fact]
    public void What_the_host_of_a_virtual_machine_took_is_a_share_of_its_own()
    {
        _account.Add(Times(0), [Suite(0)]);

        _account.Add(new HostTimes(Busy: 0, Steal: 50, Total: 200), [Suite(0)])!.Steal.Should().Be(0.25);
    }

    [Fact]
    public void The_first_line_of_the_kernels_statistics_is_read()
    {
        HostTimes.Parse("cpu  10 20 30 40 50 60 70 80 90 100").Should().Be(new HostTimes(Busy: 60, Steal: 80, Total: 360));
        HostTimes.Parse("cpu0 1 2 3 4 5 6 7 8").Should().BeNull();
        HostTimes.Parse("intr 5").Should().BeNull();
    }

    [Fact]
    public void Pressure_is_the_share_of_time_in_which_something_waited()
    {
        HostPressure.Parse("some avg10=0.00 avg60=0.00 avg300=0.00 total=444048079\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=7\n").Should().Be(444_048_079);
        HostPressure.Parse("").Should().BeNull();
        HostPressure.Share(1_000_000, 1_250_000, 1000).Should().Be(0.25);
        HostPressure.Share(null, 5, 1000).Should().BeNull();
    }

    // Two processors for a second: 200 ticks of 10 ms.
    private static HostTimes Times(long busy) => new(busy, 0, busy == 0 ? 0 : 200);

    private static ProcessStat Suite(long ticks) => Process(Self, 1, ticks);

    private static ProcessStat Lab(long ticks, long endedChildren = 0) => Process(Supervisor, 1, ticks, endedChildren);

    private static ProcessStat Process(int pid, int parent, long ticks, long endedChildren = 0) =>
        new(pid, "program", 'S', parent, pid, StartTicks: 1) { OwnTicks = ticks, EndedChildrenTicks = endedChildren };
}
