using FluentAssertions;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Tests.Processes;

/// <summary>What a program gets of our environment, and what it never gets.</summary>
public sealed class ChosenEnvironmentTests
{
    private static readonly Dictionary<string, string> Hostile = new(StringComparer.Ordinal)
    {
        ["PATH"] = "/usr/bin",
        ["HOME"] = "/home/somebody",
        ["TZ"] = "Europe/Berlin",
        ["LANG"] = "de_DE.UTF-8",
        ["LC_ALL"] = "de_DE.UTF-8",
        ["LANGUAGE"] = "de",
        ["PGSERVICE"] = "prod",
        ["PGHOSTADDR"] = "10.0.0.9",
        ["PGPASSWORD"] = "secret",
        ["PGOPTIONS"] = "-c search_path=elsewhere",
        ["BASH_ENV"] = "/tmp/script",
        ["ENV"] = "/tmp/script",
        ["CURL_HOME"] = "/tmp",
        ["LD_PRELOAD"] = "/tmp/library.so",
        ["PYTHONPATH"] = "/tmp",
        ["DOTNET_STARTUP_HOOKS"] = "/tmp/hook.dll",
        ["DOTNET_CLI_UI_LANGUAGE"] = "de",
        ["http_proxy"] = "http://proxy:3128",
        ["HTTPS_PROXY"] = "http://proxy:3128",
        ["no_proxy"] = "example.org",
        ["AWS_PROFILE"] = "app",
        ["MY_TOKEN"] = "token",
        ["SRELAB_ROWS"] = "20000",
        ["SRELAB_PASS"] = "MY_TOKEN, PGSERVICE",
    };

    [Fact]
    public void A_program_of_the_lab_gets_places_and_one_language() =>
        ChosenEnvironment.Of(RunsFor.Lab, Hostile, null).Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["PATH"] = "/usr/bin",
            ["HOME"] = "/home/somebody",
            ["TZ"] = "Europe/Berlin",
            ["LANG"] = "C.UTF-8",
            ["LC_ALL"] = "C.UTF-8",
        });

    [Fact]
    public void The_suite_in_another_process_gets_its_settings_as_well() =>
        ChosenEnvironment.Of(RunsFor.Suite, Hostile, null).Keys.Should().BeEquivalentTo("PATH", "HOME", "TZ", "LANG", "LC_ALL", "SRELAB_ROWS", "SRELAB_PASS");

    [Fact]
    public void A_command_of_the_owner_gets_credentials_the_proxy_and_what_he_names_but_nothing_of_libpq()
    {
        var given = ChosenEnvironment.Of(RunsFor.Owner, Hostile, new Dictionary<string, string> { ["MEMBER"] = "db-1" });

        given.Keys.Should().BeEquivalentTo("PATH", "HOME", "TZ", "LANG", "LC_ALL", "AWS_PROFILE", "MY_TOKEN", "http_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "MEMBER");
        given["no_proxy"].Should().Be("example.org,127.0.0.0/8,::1,localhost");
    }

    [Fact]
    public void What_the_suite_says_itself_counts_more() =>
        ChosenEnvironment.Of(RunsFor.Lab, Hostile, new Dictionary<string, string> { ["PGHOST"] = "127.20.0.10", ["TZ"] = "UTC" })
            .Should().Contain(new Dictionary<string, string> { ["PGHOST"] = "127.20.0.10", ["TZ"] = "UTC" });

    [Fact]
    public async Task A_child_has_nothing_but_what_was_chosen()
    {
        var seen = await ChildProcess.RunAsync("env", [], new Dictionary<string, string> { ["MARK"] = "1" }, null, null, TestContext.Current.CancellationToken);

        seen.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')[0])
            .Should().BeEquivalentTo(ChosenEnvironment.Of(RunsFor.Lab, new Dictionary<string, string> { ["MARK"] = "1" }).Keys);
    }
}
