using FluentAssertions;
using SreLab.Fixtures.Evidence;

namespace SreLab.Fixtures.Tests.Evidence;

public sealed class ProgramLogCaptureTests : IDisposable
{
    private const string Password = "pGk7TzqW4nXbR2mV";

    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-programs-").FullName;

    private string Log => Path.Combine(_folder, "pg-1-patroni.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_appended_is_kept_without_the_secrets_that_stand_in_it()
    {
        await File.WriteAllTextAsync(Log, "INFO: before\n", TestContext.Current.CancellationToken);
        var capture = Capture(ProgramLogCapture.MostKept);
        await File.AppendAllTextAsync(
            Log,
            $"""
            2026-12-01 10:00:00,000 INFO: no action. I am (pg-1), the leader with the lock
            2026-12-01 10:00:01,000 ERROR: connection to host=127.20.0.11 user=postgres password={Password} failed
            2026-12-01 10:00:02,000 ERROR: got {Password}

            """,
            TestContext.Current.CancellationToken);

        var program = (await capture.SaveAsync(new RunStore(_folder), "f", DateTimeOffset.UnixEpoch)).Programs.Should().ContainSingle().Subject;

        program.Should().BeEquivalentTo(new { Program = "pg-1-patroni", File = "f/programs/pg-1-patroni.log", LeftOut = 0, WasReplaced = false });
        (await File.ReadAllTextAsync(Path.Combine(_folder, program.File!), TestContext.Current.CancellationToken)).Should().Be(
            """
            2026-12-01 10:00:00,000 INFO: no action. I am (pg-1), the leader with the lock
            2026-12-01 10:00:01,000 ERROR: connection to host=127.20.0.11 user=postgres password=[removed] failed
            2026-12-01 10:00:02,000 ERROR: got [removed]

            """);
        new RunStore(_folder).TryRead<ProgramLogsRecord>("f/programs.json")!.Programs.Should().Equal(program);
    }

    [Fact]
    public async Task A_talkative_program_is_kept_from_its_begin_and_its_end()
    {
        var capture = Capture(mostKept: 100);
        await File.WriteAllLinesAsync(Log, Enumerable.Range(1, 1000).Select(i => FormattableString.Invariant($"line {i:0000}")), TestContext.Current.CancellationToken);

        var program = (await capture.SaveAsync(new RunStore(_folder), "f", DateTimeOffset.UnixEpoch)).Programs[0];

        var kept = await File.ReadAllLinesAsync(Path.Combine(_folder, program.File!), TestContext.Current.CancellationToken);
        kept.Should().Equal(
            "line 0001", "line 0002", "line 0003", "line 0004", "line 0005",
            "... 9900 characters left out ...",
            "line 0996", "line 0997", "line 0998", "line 0999", "line 1000");
        program.LeftOut.Should().Be(9900);
        program.Bytes.Should().Be(10_000);
    }

    [Fact]
    public async Task A_log_that_is_not_there_has_no_copy() =>
        (await Capture(ProgramLogCapture.MostKept).SaveAsync(new RunStore(_folder), "f", DateTimeOffset.UnixEpoch)).Programs[0].File.Should().BeNull();

    private ProgramLogCapture Capture(int mostKept) => new(new Dictionary<string, string> { ["pg-1-patroni"] = Log }, new SecretFilter([Password]), mostKept);
}
