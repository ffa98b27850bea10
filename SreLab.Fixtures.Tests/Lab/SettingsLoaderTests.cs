using FluentAssertions;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Tests.Lab;

public sealed class SettingsLoaderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("srelab-settings-").FullName;

    public SettingsLoaderTests() => File.WriteAllText(
        Path.Combine(_root, "srelab.json"),
        """{ "rows": 1000000, "mix": { "browse": 1 } }""");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_plant_that_does_not_exist_is_refused_with_the_names_of_those_that_do()
    {
        var load = () => Load((SettingNames.Plant, "weeds"));

        load.Should().Throw<LabException>().WithMessage("settings refused: 1 problem; nothing was touched.*plant*is 'weeds'; known: missing-standby, *");
        Load((SettingNames.Plant, "orphaned-row")).Plant.Should().Be("orphaned-row");
        Load((SettingNames.Plant, "none")).Plant.Should().Be("none");
    }

    [Fact]
    public void The_environment_overrides_the_profile_and_the_profile_overrides_the_file()
    {
        var settings = Load((SettingNames.Profile, "quick"), (SettingNames.Clients, "3"), (SettingNames.Kills, "2"));

        settings.BenchSeconds.Should().Be(20);
        settings.Clients.Should().Be(3);
        settings.PostmasterKills.Should().Be(2);
        settings.MemberKills.Should().Be(2);
    }

    [Fact]
    public void An_empty_variable_counts_as_absent() =>
        Load((SettingNames.Rows, " ")).Rows.Should().Be(1_000_000);

    [Fact]
    public void All_problems_are_told_at_once_and_by_name()
    {
        var load = () => Load(
            (SettingNames.Rows, "9_999"),
            (SettingNames.Clients, "many"),
            (SettingNames.Network, "10.0.0"),
            (SettingNames.Profile, "slow"),
            ("SRELAB_CLIENT", "4"));

        load.Should().Throw<LabException>().Which.Message.Should()
            .StartWith("settings refused: 5 problems; nothing was touched.")
            .And.Contain("rows                   is 9,999; allowed are 10,000 to 100,000,000")
            .And.Contain("SRELAB_CLIENTS         is 'many'; a whole number is needed")
            .And.Contain("network                is '10.0.0'")
            .And.Contain("profile                is 'slow'; use full or quick")
            .And.Contain("SRELAB_CLIENT          is not a setting");
    }

    [Fact]
    public void An_unknown_key_in_the_file_is_refused()
    {
        File.WriteAllText(Path.Combine(_root, "srelab.json"), """{ "row": 1 }""");

        var load = () => Load();

        load.Should().Throw<LabException>().WithMessage("*'row'*");
    }

    [Fact]
    public void Someone_elses_database_is_read_with_its_target_only()
    {
        var load = () => Load((SettingNames.Target, "external"), (SettingNames.DatabaseUrl, "Host=db;Password=secret-1"), (SettingNames.Plant, "orphaned-row"));
        var message = load.Should().Throw<LabException>().Which.Message;

        message.Should().StartWith("settings refused: 2 problems; nothing was touched.").And.Contain($"{SettingNames.DatabaseUrl}    is no URL of PostgreSQL")
            .And.Contain("breaks what it is planted in").And.NotContain("secret-1");
        Load((SettingNames.DatabaseUrl, "nonsense")).Target.Should().Be("auto");
    }

    [Fact]
    public void The_environment_says_where_someone_elses_database_is()
    {
        File.WriteAllText(
            Path.Combine(_root, "srelab.json"),
            """{ "mix": { "browse": 1 }, "target": "external", "external": { "database": "postgresql://o@h/d", "faults": { "killPrimary": "from-file", "startMember": "s" } } }""");

        var external = Load((SettingNames.Members, "a=h1, b=h2"), (SettingNames.KillPrimary, "k"), (SettingNames.Drop, "1")).External;

        external.Database.Should().Be("postgresql://o@h/d");
        external.Members.Should().Equal("a=h1", "b=h2");
        (external.Faults.KillPrimary, external.Faults.StartMember, external.Drop).Should().Be(("k", "s", true));
    }

    private LabSettings Load(params (string Name, string Value)[] environment) =>
        SettingsLoader.Load(_root, environment.ToDictionary(e => e.Name, e => e.Value));
}
