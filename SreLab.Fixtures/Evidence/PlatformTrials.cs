namespace SreLab.Fixtures.Evidence;

/// <summary>A call that a pod made, some times in a row.</summary>
/// <param name="From">Which pod, by what the policies see of it.</param>
/// <param name="To">Which service and port.</param>
/// <param name="MayPass">The policies let it through.</param>
/// <param name="Attempts">In order: connected, refused, timed out. A policy takes its time to reach a new pod, so the last ones count.</param>
public sealed record CallRecord(string From, string To, bool MayPass, IReadOnlyList<string> Attempts)
{
    /// <summary>An attempt that got through.</summary>
    public const string Connected = "connected";
}

/// <summary>Something that a team's account asked the API server for, with its own token.</summary>
/// <param name="Account">Whose token.</param>
/// <param name="What">What was asked, as a clause: <c>list pods in srelab-payments</c>.</param>
/// <param name="IsOwn">The team needs it for its own service; else it must be refused.</param>
/// <param name="Answer">allowed, refused, or what else came.</param>
/// <param name="IsReal">A real request; else a question whether it would be allowed.</param>
public sealed record RightRecord(string Account, string What, bool IsOwn, string Answer, bool IsReal)
{
    /// <summary>The API server did it, or would.</summary>
    public const string Allowed = "allowed";

    /// <summary>The API server refused it for want of a right.</summary>
    public const string Refused = "refused";
}

/// <summary>Pods that were offered to the admission of a namespace; none was made.</summary>
/// <param name="Space">The namespace.</param>
/// <param name="Level">The level that it enforces; empty for none.</param>
/// <param name="MustBeRestricted">The lab's data or services run there.</param>
/// <param name="Privileged">What was said to a privileged pod; <see cref="Accepted"/> when it was taken.</param>
/// <param name="Sound">What was said to a pod without any privilege.</param>
public sealed record AdmissionRecord(string Space, string Level, bool MustBeRestricted, string Privileged, string Sound)
{
    /// <summary>The pod was taken.</summary>
    public const string Accepted = "accepted";

    /// <summary>The strictest level.</summary>
    public const string Restricted = "restricted";
}

/// <summary>Dashboards.</summary>
/// <param name="Ours">Titles of the files.</param>
/// <param name="Served">Titles that Grafana lists.</param>
public sealed record DashboardsRecord(IReadOnlyList<string> Ours, IReadOnlyList<string> Served);

/// <summary>A rolling update of a service while requests came through it.</summary>
public sealed record RollingUpdateRecord
{
    /// <summary>Which deployment.</summary>
    public required string Deployment { get; init; }

    /// <summary>Its pods before.</summary>
    public required int Replicas { get; init; }

    /// <summary>How many of them may be away.</summary>
    public required int MaxUnavailable { get; init; }

    /// <summary>The fewest that were ready at any moment.</summary>
    public required int LeastReady { get; init; }

    /// <summary>From the change until every pod was new and ready, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Pods before.</summary>
    public required IReadOnlyList<string> OldPods { get; init; }

    /// <summary>Pods after.</summary>
    public required IReadOnlyList<string> NewPods { get; init; }

    /// <summary>What the clients saw, from before the change until after it.</summary>
    public required RequestsRecord Requests { get; init; }
}

/// <summary>Requests of one load.</summary>
/// <param name="Sent">All of them.</param>
/// <param name="Failed">Those without a good answer.</param>
/// <param name="Failures">What the first failures were.</param>
public sealed record RequestsRecord(int Sent, int Failed, IReadOnlyList<string> Failures);

/// <summary>The autoscaler at rest, under load, and after it.</summary>
public sealed record AutoscalingRecord
{
    /// <summary>Which autoscaler.</summary>
    public required string Name { get; init; }

    /// <summary>Fewest pods.</summary>
    public required int Least { get; init; }

    /// <summary>Most pods.</summary>
    public required int Most { get; init; }

    /// <summary>Share of the request in percent at which it scales out.</summary>
    public required int CpuTarget { get; init; }

    /// <summary>What it saw and wanted, over time.</summary>
    public required IReadOnlyList<AutoscalingSample> Samples { get; init; }

    /// <summary>Ready pods at the end of the load.</summary>
    public required int ReadyUnderLoad { get; init; }

    /// <summary>Seconds from the load's begin until more pods than the fewest were ready; null when that never was.</summary>
    public required double? OutAfterSeconds { get; init; }

    /// <summary>Seconds from the load's end until the fewest were left; null when that never was.</summary>
    public required double? BackAfterSeconds { get; init; }

    /// <summary>The load.</summary>
    public required RequestsRecord Requests { get; init; }
}

/// <summary>One state of the autoscaler.</summary>
/// <param name="AtSeconds">Since the load began.</param>
/// <param name="Current">Pods that are there.</param>
/// <param name="Desired">Pods that it wants.</param>
/// <param name="CpuPercent">Of the request; null when it does not know.</param>
public sealed record AutoscalingSample(double AtSeconds, int Current, int Desired, int? CpuPercent);
