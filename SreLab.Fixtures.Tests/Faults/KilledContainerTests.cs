using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Faults.Kinds;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Tests.Scenarios.Disturbances;

namespace SreLab.Fixtures.Tests.Faults;

/// <summary>Whether a crash is the first or another one is made sure of: it decides who wins.</summary>
public sealed class KilledContainerTests
{
    private readonly Member[] _members = [new("pg-1", "127.0.0.11", 5432), new("pg-2", "127.0.0.12", 5432), new("pg-3", "127.0.0.13", 5432)];
    private readonly Dictionary<string, ContainerLife> _lives;
    private readonly List<string> _done = [];
    private int _primary;
    private int _containers;

    public KilledContainerTests() => _lives = _members.ToDictionary(m => m.Name, _ => Fresh());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_primary_that_never_crashed_is_killed_as_it_is()
    {
        var fault = new KilledContainer(Lab, State, isInBackOff: false);

        await fault.PrepareAsync(Ct);

        _done.Should().BeEmpty();
        fault.Victim.Should().Be("pg-1");
        (await fault.InjectAsync(Ct)).Should().Be("killed pg-1");
        (await fault.WaitUntilSeenAsync(Ct)).Should().StartWith("the container of pg-1 ended");
    }

    [Fact]
    public async Task A_primary_that_crashed_lately_hands_over_to_a_standby_that_did_not()
    {
        _lives["pg-1"] = Crashed();
        var fault = new KilledContainer(Lab, State, isInBackOff: false);

        await fault.PrepareAsync(Ct);

        _done.Should().Equal("switch to pg-2");
        fault.Victim.Should().Be("pg-2");
    }

    [Fact]
    public async Task Where_all_crashed_a_standby_is_made_anew_first()
    {
        foreach (var member in _members)
        {
            _lives[member.Name] = Crashed();
        }

        await new KilledContainer(Lab, State, isInBackOff: false).PrepareAsync(Ct);

        _done.Should().Equal("made anew pg-2", "switch to pg-2");
    }

    [Fact]
    public async Task A_crash_of_long_ago_counts_for_nothing()
    {
        _lives["pg-1"] = Crashed() with { SinceCrash = TimeSpan.FromMinutes(11) };

        await new KilledContainer(Lab, State, isInBackOff: false).PrepareAsync(Ct);

        _done.Should().BeEmpty();
    }

    [Fact]
    public async Task Back_off_is_brought_about_by_a_crash_before()
    {
        var fault = new KilledContainer(Lab, State, isInBackOff: true);

        await fault.PrepareAsync(Ct);

        _done.Should().Equal("killed pg-1");
        fault.Victim.Should().Be("pg-1");
        _lives["pg-1"].SinceCrash.Should().NotBeNull();
    }

    [Fact]
    public async Task A_container_that_lives_on_refuses_the_fault()
    {
        var fault = new KilledContainer(Lab, State, isInBackOff: false);
        await fault.PrepareAsync(Ct);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMilliseconds(100));

        var seen = () => fault.WaitUntilSeenAsync(limit.Token);

        await seen.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_postmaster_whose_container_was_started_again_before_anybody_was_refused_was_killed_too()
    {
        using var listens = new TcpListener(IPAddress.Loopback, 0);
        listens.Start();
        _members[0] = new("pg-1", "127.0.0.1", ((IPEndPoint)listens.LocalEndpoint).Port);
        var fault = new KilledPrimary(Lab, State, isWhole: false);
        await fault.PrepareAsync(Ct);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMilliseconds(200));

        var seen = () => fault.WaitUntilSeenAsync(limit.Token);

        await seen.Should().ThrowAsync<OperationCanceledException>("nothing was done yet");
        await fault.InjectAsync(Ct);
        (await fault.WaitUntilSeenAsync(Ct)).Should().Be("the container of pg-1 ended: runs");
    }

    private ClusterState State => new([.. _members.Select((m, i) => new MemberState(m, i == _primary ? Role.Primary : Role.Standby, i == _primary ? "running" : "streaming", 1, 0, true))]);

    private ILab Lab => StandIn<ILab>.Of(new()
    {
        ["get_Members"] = _ => _members,
        ["get_Faults"] = _ => Faults,
        [nameof(ILab.GetClusterStateAsync)] = _ => Task.FromResult(State),
        [nameof(ILab.GetDynamicSettingsAsync)] = _ => Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>()),
    });

    private ILabFaults Faults => StandIn<ILabFaults>.Of(new()
    {
        ["get_Platform"] = _ => Platform,
        ["get_Operations"] = _ => Operations,
        [nameof(ILabFaults.KillPostmasterAsync)] = a => Note($"killed postgres of {Name(a)}", () => _lives[Name(a)] = Crashed()),
        [nameof(ILabFaults.KillMemberAsync)] = a => Note($"made anew {Name(a)}", () => _lives[Name(a)] = Fresh()),
    });

    private ILabOperations Operations => StandIn<ILabOperations>.Of(new()
    {
        [nameof(ILabOperations.SwitchOverAsync)] = a => Note($"switch to {((Member)a[1]!).Name}", () => _primary = Array.IndexOf(_members, (Member)a[1]!)),
    });

    private ILabPlatformFaults Platform => StandIn<ILabPlatformFaults>.Of(new()
    {
        [nameof(ILabPlatformFaults.LifeAsync)] = a => Task.FromResult(_lives[Name(a)]),
        [nameof(ILabPlatformFaults.KillContainerAsync)] = a => Note($"killed {Name(a)}", () => _lives[Name(a)] = Crashed()),
    });

    private static string Name(object?[] arguments) => ((Member)arguments[0]!).Name;

    private ContainerLife Fresh() => new(FormattableString.Invariant($"c{++_containers}"), null, "runs");

    private ContainerLife Crashed() => Fresh() with { SinceCrash = TimeSpan.FromSeconds(30) };

    private Task<string> Note(string what, Action change)
    {
        change();
        _done.Add(what);
        return Task.FromResult(what);
    }
}
