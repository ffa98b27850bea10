using System.Globalization;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.External;

/// <summary>Breaks someone else's cluster by its owner's commands, and in no other way.</summary>
/// <param name="commands">The commands.</param>
/// <param name="secret">A password that no message may repeat; null for none.</param>
/// <param name="login">Variables with the login that the suite was given; null for none.</param>
internal sealed class ExternalFaults(ExternalFaultCommands commands, string? secret, IReadOnlyDictionary<string, string>? login = null) : ILabFaults
{
    private const int LinesOfError = 5;

    /// <inheritdoc />
    public string? WhyNoVolume => ExternalLimits.OneProcess;

    /// <inheritdoc />
    public Task<string> KillMemberAsync(Member member, CancellationToken ct) => commands.KillPrimary.Length > 0
        ? RunAsync(SettingNames.KillPrimary, commands.KillPrimary, member, ct)
        : throw Refusal($"no command loses the primary; give one in {SettingNames.KillPrimary}");

    /// <inheritdoc />
    public Task StartMemberAsync(Member member, CancellationToken ct) => commands.StartMember.Length > 0
        ? RunAsync(SettingNames.StartMember, commands.StartMember, member, ct)
        : Task.CompletedTask;

    /// <inheritdoc />
    public Task<string> KillPostmasterAsync(Member member, CancellationToken ct) => throw Refusal(ExternalLimits.OneProcess);

    /// <inheritdoc />
    public Task<string> KillProgramAsync(Member member, MemberProgram program, CancellationToken ct) => throw Refusal(ExternalLimits.OneProcess);

    /// <inheritdoc />
    public Task<string> MakeVolumeAsync(long bytes, CancellationToken ct) => throw Refusal(ExternalLimits.OneProcess);

    /// <inheritdoc />
    public Task RemoveVolumeAsync(CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc />
    public Task RebuildMemberAsync(Member member, CancellationToken ct) => throw Refusal(ExternalLimits.Manager);

    /// <inheritdoc />
    public Task<double?> LeaseLeftSecondsAsync(CancellationToken ct) => Task.FromResult<double?>(null);

    private async Task<string> RunAsync(string setting, string command, Member member, CancellationToken ct)
    {
        var environment = new Dictionary<string, string>(login ?? new Dictionary<string, string>())
        {
            ["MEMBER"] = member.Name,
            ["MEMBER_HOST"] = member.Host,
            ["MEMBER_PORT"] = member.Port.ToString(CultureInfo.InvariantCulture),
        };
        try
        {
            var ended = await ChildProcess.RunForOwnerAsync("/bin/bash", ["-p", "-c", command], environment, null, null, ct).WaitAsync(Bounds.FaultCommand.Length, ct);

            // The command itself may hold a secret of its owner's: the evidence names the setting.
            return ended.ExitCode == 0
                ? string.Create(CultureInfo.InvariantCulture, $"command of {setting}, exit code 0 after {ended.Elapsed.TotalSeconds:0.0} s")
                : throw new LabException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"the command of {setting} failed for {member.Name}: exit code {ended.ExitCode}.\n  it said      {LastLines(ended.Error + ended.Output)}\n  fix          run it by hand with MEMBER={member.Name} MEMBER_HOST={member.Host} MEMBER_PORT={member.Port}"));
        }
        catch (TimeoutException e)
        {
            throw new LabException(
                FormattableString.Invariant($"the command of {setting} did not end within {Bounds.FaultCommand.Length.TotalSeconds:0} s ({Bounds.FaultCommand.Name}).\n") +
                "  likely       a program that it left running holds its output; send that to a file",
                e);
        }
    }

    private string LastLines(string text)
    {
        var lines = string.Join("; ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(LinesOfError));
        return string.IsNullOrEmpty(secret) ? lines : lines.Replace(secret, "***", StringComparison.Ordinal);
    }

    private static LabException Refusal(string reason) => new($"fault refused on TARGET={ExternalTarget.TargetName}: {reason}");
}
