using FluentAssertions;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Tests.Conventions;

/// <summary>What reaches the suite through make: a variable of make's wins, and the environment's setting stays where none is given.</summary>
public sealed class MakeVariableTests
{
    // The environment of this test may hold settings of its own: each one that is asked for is given or removed by name.
    private static async Task<string> AskAsync(string setting, string inEnvironment, params string[] given)
    {
        var result = await ChildProcess.RunAsync(
            "make",
            ["-s", "-C", Repository.Root, $"--eval=print: ; @echo \"$${{{setting}}}\"", "print", .. given],
            new Dictionary<string, string> { [setting] = inEnvironment, ["MAKEFLAGS"] = "", ["MAKELEVEL"] = "", ["TARGET"] = "", ["LAB_PREFIX"] = "" },
            Repository.Root,
            null,
            TestContext.Current.CancellationToken);
        result.ExitCode.Should().Be(0, result.Error);
        return result.Output.Trim();
    }

    [Theory]
    [InlineData("SRELAB_TARGET", "external")]
    [InlineData("SRELAB_ROWS", "20000")]
    [InlineData("SRELAB_DATABASE_URL", "postgresql://db/lab")]
    [InlineData("SRELAB_KUBECONFIG", "/etc/config")]
    public async Task A_setting_of_the_environment_reaches_the_suite(string setting, string value) =>
        (await AskAsync(setting, value)).Should().Be(value, "without it, another database than the one that was meant would be tested");

    [Theory]
    [InlineData("SRELAB_TARGET", "TARGET=local", "local")]
    [InlineData("SRELAB_PREFIX", "LAB_PREFIX=mine", "mine")]
    public async Task A_variable_of_make_wins(string setting, string given, string expected) => (await AskAsync(setting, "external", given)).Should().Be(expected);
}
