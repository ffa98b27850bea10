using SreLab.Fixtures.Targets.External;
using SreLab.Fixtures.Targets.Kubernetes;

namespace SreLab.Fixtures.Lab;

/// <summary>The effective settings of a run: <c>srelab.json</c>, the profile, then the environment.</summary>
public sealed record LabSettings
{
    /// <summary>The times of a run decide.</summary>
    public const string TimesDecide = "decide";

    /// <summary>They are reported: the suite tests itself, on whatever machine.</summary>
    public const string TimesReport = "report";

    /// <summary>auto, local, k3s, existing or external; resolved before a lab is made.</summary>
    public string Target { get; init; } = "auto";

    /// <summary>full or quick.</summary>
    public string Profile { get; init; } = "full";

    /// <summary>decide: a missed time breaks its promise. report: it is reported as slow, and what decides is safety and function.</summary>
    public string Times { get; init; } = TimesDecide;

    /// <summary>First three numbers of the lab's addresses; must be loopback (127.x.y).</summary>
    public string Network { get; init; } = "127.20.0";

    /// <summary>Folder of the lab's state; empty means the default place for the user and network.</summary>
    public string Home { get; init; } = "";

    /// <summary>Rows over all tables, 10,000 to 100,000,000.</summary>
    public long Rows { get; init; } = 1_000_000;

    /// <summary>Decides every generated value and every random moment; 0 to 2^31-1.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>Weights of the benchmark's scripts by name, 0 to 1000 each, at least one above 0.</summary>
    public IReadOnlyDictionary<string, int> Mix { get; init; } = new Dictionary<string, int>();

    /// <summary>Clients of the benchmark, 1 to 64 (the cluster allows 100 connections).</summary>
    public int Clients { get; init; } = 8;

    /// <summary>Seconds of the closed-loop pass, 5 to 86,400.</summary>
    public int BenchSeconds { get; init; } = 300;

    /// <summary>Seconds of the open-loop and of the read-only pass.</summary>
    public int ShortPassSeconds { get; init; } = 60;

    /// <summary>Seconds before each pass that are not counted.</summary>
    public int WarmupSeconds { get; init; } = 10;

    /// <summary>Transactions per second of the open-loop pass, 1 to 1,000,000; null: 50 % of the closed loop's.</summary>
    public int? Rate { get; init; }

    /// <summary>Scheduled ledger writes per second over all writers, 10 to 10,000.</summary>
    public int LedgerRate { get; init; } = 200;

    /// <summary>Ledger writers, 1 to 32.</summary>
    public int LedgerWriters { get; init; } = 8;

    /// <summary>Repeats of the postmaster kill, 1 to 100.</summary>
    public int PostmasterKills { get; init; } = 5;

    /// <summary>Repeats of the member kill, 1 to 100.</summary>
    public int MemberKills { get; init; } = 3;

    /// <summary>Repeats of every other fault of the catalogue, 1 to 100.</summary>
    public int FaultRepeats { get; init; } = 3;

    /// <summary>Alerts to prove, by name; empty means all.</summary>
    public IReadOnlyList<string> Alerts { get; init; } = [];

    /// <summary>Seconds of each period in which nothing may fire, 5 to 3,600.</summary>
    public int QuietSeconds { get; init; } = 60;

    /// <summary>Invoices that are paid while everything on the way is broken, 100 to 10,000: what one order to pay may name.</summary>
    public int Payments { get; init; } = 10_000;

    /// <summary>Defects of the workloads that are deployed and told apart, by name; empty means all.</summary>
    public IReadOnlyList<string> Defects { get; init; } = [];

    /// <summary>Whether a seed may throw a differently filled schema away.</summary>
    public bool Reseed { get; init; }

    /// <summary>Defect to plant; empty in every normal run.</summary>
    public string Plant { get; init; } = "";

    /// <summary>Someone else's database, for the target of that name.</summary>
    public ExternalSettings External { get; init; } = new();

    /// <summary>A Kubernetes cluster, for the targets on one.</summary>
    public KubernetesSettings Kubernetes { get; init; } = new();

    /// <summary>Root of the repository: where <c>srelab.json</c> lies.</summary>
    public string RepositoryRoot { get; init; } = "";

    /// <summary>Whether a missed time breaks its promise.</summary>
    public bool DoTimesDecide => Times == TimesDecide;

    /// <summary>The settings by name as the evidence keeps them.</summary>
    public IReadOnlyDictionary<string, string> Describe() => Target switch
    {
        ExternalTarget.TargetName => new SortedDictionary<string, string>(Common().Concat(ExternalPlaces.Describe(External)).ToDictionary(), StringComparer.Ordinal),
        KubernetesTargets.K3s or KubernetesTargets.Existing =>
            new SortedDictionary<string, string>(Common().Concat(KubernetesTargets.Describe(Target, Kubernetes)).ToDictionary(), StringComparer.Ordinal),
        _ => Common(),
    };

    private SortedDictionary<string, string> Common() => new(StringComparer.Ordinal)
    {
        ["alerts"] = Alerts.Count == 0 ? "all" : string.Join(", ", Alerts),
        ["benchSeconds"] = Text(BenchSeconds),
        ["clients"] = Text(Clients),
        ["defects"] = Defects.Count == 0 ? "all" : string.Join(", ", Defects),
        ["faultRepeats"] = Text(FaultRepeats),
        ["ledgerRate"] = Text(LedgerRate),
        ["ledgerWriters"] = Text(LedgerWriters),
        ["memberKills"] = Text(MemberKills),
        ["mix"] = string.Join(", ", Mix.Select(m => $"{m.Key} {Text(m.Value)}")),
        ["network"] = Network,
        ["payments"] = Text(Payments),
        ["plant"] = Plant,
        ["postmasterKills"] = Text(PostmasterKills),
        ["profile"] = Profile,
        ["quietSeconds"] = Text(QuietSeconds),
        ["rate"] = Rate is { } rate ? Text(rate) : "50 % of the closed loop",
        ["rows"] = Text(Rows),
        ["seed"] = Text(Seed),
        ["shortPassSeconds"] = Text(ShortPassSeconds),
        ["target"] = Target,
        ["times"] = Times,
        ["warmupSeconds"] = Text(WarmupSeconds),
    };

    private static string Text(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
