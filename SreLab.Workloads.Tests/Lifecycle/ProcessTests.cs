using System.Diagnostics;
using FluentAssertions;
using SreLab.Fixtures.Processes;
using SreLab.Workloads.Tests.Running;

namespace SreLab.Workloads.Tests.Lifecycle;

/// <summary>Services as processes: exit codes and signals.</summary>
public sealed class ProcessTests
{
    private const int KilledBySignal = 137;
    private const int WrongSettings = 78;
    private const int WrongArguments = 64;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("", 0)]
    [InlineData("abrupt-shutdown", KilledBySignal)]
    public async Task SIGTERM_ends_a_service_in_order_unless_its_shutdown_is_abrupt(string defect, int exitCode)
    {
        using var service = Start([], ("DEFECT", defect));
        while (await service.StandardOutput.ReadLineAsync(Answers.Ct) is { } line && !line.Contains("\"service started\"", StringComparison.Ordinal))
        {
            // What comes before it listens.
        }

        using var signal = Process.Start(ChosenEnvironment.Start("kill", ["-TERM", FormattableString.Invariant($"{service.Id}")]));
        (await EndOfAsync(service)).Should().Be(exitCode);
    }

    [Fact]
    public async Task Wrong_settings_end_a_service_before_it_listens()
    {
        using var service = Start([], ("DRAIN_SECONDS", "never"));

        (await service.StandardError.ReadToEndAsync(Answers.Ct)).Should().Contain("DRAIN_SECONDS is 'never'");
        (await EndOfAsync(service)).Should().Be(WrongSettings);
    }

    [Fact]
    public async Task An_argument_that_is_not_known_ends_a_service()
    {
        using var service = Start(["--help-me"]);

        (await EndOfAsync(service)).Should().Be(WrongArguments);
    }

    private static Process Start(string[] arguments, params (string Name, string Value)[] variables)
    {
        var start = ChosenEnvironment.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "invoice-app.dll"), .. arguments]);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        foreach (var (name, value) in SampleEnvironment.InvoiceAppVariables(variables))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<int> EndOfAsync(Process service)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(Answers.Ct);
        bound.CancelAfter(Bound);
        try
        {
            await service.WaitForExitAsync(bound.Token);
            return service.ExitCode;
        }
        finally
        {
            if (!service.HasExited)
            {
                service.Kill();
            }
        }
    }
}
