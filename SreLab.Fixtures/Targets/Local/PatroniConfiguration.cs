using System.Globalization;
using SreLab.Fixtures.Cluster;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Patroni's file of one member: the fastest legal timings, strict synchronous replication, passwords and TLS only.</summary>
internal sealed class PatroniConfiguration(LabHome home, LabNetwork network, LabSecrets secrets, string postgresFolder, string patroniVersion, int postgresMajor)
{
    // Patroni divides it by the number of etcd members, and what one has not answered in that time it asks another, the creation of the leader key
    // too: when the first answer was only late, the second says that the key is there, and the primary stands down for a lease that is its own.
    // 9 s are 3 s for each of three, and the most that ttl allows (loop_wait + 2 x retry_timeout <= ttl): ADR 0026.
    private const int RetrySeconds = 9;

    private readonly int _patroniMajor = InstalledPrograms.MajorOf(patroniVersion);

    /// <summary>Writes a member's file.</summary>
    /// <param name="member">Whose.</param>
    /// <param name="restoreCommand">From where a member that was restored gets the WAL that it still needs; null for every other.</param>
    public void WriteFor(Member member, string? restoreCommand = null) =>
        RunAsUser.Resolve()!.WriteSecretFile(Path.Combine(home.Member(member.Name), "patroni.yml"), For(member, restoreCommand));

    /// <summary>The file's text.</summary>
    internal string For(Member member, string? restoreCommand = null) => Yaml.Write(new Dictionary<string, object?>
    {
        ["scope"] = Names.Scope,
        ["name"] = member.Name,
        ["restapi"] = new Dictionary<string, object?>
        {
            ["listen"] = Address(member, LabNetwork.Patroni),
            ["connect_address"] = Entry(member, LabNetwork.Patroni),
            ["authentication"] = Login(Names.RestApi),
        },
        [StoreInterface.For(patroniVersion)] = new Dictionary<string, object?>
        {
            ["hosts"] = network.Members.Select(m => string.Create(CultureInfo.InvariantCulture, $"{network.StoreOf(member, m)}:{LabNetwork.EtcdClient}")).ToArray(),

            // The members of the store name their own addresses; the ways that can be cut are these.
            ["use_proxies"] = true,
        },
        ["bootstrap"] = Bootstrap(),
        ["postgresql"] = Postgres(member, restoreCommand),
    });

    /// <summary>For the programs that are installed.</summary>
    public static async Task<PatroniConfiguration> ForInstalledAsync(LabHome home, LabNetwork network, LabSecrets secrets, CancellationToken ct) => new(
        home,
        network,
        secrets,
        InstalledPrograms.PostgresFolder()!,
        await InstalledPrograms.VersionAsync("patroni", ct),
        InstalledPrograms.MajorOf(await InstalledPrograms.VersionAsync("postgres", ct)));

    private Dictionary<string, object?> Bootstrap() => new()
    {
        ["dcs"] = new Dictionary<string, object?>
        {
            // Outage after a lost member = rest of the lease (ttl) + the next look (loop_wait) + election.
            ["ttl"] = 20,
            ["loop_wait"] = 1,
            ["retry_timeout"] = RetrySeconds,
            ["maximum_lag_on_failover"] = 1024 * 1024,

            // A crashed primary is not started again in place first: a standby takes over at once.
            [_patroniMajor >= 3 ? "primary_start_timeout" : "master_start_timeout"] = 0,
            ["synchronous_mode"] = true,
            ["synchronous_mode_strict"] = true,

            // Both standbys: with one, the other may have received more when the primary dies, must be rewound before it can follow
            // the one that was promoted, and until then (4 s seen) no standby confirms and no write is acknowledged.
            ["synchronous_node_count"] = 2,
            ["failsafe_mode"] = true,
            ["check_timeline"] = true,
            ["postgresql"] = new Dictionary<string, object?>
            {
                ["use_pg_rewind"] = true,

                // Before 4.0 a new primary has no slots until its next loop after the promotion, and standbys that ask for one
                // are turned away meanwhile: 2 s more without a synchronous standby, so without writes. wal_keep_size does the keeping.
                ["use_slots"] = _patroniMajor >= 4,
                ["parameters"] = PostgresParameters.Shared(home),
            },
        },
        ["initdb"] = new object[]
        {
            new Dictionary<string, object?> { ["encoding"] = "UTF8" },
            new Dictionary<string, object?> { ["locale"] = "C.UTF-8" },
            new Dictionary<string, object?> { ["auth-local"] = "scram-sha-256" },
            new Dictionary<string, object?> { ["auth-host"] = "scram-sha-256" },
            "data-checksums",
            new Dictionary<string, object?> { ["wal-segsize"] = (PostgresParameters.SegmentBytes >> 20).ToString(CultureInfo.InvariantCulture) },
        },
    };

    private Dictionary<string, object?> Postgres(Member member, string? restoreCommand) => new()
    {
        ["listen"] = Address(member, member.Port),
        ["connect_address"] = Entry(member, member.Port),
        ["bin_dir"] = postgresFolder,
        ["data_dir"] = home.MemberData(member.Name),
        ["pgpass"] = Path.Combine(home.Member(member.Name), "pgpass"),
        ["use_unix_socket"] = true,
        ["use_unix_socket_repl"] = true,
        ["remove_data_directory_on_rewind_failure"] = true,
        ["remove_data_directory_on_diverged_timelines"] = true,
        ["authentication"] = new Dictionary<string, object?>
        {
            ["superuser"] = TlsLogin(Names.Admin),
            ["replication"] = TlsLogin(Names.Replication),
            ["rewind"] = TlsLogin(Names.Rewind),
        },
        ["basebackup"] = new object[] { new Dictionary<string, object?> { ["checkpoint"] = "fast" } },
        ["pg_hba"] = AccessRules(),
        ["recovery_conf"] = restoreCommand is null ? new Dictionary<string, object?>() : new Dictionary<string, object?> { ["restore_command"] = restoreCommand },
        ["parameters"] = PostgresParameters.OfMember(home, member),
    };

    /// <summary>Who may connect: with a password over TLS or the local socket, from this machine. Everything else is refused for want of a line.</summary>
    private string[] AccessRules() =>
    [
        "local all all scram-sha-256",
        "local replication all scram-sha-256",

        // The kernel gives a connection to a loopback address the source 127.0.0.1, unless it was bound to another.
        "hostssl all all 127.0.0.1/32 scram-sha-256",
        $"hostssl all all {network.Prefix}.0/24 scram-sha-256",
        $"hostssl replication {Names.Replication} 127.0.0.1/32 scram-sha-256",
        $"hostssl replication {Names.Replication} {network.Prefix}.0/24 scram-sha-256",
    ];

    private Dictionary<string, object?> Login(string user) => new() { ["username"] = user, ["password"] = secrets[user] };

    private Dictionary<string, object?> TlsLogin(string user) => new(Login(user))
    {
        // libpq checks an address against a certificate's addresses from 15 on.
        ["sslmode"] = postgresMajor >= 15 ? "verify-full" : "verify-ca",
        ["sslrootcert"] = home.CaCertificate,
    };

    private string Entry(Member member, int port) => string.Create(CultureInfo.InvariantCulture, $"{network.EntryOf(member)}:{port}");

    private static string Address(Member member, int port) => string.Create(CultureInfo.InvariantCulture, $"{member.Host}:{port}");
}
