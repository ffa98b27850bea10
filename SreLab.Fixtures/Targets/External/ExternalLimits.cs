using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.External;

/// <summary>What cannot be done to someone else's database: why, and how to get it.</summary>
internal static class ExternalLimits
{
    public const string Workloads = "the sample services need roles, supervisor and load balancer of the suite's own; run them with TARGET=local";
    public const string Monitoring = "alerts are proven on rules, exporters and routes of the suite's own, and yours are left alone; prove them with TARGET=local";
    public const string Backups = "backups of this database are its owner's; backup and restore are proven with TARGET=local";
    public const string Platform = "what this database runs on is its owner's; a platform is inspected with TARGET=existing or TARGET=k3s";
    public const string Manager = "what manages this cluster is its owner's, and is neither asked nor changed";
    public const string Logs = "logs of these servers are their owner's; what members log through a fault is judged with TARGET=local";
    public const string OneProcess = $"single processes of its members are out of reach; give a command that loses the primary whole: {SettingNames.KillPrimary}";

    /// <summary>By capability.</summary>
    public static IReadOnlyDictionary<Capability, string> Of(ExternalSettings settings, ExternalPlaces? places)
    {
        var lacks = new Dictionary<Capability, string>
        {
            [Capability.BringUp] = "the cluster was there before, and its processes are its owner's",
            [Capability.OwnListeners] = "the cluster was there before, and its processes are its owner's",
            [Capability.Monitoring] = Monitoring,
            [Capability.Workloads] = Workloads,
            [Capability.Backups] = Backups,
            [Capability.Platform] = Platform,
            [Capability.Containers] = Platform,
            [Capability.NetworkPolicies] = Platform,
            [Capability.OwnNodes] = Platform,
            [Capability.KillPostmaster] = OneProcess,
            [Capability.PostmasterFailover] = OneProcess,
            [Capability.Lease] = Manager,
            [Capability.Machines] = OneProcess,
            [Capability.PlannedWork] = Manager,
            [Capability.ServerLogs] = Logs,
            [Capability.Volumes] = OneProcess,
        };
        if (places is { Members.Count: not 3 })
        {
            lacks[Capability.ThreeMembers] = FormattableString.Invariant($"{places.Members.Count} members were named; name three in {SettingNames.Members}");
        }

        if (places is { Members.Count: 1 })
        {
            lacks[Capability.Standbys] = $"one member was named; name every server in {SettingNames.Members}";
        }

        if (places is { ReadWrite.DemandsTls: false })
        {
            lacks[Capability.Tls] = $"{SettingNames.DatabaseUrl} allows plain text (sslmode={places.ReadWrite.SslMode}); demand TLS with sslmode=require or stronger";
        }

        if (settings.Faults.KillPrimary.Length == 0)
        {
            lacks[Capability.KillMember] = $"no command of yours loses the primary; give one in {SettingNames.KillPrimary}";
        }

        if (!settings.Drop)
        {
            lacks[Capability.Removal] = "the schemas of the suite stay in your database; drop them with: make down TARGET=external DROP=1";
        }

        return lacks;
    }
}
