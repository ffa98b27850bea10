using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.External;

namespace SreLab.Fixtures.Tests.Targets.External;

public sealed class ExternalPlacesTests
{
    private static readonly ExternalSettings Two = new()
    {
        Database = "postgresql://owner:secret-1@rw/app?sslmode=require",
        Members = ["a=10.0.0.1:5433", "b=10.0.0.2"],
    };

    [Fact]
    public void Members_share_the_login_and_are_reached_directly()
    {
        var places = ExternalPlaces.Read(Two).Places!;

        places.Members.Select(m => (m.Name, m.Host, m.Port)).Should().Equal(("a", "10.0.0.1", 5433), ("b", "10.0.0.2", 5432));
        places.On(places.Members[0]).ForLibpq().Should().Contain("PGHOST", "10.0.0.1").And.Contain("PGPASSWORD", "secret-1").And.Contain("PGTARGETSESSIONATTRS", "any");
        places.Of(Place.ReadWrite).Hosts.Single().Host.Should().Be("rw");
    }

    [Fact]
    public void Reading_goes_to_any_standby_unless_an_endpoint_is_named()
    {
        ExternalPlaces.Read(Two).Places!.Of(Place.ReadOnly).ForLibpq().Should().Contain("PGHOST", "10.0.0.1,10.0.0.2").And.Contain("PGTARGETSESSIONATTRS", "standby");
        ExternalPlaces.Read(Two with { ReadOnly = "ro:6000" }).Places!.Of(Place.ReadOnly).ForLibpq()
            .Should().Contain("PGHOST", "ro").And.Contain("PGPORT", "6000").And.Contain("PGTARGETSESSIONATTRS", "any");
    }

    [Fact]
    public void Without_members_the_hosts_of_the_URL_are_those() =>
        ExternalPlaces.Read(new ExternalSettings { Database = "postgresql://o@a,b:1/app" }).Places!.Members.Select(m => m.Name).Should().Equal("a:5432", "b:1");

    [Fact]
    public void All_problems_are_told_each_with_its_setting()
    {
        var (places, problems) = ExternalPlaces.Read(new ExternalSettings
        {
            Members = ["a=h:1", "a=h:2", "b=h:1", "c=", "x/y=h:3", "d=h:no"],
            ReadOnly = "ro:99999",
            Prometheus = "ftp://p",
            Alertmanager = "http://user:secret-1@a",
        });

        places.Should().BeNull();
        problems.Select(p => $"{p.Setting} {p.Text}").Should().BeEquivalentTo(
            $"{SettingNames.DatabaseUrl} is not set; write {DatabaseUrlText.Shape}",
            $"{SettingNames.Members} names c without an address; write name=host:port",
            $"{SettingNames.Members} has a port that is no number from 1 to 65535; write host:port",
            $"{SettingNames.Members} has the name 'x/y'; use letters, digits and - . _ in name=host:port",
            $"{SettingNames.Members} names a twice",
            $"{SettingNames.Members} has one address for a and b",
            $"{SettingNames.ReadOnly} has a port that is no number from 1 to 65535; write host:port",
            $"{SettingNames.Prometheus} is no address that begins with http:// or https://, without a login",
            $"{SettingNames.Alertmanager} is no address that begins with http:// or https://, without a login");
    }

    [Fact]
    public void Evidence_holds_no_password_and_no_command()
    {
        var settings = new LabSettings { Target = "external", External = Two with { Faults = new ExternalFaultCommands { KillPrimary = "curl -H token:secret-2" } } };

        var text = string.Join('\n', settings.Describe().Select(s => $"{s.Key}={s.Value}")) + settings + settings.External.Faults;

        text.Should().Contain("external.database=postgresql://owner@rw:5432/app?sslmode=require").And.Contain("external.faults.killPrimary=set")
            .And.NotContain("secret-1").And.NotContain("secret-2");
        new LabSettings().Describe().Keys.Should().NotContain(k => k.StartsWith("external", StringComparison.Ordinal));
    }
}
