using System.Globalization;
using FluentAssertions;
using Npgsql;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Surroundings;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Local;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Fixtures.Tests.Surroundings;

/// <summary>A second server and a proxy that note who comes: both ways, with the environment and without.</summary>
public sealed class HostileSurroundingsTests : IAsyncLifetime
{
    private const string Network = "127.31.7";
    private HostileSurroundings? _surroundings;

    private HostileSurroundings Surroundings => _surroundings ?? throw new InvalidOperationException("not started");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(InstalledPrograms.Find("initdb") is null || InstalledPrograms.Find("psql") is null || RunAsUser.Resolve() is null, "needs PostgreSQL; install it with: make deps");
        _surroundings = await HostileSurroundings.StartAsync(Network, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_surroundings is { } surroundings)
        {
            await surroundings.DisposeAsync();
        }
    }

    [Fact]
    public async Task Whoever_inherits_the_environment_is_seen()
    {
        // The host is named, and another one is followed all the same: that is what this guards against.
        await RunAsync("psql", ["-X", "-c", "select 1", "host=127.0.0.1 user=nobody dbname=nothing"], Surroundings.Variables);
        await RunAsync("curl", ["-s", "-m", "2", "http://127.0.0.1:1/"], Surroundings.Variables);
        await RunAsync("bash", ["-c", "true"], Surroundings.Variables);

        var seen = await Surroundings.SeenAsync();
        seen.Should().Contain(s => s.StartsWith("the second server was reached", StringComparison.Ordinal))
            .And.Contain(s => s.StartsWith("the proxy was reached: GET http://127.0.0.1:1/", StringComparison.Ordinal))
            .And.Contain(s => s.StartsWith("a script of the environment was run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_command_line_the_scripts_and_make_follow_nothing_of_it()
    {
        await RunAsync("make", ["-s", "-C", Repository.Root, "--eval=show: ; @env", "show"], Surroundings.Variables);
        await RunAsync(Repository.PathOf("scripts/check-images"), ["--lint"], Surroundings.Variables);
        var environment = new Dictionary<string, string>(Surroundings.Variables) { [SettingNames.Network] = Network, [SettingNames.Target] = "local" };
        var asked = await RunAsync("dotnet", [Repository.PathOf("artifacts/bin/SreLab.Cli/release/srelab.dll"), "status"], environment);

        (asked.Output + asked.Error).Should().Contain("no lab");
        (await Surroundings.SeenAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_recipe_of_make_gets_neither_another_server_nor_another_language()
    {
        var told = await RunAsync("make", ["-s", "-C", Repository.Root, "--eval=show: ; @env", "show"], Surroundings.Variables);
        var names = told.Output.Split('\n').Select(l => l.Split('=')[0]).ToArray();

        told.Output.Should().Contain("LC_ALL=C.UTF-8").And.Contain("DOTNET_CLI_UI_LANGUAGE=en");
        names.Where(n => n.StartsWith("PG", StringComparison.Ordinal)).Should().BeSubsetOf(["PGPASSWORD", "PGPASSFILE"], "those are the login of TARGET=external");
        names.Should().NotContain("BASH_ENV", "CURL_HOME", "LANGUAGE");
    }

    [Fact]
    public async Task A_server_of_another_cluster_is_refused_before_the_first_statement()
    {
        var address = HostileSurroundings.AddressBeside(Network);
        var there = string.Create(CultureInfo.InvariantCulture, $"Host={address};Port=5432;Username=postgres;Password=x;Database=postgres;Pooling=false");
        ProvenConnections.Know(there, ClusterIdentity.OfNumber("1", "the test"));
        await using var connection = ProvenConnections.Create(there);

        var open = () => connection.OpenAsync(Ct);

        (await open.Should().ThrowAsync<LabException>()).Which.Message.Should().StartWith($"wrong server: {address}:5432").And.Contain("expected     1").And.Contain("seen         7");
    }

    [Fact]
    public async Task A_server_of_the_cluster_is_let_pass_and_an_address_that_nobody_named_is_refused()
    {
        var address = HostileSurroundings.AddressBeside(Network);
        var there = string.Create(CultureInfo.InvariantCulture, $"Host={address};Port=5432;Username=postgres;Password=x;Database=postgres;Pooling=false;Timeout=4");
        await using var unproven = ProvenConnections.CreateUnproven(there);
        await unproven.OpenAsync(Ct);
        await using var question = new NpgsqlCommand("select system_identifier::text from pg_control_system()", unproven);
        ProvenConnections.Know(there, ClusterIdentity.OfNumber((string)(await question.ExecuteScalarAsync(Ct))!, "the test"));

        await using var proven = ProvenConnections.Create(there);
        await proven.OpenAsync(Ct);
        var elsewhere = () => ProvenConnections.CreateSource("Host=127.31.8.1;Username=postgres;Pooling=false").OpenConnectionAsync(Ct).AsTask();

        proven.State.Should().Be(System.Data.ConnectionState.Open);
        (await elsewhere.Should().ThrowAsync<Exception>()).Which.Should().Match(e => e is LabException || e is NpgsqlException);
    }

    private static Task<ProgramResult> RunAsync(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment) =>
        ChildProcess.RunAsync(program, arguments, environment, Repository.Root, null, Ct);
}
