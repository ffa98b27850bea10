using FluentAssertions;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets.External;

namespace SreLab.Fixtures.Tests.Targets.External;

public sealed class ExternalFaultsTests : IDisposable
{
    private static readonly Member A = new("a", "h1", 5433);
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-faults-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_owners_command_is_told_which_member_and_is_not_repeated_in_the_evidence()
    {
        var file = Path.Combine(_folder, "told");
        var signalled = await Faults($"echo $MEMBER $MEMBER_HOST $MEMBER_PORT > {file}").KillMemberAsync(A, Ct);

        (await File.ReadAllTextAsync(file, Ct)).Trim().Should().Be("a h1 5433");
        signalled.Should().StartWith($"command of {SettingNames.KillPrimary}, exit code 0").And.NotContain("echo");
    }

    [Fact]
    public async Task A_command_that_fails_is_a_fault_that_did_not_land()
    {
        var kill = () => Faults("echo cannot: secret-1 >&2; exit 7").KillMemberAsync(A, Ct);

        (await kill.Should().ThrowAsync<LabException>()).Which.Message.Should().Contain("failed for a: exit code 7").And.Contain("cannot: ***").And.NotContain("secret-1");
    }

    [Fact]
    public async Task Without_a_command_nothing_is_killed_and_nothing_has_to_be_started()
    {
        var kill = () => Faults("").KillMemberAsync(A, Ct);

        (await kill.Should().ThrowAsync<LabException>()).WithMessage($"*give one in {SettingNames.KillPrimary}");
        await Faults("").StartMemberAsync(A, Ct);
    }

    [Fact]
    public async Task Single_processes_are_out_of_reach()
    {
        var kill = () => Faults("true").KillPostmasterAsync(A, Ct);

        (await kill.Should().ThrowAsync<LabException>()).WithMessage("fault refused on TARGET=external: single processes*");
    }

    private static ExternalFaults Faults(string kill) => new(new ExternalFaultCommands { KillPrimary = kill }, "secret-1");
}
