using System.Runtime.Versioning;
using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Tests.Targets.Local;

[SupportedOSPlatform("linux")]
public sealed class ConfigurationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-configuration-").FullName;
    private readonly LabNetwork _network = new("127.99.99");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(2, "master_start_timeout: 0", "use_slots: false")]
    [InlineData(3, "primary_start_timeout: 0", "use_slots: false")]
    [InlineData(4, "primary_start_timeout: 0", "use_slots: true")]
    public void Patronis_file_fits_its_version(int major, string startTimeout, string slots) =>
        Patroni(major).Should().Contain(startTimeout).And.Contain(slots).And.Contain("synchronous_mode_strict: true").And.Contain("- data-checksums");

    [Fact]
    public void Nobody_is_trusted_and_nobody_comes_in_plain_text()
    {
        var rules = Patroni(3).Split('\n').Where(l => l.Contains("scram-sha-256", StringComparison.Ordinal) || l.Contains("trust", StringComparison.Ordinal)).ToArray();

        rules.Should().NotContain(l => l.Contains("trust", StringComparison.Ordinal));
        rules.Should().NotContain(l => l.Contains("- host ", StringComparison.Ordinal) || l.Contains("hostnossl", StringComparison.Ordinal));
        rules.Should().NotContain(l => l.Contains("0.0.0.0", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_address_of_the_lab_is_loopback_and_its_own()
    {
        _network.Addresses.Should().OnlyContain(a => a.Host.StartsWith("127.99.99.", StringComparison.Ordinal));
        _network.Addresses.Select(a => a.ToString()).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Secrets_are_different_long_and_for_their_owner_alone()
    {
        var home = new LabHome(_folder, _network.Prefix);
        var secrets = LabSecrets.Create(home, Me);

        Names.WithPassword.Select(user => secrets[user]).Should().OnlyHaveUniqueItems().And.OnlyContain(p => p.Length == 32);
        LabSecrets.Read(home)[Names.App].Should().Be(secrets[Names.App]);
        File.GetUnixFileMode(home.Secret(Names.App)).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(home.Secrets).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void All_missing_requirements_are_told_at_once()
    {
        var demand = () => Requirements.Demand(
        [
            new Requirement("patroni", false, "not found (Debian package patroni)", "install with: scripts/install-deps"),
            new Requirement("memory", true, "24.0 GiB", ""),
            new Requirement("address 127.20.0.11:8008", false, "in use by pid 4121 (patroni)", "stop it, or choose another network: SRELAB_NETWORK=127.23.0"),
        ]);

        demand.Should().Throw<LabException>().WithMessage(
            "preflight failed: 2 problems; nothing was touched.\n" +
            "  patroni                      not found (Debian package patroni); install with: scripts/install-deps\n" +
            "  address 127.20.0.11:8008     in use by pid 4121 (patroni); stop it, or choose another network: SRELAB_NETWORK=127.23.0");
    }

    [Theory]
    [InlineData("2.1.7", "etcd")]
    [InlineData("3.0.2", "etcd")]
    [InlineData("3.0.3", "etcd3")]
    [InlineData("3.2.2", "etcd3")]
    [InlineData("4.0.6", "etcd3")]
    [InlineData("unknown", "etcd3")]
    public void A_Patroni_that_would_take_a_lost_lease_back_uses_the_interface_that_compares(string version, string name) =>
        StoreInterface.For(version).Should().Be(name);

    [Fact]
    public void Only_the_second_interface_has_to_be_switched_on()
    {
        StoreInterface.Options("etcd").Should().Equal("--enable-v2=true");
        StoreInterface.Options("etcd3").Should().BeEmpty();
    }

    [Fact]
    public void Members_reach_the_store_and_one_another_over_ways_of_their_own() =>
        Patroni(4).Should().Contain("127.99.99.111:2379").And.Contain("127.99.99.113:2379").And.Contain("connect_address: 127.99.99.61:5432").And.Contain("connect_address: 127.99.99.61:8008")
            .And.Contain("use_proxies: true").And.Contain("listen: 127.99.99.11:5432");

    private static RunAsUser Me => new("me", 0, 0, IsOther: false);

    private string Patroni(int major)
    {
        var home = new LabHome(_folder, _network.Prefix);
        return new PatroniConfiguration(home, _network, LabSecrets.Create(home, Me), "/usr/lib/postgresql/15/bin", FormattableString.Invariant($"{major}.0.2"), 15).For(_network.Members[0]);
    }
}
