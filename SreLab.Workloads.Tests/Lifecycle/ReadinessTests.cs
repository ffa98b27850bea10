using FluentAssertions;
using SreLab.Workloads.ServiceDefaults.Hosting;
using SreLab.Workloads.Tests.Running;

namespace SreLab.Workloads.Tests.Lifecycle;

public sealed class ReadinessTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Condition _database = new();
    private readonly ServiceLifecycle _lifecycle;
    private readonly Readiness _readiness;

    public ReadinessTests()
    {
        _lifecycle = new ServiceLifecycle(_time, TimeSpan.FromSeconds(5));
        _readiness = new Readiness(_lifecycle, [_database]);
    }

    public void Dispose() => _lifecycle.Dispose();

    [Fact]
    public void A_service_is_ready_when_it_is_old_enough_and_has_its_database()
    {
        _readiness.NotReadyBecause.Should().Be("starting");
        _database.Holds = true;
        _time.Advance(4.9);
        _readiness.NotReadyBecause.Should().Be("starting");
        _time.Advance(0.1);
        _readiness.NotReadyBecause.Should().BeNull();
    }

    [Fact]
    public void Without_its_database_it_is_not_ready_at_any_age()
    {
        _time.Advance(1000);

        _readiness.NotReadyBecause.Should().Be("database");
    }

    [Fact]
    public void Draining_wins_over_everything_and_is_never_taken_back()
    {
        _lifecycle.Drain();
        _readiness.NotReadyBecause.Should().Be("draining");
        _database.Holds = true;
        _time.Advance(10);
        _readiness.NotReadyBecause.Should().Be("draining");
        _lifecycle.Closing.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public void Closing_includes_draining()
    {
        _lifecycle.Close();

        (_lifecycle.IsDraining, _lifecycle.Closing.IsCancellationRequested).Should().Be((true, true));
    }

    private sealed class Condition : IReadinessCondition
    {
        public string Reason => "database";

        public bool Holds { get; set; }
    }
}
