using FluentAssertions;
using SreLab.Fixtures.Checkers;
using SreLab.Fixtures.Evidence;
using static SreLab.Fixtures.Tests.Checkers.BatteryRecords;

namespace SreLab.Fixtures.Tests.Checkers;

public sealed class WorkloadJudgesTests
{
    public static TheoryData<string> Ids => [.. WorkloadJudges.All.Select(j => j.Id)];

    /// <summary>Each promise, the record that breaks it, and what the summary must name.</summary>
    private static IReadOnlyList<(string Id, BatteryRecord Battery, string Names)> BrokenOnes { get; } =
    [
        (WorkloadJudges.Contract, WithExchange(e => e with { Status = 500 }), "500, expected 200"),
        (WorkloadJudges.Contract, WithExchange(e => e with { Status = null, Error = "timed out" }), "timed out"),
        (WorkloadJudges.Contract, WithExchange(e => e with { Type = "text/html" }), "text/html"),
        (WorkloadJudges.Contract, WithExchange(e => e with { Missing = ["next"] }), "without next"),
        (WorkloadJudges.Contract, WithPaging(p => p with { Repeated = 1 }), "1 came twice"),
        (WorkloadJudges.Contract, WithPaging(p => p with { Missing = 2 }), "2 never"),
        (WorkloadJudges.Contract, WithPaging(p => p with { Unexpected = 3 }), "3 others"),
        (WorkloadJudges.Contract, WithPaging(p => p with { LargestPage = 501 }), "501 invoices"),
        (WorkloadJudges.Contract, WithPaging(p => p with { Error = "GET /invoices: 500" }), "broke off"),
        (WorkloadJudges.Contract, Good with { Contract = Good.Contract! with { MissingRoutes = ["invoice-app: /hello"] } }, "/hello"),
        (WorkloadJudges.Liveness, Good with { Liveness = [Alive("app-1", "sidecar") with { Alive = 19, FirstWrong = "504" }] }, "1 of 20"),
        (WorkloadJudges.Readiness, WithReady(r => r with { Healthy = "503 starting" }), "healthy, and not ready"),
        (WorkloadJudges.Readiness, WithReady(r => r with { HealthyThroughSidecar = "502" }), "502 through the sidecar"),
        (WorkloadJudges.Readiness, WithReady(r => r with { FalseAfterSeconds = null }), "ready all the time"),
        (WorkloadJudges.Readiness, WithReady(r => r with { FalseAfterSeconds = 3.1 }), "ready for 3.1 s more"),
        (WorkloadJudges.Readiness, WithReady(r => r with { FalseReason = "starting" }), "the reason was starting"),
        (WorkloadJudges.Readiness, WithReady(r => r with { Refused = "500" }), "answered with 500, not with 503"),
        (WorkloadJudges.Readiness, WithReady(r => r with { Refused = "timed out" }), "answered with timed out"),
        (WorkloadJudges.Readiness, WithReady(r => r with { TrueAfterSeconds = null }), "took it again"),
        (WorkloadJudges.Readiness, WithReady(r => r with { TrueAfterSeconds = 3.1 }), "not ready for 3.1 s more"),
        (WorkloadJudges.Readiness, WithReady(r => r with { StartedRefused = ["503 starting", "200"] }), "started while the database refused it"),
        (WorkloadJudges.Shutdown, WithSigterm("200", "ConnectionRefused"), "after SIGTERM the last answer of /readiness was 200"),
        (WorkloadJudges.Shutdown, WithSigterm("ConnectionRefused"), "was none"),
        (WorkloadJudges.Latency, Good with { Load = Load(1000, p99: 500.1) }, "p99"),
        (WorkloadJudges.Availability, Good with { Load = Load(1000, failed: 2) }, "2 status 504"),
        (WorkloadJudges.Counts, Good with { Counts = Good.Counts! with { After = 1799 } }, "counted 799 requests"),
        (WorkloadJudges.Counts, Good with { Counts = Good.Counts! with { After = 1801 } }, "counted 801 requests"),
        (WorkloadJudges.Memory, Carrying("memory-leak"), "64.0 KiB per request"),
        (WorkloadJudges.Memory, Good with { Memory = Good.Memory! with { HeapAfter = Good.Memory.HeapBefore, ResidentAfter = 90e6 + (800 * 65_536) } }, "resident"),
        (WorkloadJudges.Connections, Good with { Connections = Good.Connections! with { UsedLeft = 4 } }, "still uses 4"),
        (WorkloadJudges.Connections, Good with { Connections = Good.Connections! with { BusyInDatabase = 4 } }, "not idle"),
        (WorkloadJudges.Logs, Carrying("missing-correlation-id"), "app-1 service logged nothing"),
        (WorkloadJudges.Logs, Good with { Logs = Good.Logs! with { Places = [.. Good.Logs.Places.Select(p => p with { Complete = 0 })] } }, "without status"),
        (WorkloadJudges.Logs, Good with { Logs = Good.Logs! with { IsEchoed = false } }, "did not carry"),
        (WorkloadJudges.Logs, Good with { Logs = Good.Logs! with { IsInProblem = false } }, "an error did not carry"),
        (WorkloadJudges.Logs, Good with { Logs = Good.Logs! with { NotJson = 1, FirstNotJson = "provider service: info: started" } }, "info: started"),
        (WorkloadJudges.Restart, Good with { Restart = Good.Restart! with { Load = Load(300, failed: 1) } }, "1 of 300"),
        (WorkloadJudges.Restart, Good with { Restart = Good.Restart! with { Instances = [Good.Restart.Instances[0] with { IsBack = false }] } }, "no traffic again"),
        (WorkloadJudges.Restart, Good with { Restart = Good.Restart! with { Instances = [Good.Restart.Instances[0] with { InFlight = "ResponseEnded" }] } }, "in flight at SIGTERM: ResponseEnded"),
        (WorkloadJudges.Restart, Good with { Restart = Good.Restart! with { Instances = [Good.Restart.Instances[0] with { InFlight = "502" }] } }, "in flight at SIGTERM: 502"),
        (WorkloadJudges.Privacy, Good with { Privacy = Good.Privacy! with { ThroughPublic = new Dictionary<string, string> { ["POST /payments"] = "201" } } }, "201"),
        (WorkloadJudges.Privacy, Good with { Privacy = Good.Privacy! with { WithoutToken = new Dictionary<string, string> { ["GET /payments/1"] = "200" } } }, "expected 401"),
        (WorkloadJudges.Privacy, Good with { Privacy = Good.Privacy! with { Listeners = ["0.0.0.0:8080"] } }, "listens on 0.0.0.0:8080"),
        (WorkloadJudges.Metrics, WithMetrics(m => m with { CheckExitCode = 1, CheckOutput = "text format parsing error" }), "parsing error"),
        (WorkloadJudges.Metrics, WithMetrics(m => m with { Names = [.. m.Names.Skip(1)] }), "lacks workload_build_info"),
        (WorkloadJudges.Metrics, Good with { Cpu = Good.Cpu! with { LoadCores = 0.021 } }, "used 0.021 processors"),
        (WorkloadJudges.Metrics, Good with { Cpu = Good.Cpu! with { HostLoadRatio = 0.2 } }, "workload_host_cpu_ratio"),
    ];

    /// <summary>Each promise and a record that does not suffice.</summary>
    private static IReadOnlyList<(string Id, BatteryRecord Battery)> UnknownOnes { get; } =
    [
        (WorkloadJudges.Contract, Good with { Contract = Good.Contract! with { Exchanges = [] } }),
        (WorkloadJudges.Contract, WithPaging(p => p with { Listed = 0 })),
        (WorkloadJudges.Liveness, Good with { Liveness = [] }),
        (WorkloadJudges.Readiness, Good with { Readiness = [] }),
        (WorkloadJudges.Shutdown, Good with { Restart = null }),
        (WorkloadJudges.Shutdown, Good with { Restart = Good.Restart! with { Instances = [] } }),
        (WorkloadJudges.Readiness, WithReady(r => r with { StartedRefused = null })),
        (WorkloadJudges.Readiness, WithReady(r => r with { Refused = null })),
        (WorkloadJudges.Readiness, WithReady(r => r with { StartedRefused = ["timed out"] })),
        (WorkloadJudges.Latency, Good with { Load = Load(199) }),
        (WorkloadJudges.Availability, Good with { Load = Load(1000) with { Seconds = 100 } }),
        (WorkloadJudges.Counts, Good with { Counts = Good.Counts! with { Answered = 799, After = 1799 } }),
        (WorkloadJudges.Counts, Good with { Counts = Good.Counts! with { Concurrency = 1 } }),
        (WorkloadJudges.Memory, Good with { Memory = Good.Memory! with { Requests = 100 } }),
        (WorkloadJudges.Memory, Good with { Memory = Good.Memory! with { HeapBefore = 0, HeapAfter = 0 } }),
        (WorkloadJudges.Connections, Good with { Connections = Good.Connections! with { SessionsInDatabase = 0 } }),
        (WorkloadJudges.Logs, Good with { Logs = Good.Logs! with { Places = [Good.Logs.Places[0]] } }),
        (WorkloadJudges.Restart, Good with { Restart = Good.Restart! with { Instances = [] } }),
        (WorkloadJudges.Restart, Good with { Restart = Good.Restart! with { Load = Load(99) } }),
        (WorkloadJudges.Restart, Good with { Restart = Good.Restart! with { Instances = [Good.Restart.Instances[0] with { InFlight = null }] } }),
        (WorkloadJudges.Privacy, Good with { Privacy = Good.Privacy! with { Listeners = [] } }),
        (WorkloadJudges.Metrics, Good with { Metrics = [.. Good.Metrics!.Skip(1)] }),
        (WorkloadJudges.Metrics, Good with { Cpu = null }),
        (WorkloadJudges.Metrics, Good with { Cpu = Good.Cpu! with { HostIdleRatio = 0.95, HostLoadRatio = 0.89 } }),
        (WorkloadJudges.Metrics, Good with { Cpu = Good.Cpu! with { HostIdleRatio = 0.95, HostLoadRatio = 1, LoadCores = 0.021 } }),
    ];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_sound_battery_keeps_every_promise(string id) => WorkloadJudges.Judge(id, Good, Objectives).Kind.Should().Be(VerdictKind.Holds);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Without_a_battery_or_its_part_nothing_is_known(string id)
    {
        var empty = new BatteryRecord { Defect = "", Instance = "app-1", StartedUtc = DateTimeOffset.UnixEpoch };

        WorkloadJudges.Judge(id, null, Objectives).Kind.Should().Be(VerdictKind.Unknown);
        WorkloadJudges.Judge(id, empty, Objectives).Kind.Should().Be(VerdictKind.Unknown);
    }

    [Fact]
    public void A_probe_that_broke_off_tells_why() =>
        WorkloadJudges.Judge(WorkloadJudges.Logs, Good with { Logs = null, Problems = new Dictionary<string, string> { [WorkloadLogs.Probe] = "no answer" } }, Objectives)
            .Should().BeEquivalentTo(new { Kind = VerdictKind.Unknown, Summary = "logs could not be probed: no answer" });

    [Fact]
    public void Each_promise_is_broken_by_what_it_is_about()
    {
        foreach (var (id, battery, names) in BrokenOnes)
        {
            var verdict = WorkloadJudges.Judge(id, battery, Objectives);

            verdict.Kind.Should().Be(VerdictKind.Broken, "{0}: {1}", id, names);
            verdict.Summary.Should().Contain(names);
        }

        BrokenOnes.Select(b => b.Id).Distinct().Should().BeEquivalentTo(WorkloadJudges.All.Select(j => j.Id));
    }

    [Fact]
    public void Evidence_that_does_not_suffice_is_unknown()
    {
        foreach (var (id, battery) in UnknownOnes)
        {
            var verdict = WorkloadJudges.Judge(id, battery, Objectives);

            verdict.Kind.Should().Be(VerdictKind.Unknown, "{0}: {1}", id, verdict.Summary);
        }

        UnknownOnes.Select(b => b.Id).Distinct().Should().BeEquivalentTo(WorkloadJudges.All.Select(j => j.Id));
    }

    private static BatteryRecord WithExchange(Func<ExchangeRecord, ExchangeRecord> change) =>
        Good with { Contract = Good.Contract! with { Exchanges = [change(Good.Contract.Exchanges[0]), .. Good.Contract.Exchanges.Skip(1)] } };

    private static BatteryRecord WithPaging(Func<PagingRecord, PagingRecord> change) => Good with { Contract = Good.Contract! with { Paging = change(Good.Contract.Paging) } };

    private static BatteryRecord WithReady(Func<ReadinessRecord, ReadinessRecord> change) => Good with { Readiness = [change(Good.Readiness![0]), Good.Readiness[1]] };

    private static BatteryRecord WithMetrics(Func<ServiceMetricsRecord, ServiceMetricsRecord> change) => Good with { Metrics = [change(Good.Metrics![0]), .. Good.Metrics.Skip(1)] };

    private static BatteryRecord WithSigterm(params string[] answers) =>
        Good with { Restart = Good.Restart! with { Instances = [Good.Restart.Instances[0] with { OnSigterm = answers }] } };
}
