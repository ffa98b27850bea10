using System.Diagnostics;
using FluentAssertions;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Tests.Targets.Local.Machines;

public sealed class FreezerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-freezer-").FullName;
    private readonly LabNetwork _network = new("127.29.0");
    private readonly List<Process> _started = [];

    private LabHome Home => new(_folder, "127.29.0");

    [Fact]
    public void A_stopped_part_is_seen_as_stopped_and_goes_on_when_thawed()
    {
        var member = _network.Members[0];
        var patroni = Start(ProgramNames.Patroni(member));
        var freezer = Freezer();

        freezer.IsStopped(member, FrozenPart.Patroni).Should().BeFalse();
        freezer.Stop(member, FrozenPart.Patroni).Should().ContainSingle().Which.Process.Pid.Should().Be(patroni.Id);
        Await(() => freezer.IsStopped(member, FrozenPart.Patroni));

        freezer.Thaw().Should().Be(1);
        Await(() => ProcessStat.Read(patroni.Id) is { IsStopped: false });
    }

    [Fact]
    public void A_part_that_does_not_run_is_not_stopped()
    {
        Freezer().Stop(_network.Members[1], FrozenPart.Everything).Should().BeEmpty();
        Freezer().IsStopped(_network.Members[1], FrozenPart.Everything).Should().BeFalse();
    }

    [Fact]
    public void Only_what_the_lab_recorded_is_let_go_on()
    {
        Directory.CreateDirectory(Home.Pids);
        var theirs = Process.Start(ChosenEnvironment.Start("sleep", ["600"]))!;
        _started.Add(theirs);
        Posix.Kill(theirs.Id, Signal.Stop);
        Await(() => ProcessStat.Read(theirs.Id) is { IsStopped: true });

        Freezer().Thaw().Should().Be(0);
        ProcessStat.Read(theirs.Id)!.IsStopped.Should().BeTrue();
    }

    public void Dispose()
    {
        foreach (var process in _started)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private Freezer Freezer() => new(new LabProcesses(Home, _network, "lab1"));

    private Process Start(string name)
    {
        Directory.CreateDirectory(Home.Pids);
        var process = Process.Start(ChosenEnvironment.Start("sleep", ["600"]))!;
        _started.Add(process);
        File.WriteAllText(Path.Combine(Home.Pids, name), $"{ProcessStat.Read(process.Id)!.Identity}\n");
        return process;
    }

    private static void Await(Func<bool> condition) => SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(5)).Should().BeTrue();
}
