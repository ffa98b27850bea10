using System.Diagnostics;
using FluentAssertions;
using SreLab.Fixtures.Backups;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios.Disturbances;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Telemetry;

namespace SreLab.Fixtures.Tests.Scenarios.Disturbances;

public sealed class FailedBackupTests
{
    private readonly List<BackupSet> _stored = [Set("20261121-100000F")];
    private readonly List<string> _done = [];
    private bool _isDenied;
    private bool? _hasFailed = false;

    /// <summary>What a backup does; null when it is taken as it should be.</summary>
    private Func<TakenBackup>? _take;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_that_fails_and_leaves_nothing_is_what_was_to_be_caused()
    {
        _take = () => throw new LabException("the incr backup failed with exit code 47: no place\n  look at      a log");

        (await CauseAsync()).Should().Be("a backup that could not be stored: the incr backup failed with exit code 47: no place");
        _done.Should().Equal("deny", "take Incremental");
    }

    [Fact]
    public async Task A_backup_that_succeeds_all_the_same_is_no_cause()
    {
        var cause = CauseAsync;

        await cause.Should().ThrowAsync<LabException>().WithMessage("a backup was to fail, and succeeded.");
    }

    [Fact]
    public async Task A_backup_that_says_it_failed_and_is_stored_is_no_cause()
    {
        _take = () =>
        {
            _stored.Add(Set("20261121-110000F"));
            throw new LabException("the incr backup failed with exit code 1");
        };
        var cause = CauseAsync;

        await cause.Should().ThrowAsync<LabException>().WithMessage("backup 20261121-110000F was to fail, and is in the repository.");
    }

    [Theory]
    [InlineData(true, true, "undo, take Incremental")]
    [InlineData(true, false, "undo")]
    [InlineData(true, null, "undo")]
    [InlineData(false, true, "undo")]
    public async Task What_failed_of_a_disturbance_is_made_good_and_nothing_else(bool isDenied, bool? hasFailed, string done)
    {
        (_isDenied, _hasFailed) = (isDenied, hasFailed);

        (await FailedBackup.RepairAsync(Lab, new SilentProgress(), Ct)).Should().Be(isDenied);

        string.Join(", ", _done).Should().Be(done);
    }

    [Fact]
    public async Task Where_nothing_is_stored_the_next_backup_is_a_full_one()
    {
        _stored.Clear();

        await FailedBackup.TakeNextAsync(Lab, new SilentProgress(), Ct);

        _done.Should().Equal("take Full");
    }

    private static BackupSet Set(string label) => new(label, BackupKind.Full, default, default, 1, 1, default, default, HasErrors: false);

    private Task<string> CauseAsync() => new FailedBackup().CauseAsync(
        new DisturbanceContext(Lab, Settings: null!, new SilentProgress(), new ClientCounts(), new FaultWindows(), Stopwatch.StartNew()), Ct);

    private ILab Lab => StandIn<ILab>.Of(new()
    {
        ["get_Backups"] = _ => Backups,
        ["get_Sources"] = _ => StandIn<ILabSources>.Of(new() { [nameof(ILabSources.HasLastBackupFailedAsync)] = _ => Task.FromResult(_hasFailed) }),
    });

    private ILabBackups Backups => StandIn<ILabBackups>.Of(new()
    {
        ["get_Faults"] = _ => Faults,
        [nameof(ILabBackups.ReadAsync)] = _ => Task.FromResult(new BackupCatalogue([.. _stored], [], "none")),
        [nameof(ILabBackups.TakeAsync)] = given =>
        {
            _done.Add($"take {given[0]}");
            return Task.FromResult(_take?.Invoke() ?? new TakenBackup(Set("20261121-120000F"), 1, IsFromStandby: true));
        },
    });

    private ILabBackupFaults Faults => StandIn<ILabBackupFaults>.Of(new()
    {
        [nameof(ILabBackupFaults.DenyBackupsAsync)] = _ => Do("deny", true),
        [nameof(ILabBackupFaults.UndoAsync)] = _ => Do("undo", _isDenied),
    });

    private Task<bool> Do(string what, bool answer)
    {
        _done.Add(what);
        return Task.FromResult(answer);
    }
}
