namespace SreLab.Fixtures.Lab;

/// <summary>The environment variables that override <c>srelab.json</c>; the Makefile sets them from its own variables.</summary>
public static class SettingNames
{
    /// <summary>Prefix of every setting's variable.</summary>
    public const string Prefix = "SRELAB_";

    /// <summary>Target: auto, local, k3s, existing, external.</summary>
    public const string Target = Prefix + "TARGET";

    /// <summary>Profile: full or quick.</summary>
    public const string Profile = Prefix + "PROFILE";

    /// <summary>What a missed time does: decide or report.</summary>
    public const string Times = Prefix + "TIMES";

    /// <summary>First three numbers of the lab's loopback addresses, for example 127.20.0.</summary>
    public const string Network = Prefix + "NETWORK";

    /// <summary>Folder of the lab's state; default: below the system's state folder, named after the network.</summary>
    public const string Home = Prefix + "HOME";

    /// <summary>Rows over all tables.</summary>
    public const string Rows = Prefix + "ROWS";

    /// <summary>Random seed.</summary>
    public const string Seed = Prefix + "SEED";

    /// <summary>Seconds of the closed-loop pass.</summary>
    public const string BenchSeconds = Prefix + "BENCH_SECONDS";

    /// <summary>Clients of the benchmark.</summary>
    public const string Clients = Prefix + "CLIENTS";

    /// <summary>Transactions per second of the open-loop pass; default: 50 % of the closed loop's.</summary>
    public const string Rate = Prefix + "RATE";

    /// <summary>Repeats of each kill.</summary>
    public const string Kills = Prefix + "KILLS";

    /// <summary>Repeats of every other fault of the catalogue.</summary>
    public const string Repeats = Prefix + "REPEATS";

    /// <summary>Set to 1 to let a seed throw a differently filled schema away.</summary>
    public const string Reseed = Prefix + "RESEED";

    /// <summary>Defects of the workloads to deploy, separated by commas; default: all, with the quick profile some.</summary>
    public const string Defects = Prefix + "DEFECTS";

    /// <summary>Alerts to prove, separated by commas; default: all.</summary>
    public const string Alerts = Prefix + "ALERTS";

    /// <summary>Seconds of each period in which no alert may fire.</summary>
    public const string QuietSeconds = Prefix + "QUIET_SECONDS";

    /// <summary>Invoices that are paid while everything on the way is broken.</summary>
    public const string Payments = Prefix + "PAYMENTS";

    /// <summary>Someone else's database: URL of the read-write endpoint.</summary>
    public const string DatabaseUrl = Prefix + "DATABASE_URL";

    /// <summary>Its servers as name=host:port, separated by commas; default: the hosts of the URL.</summary>
    public const string Members = Prefix + "MEMBERS";

    /// <summary>Its read-only endpoint as host:port; default: any standby.</summary>
    public const string ReadOnly = Prefix + "READ_ONLY";

    /// <summary>Base address of a Prometheus that watches it.</summary>
    public const string Prometheus = Prefix + "PROMETHEUS";

    /// <summary>Base address of its Alertmanager.</summary>
    public const string Alertmanager = Prefix + "ALERTMANAGER";

    /// <summary>The owner's command that makes it lose its primary.</summary>
    public const string KillPrimary = Prefix + "KILL_PRIMARY";

    /// <summary>The owner's command that starts a lost member again.</summary>
    public const string StartMember = Prefix + "START_MEMBER";

    /// <summary>Set to 1 to let a teardown drop the schemas that the suite made in someone else's database.</summary>
    public const string Drop = Prefix + "DROP";

    /// <summary>Further variables, by name and separated by commas, that the owner's commands and Terraform get.</summary>
    public const string Pass = Prefix + "PASS";

    /// <summary>Kubeconfig of an existing cluster.</summary>
    public const string Kubeconfig = Prefix + "KUBECONFIG";

    /// <summary>Context of that kubeconfig.</summary>
    public const string Context = Prefix + "CONTEXT";

    /// <summary>What every namespace of the lab begins with.</summary>
    public const string LabPrefix = Prefix + "PREFIX";

    /// <summary>File with further variables of the Terraform environment.</summary>
    public const string Variables = Prefix + "TFVARS";

    /// <summary>Set to 1 to let a lab use namespaces that it did not make.</summary>
    public const string Adopt = Prefix + "ADOPT";

    /// <summary>Pods in which the benchmark's clients run.</summary>
    public const string BenchPods = Prefix + "BENCH_PODS";

    /// <summary>Image of K3s; its tag is the version of Kubernetes.</summary>
    public const string K3sImage = Prefix + "CLUSTER_IMAGE";

    /// <summary>File descriptor that live progress goes to, opened by the caller.</summary>
    public const string ProgressDescriptor = Prefix + "PROGRESS_FD";

    /// <summary>A defect to plant, for <c>make self-check</c> only.</summary>
    public const string Plant = Prefix + "PLANT";

    /// <summary>Every known variable, so that a misspelt one is refused.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Target, Profile, Times, Network, Home, Rows, Seed, BenchSeconds, Clients, Rate, Kills, Repeats, Reseed, Alerts, QuietSeconds, Defects, Payments, ProgressDescriptor, Plant,
        DatabaseUrl, Members, ReadOnly, Prometheus, Alertmanager, KillPrimary, StartMember, Drop, Pass,
        Kubeconfig, Context, LabPrefix, Variables, Adopt, BenchPods, K3sImage,
    ];
}
