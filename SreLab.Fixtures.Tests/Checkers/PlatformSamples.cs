using System.Globalization;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Tests.Checkers;

/// <summary>A hand-made inspection in which every promise holds.</summary>
internal static class PlatformSamples
{
    private static readonly string[] Instances = ["srelab-1", "srelab-2", "srelab-3"];
    private static readonly string[] Through = [CallRecord.Connected, CallRecord.Connected, CallRecord.Connected];
    private static readonly string[] Stopped = [CallRecord.Connected, "timed out", "timed out", "timed out"];

    public static PlatformRecord Good() => new()
    {
        StartedUtc = DateTimeOffset.UnixEpoch,
        Placement = new PlacementRecord(3, [.. Instances.Select(i => new InstancePlace(i, $"node-{i}", true))], ["node-srelab-1", "node-srelab-2", "node-srelab-3"]),
        Volumes = new VolumesRecord("srelab", true, true, Instances, [.. Instances.SelectMany(i => new[] { Claim(i, "data"), Claim(i, "wal") })]),
        Doors =
        [
            new DoorRecord("read-write", "srelab-rw-lb", "198.18.0.200:5432", true, [new DoorAnswer("10.0.0.1", true, true, "")]),
            new DoorRecord("read-only", "srelab-ro-lb", "198.18.0.201:5432", true, [new DoorAnswer("10.0.0.2", false, true, "")]),
        ],
        Calls = [new CallRecord("a client", "srelab-rw:5432", true, Through), new CallRecord("another pod", "srelab-rw:5432", false, Stopped)],
        Rights =
        [
            new RightRecord("team-invoicing", "list pods in srelab-invoicing", true, RightRecord.Allowed, true),
            new RightRecord("team-invoicing", "list secrets in srelab-invoicing", false, RightRecord.Refused, true),
            new RightRecord("team-invoicing", "create pods/exec in srelab-invoicing", false, RightRecord.Refused, false),
        ],
        Admissions =
        [
            new AdmissionRecord("srelab-database", AdmissionRecord.Restricted, true, "403 violates PodSecurity \"restricted:latest\"", AdmissionRecord.Accepted),
            new AdmissionRecord("srelab-monitoring", "privileged", false, AdmissionRecord.Accepted, AdmissionRecord.Accepted),
        ],
        Dashboards = new DashboardsRecord(["SreLab / Overview"], ["SreLab / Overview", "somebody's own"]),
        RollingUpdate = new RollingUpdateRecord
        {
            Deployment = "invoice-app",
            Replicas = 2,
            MaxUnavailable = 1,
            LeastReady = 1,
            Seconds = 40,
            OldPods = ["invoice-app-a", "invoice-app-b"],
            NewPods = ["invoice-app-c", "invoice-app-d"],
            Requests = new RequestsRecord(1068, 0, []),
        },
        Autoscaling = new AutoscalingRecord
        {
            Name = "invoice-app",
            Least = 2,
            Most = 10,
            CpuTarget = 70,
            Samples = [new AutoscalingSample(0, 2, 2, 10), new AutoscalingSample(40, 2, 5, 180), new AutoscalingSample(60, 5, 5, 90), new AutoscalingSample(200, 2, 2, 8)],
            ReadyUnderLoad = 5,
            OutAfterSeconds = 55,
            BackAfterSeconds = 120,
            Requests = new RequestsRecord(20_000, 0, []),
        },
        Drift = [],
    };

    private static ClaimRecord Claim(string instance, string role) => new(
        string.Create(CultureInfo.InvariantCulture, $"{instance}{(role == "wal" ? "-wal" : "")}"), instance, role, "Bound", "srelab", $"pvc-{instance}-{role}", "Bound", "Delete");
}
