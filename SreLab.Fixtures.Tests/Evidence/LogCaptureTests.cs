using FluentAssertions;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;

namespace SreLab.Fixtures.Tests.Evidence;

public sealed class LogCaptureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-logs-").FullName;

    private string Log => Path.Combine(_folder, "pg-1.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Only_what_was_appended_is_copied()
    {
        await File.WriteAllTextAsync(Log, "before\n", TestContext.Current.CancellationToken);
        var capture = new LogCapture(new Dictionary<string, string> { ["pg-1"] = Log });
        await File.AppendAllTextAsync(Log, "2026-11-22 03:48:00.000 UTC [1] LOG:  after\n", TestContext.Current.CancellationToken);

        var member = (await SaveAsync(capture)).Members.Should().ContainSingle().Subject;

        member.Should().Be(new MemberLogRecord("pg-1", "f/log-pg-1.log", 44, WasReplaced: false));
        LogHistory.TryLoad(new RunStore(_folder), "f")!.Lines["pg-1"].Should().ContainSingle().Which.Text.Should().EndWith("LOG:  after");
    }

    [Fact]
    public async Task A_log_that_was_not_there_yet_is_copied_whole()
    {
        var capture = new LogCapture(new Dictionary<string, string> { ["pg-1"] = Log });
        await File.WriteAllTextAsync(Log, "new\n", TestContext.Current.CancellationToken);

        (await SaveAsync(capture)).Members[0].Should().Be(new MemberLogRecord("pg-1", "f/log-pg-1.log", 4, WasReplaced: false));
    }

    [Fact]
    public async Task A_log_that_is_not_there_has_no_copy()
    {
        (await SaveAsync(new LogCapture(new Dictionary<string, string> { ["pg-1"] = Log }))).Members[0].File.Should().BeNull();
        LogHistory.TryLoad(new RunStore(_folder), "f")!.Lines.Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("another log that is longer than the first one was\n")]
    public async Task A_log_that_was_cut_or_replaced_is_told(string content)
    {
        await File.WriteAllTextAsync(Log, "the first log\n", TestContext.Current.CancellationToken);
        var capture = new LogCapture(new Dictionary<string, string> { ["pg-1"] = Log });
        await File.WriteAllTextAsync(Log, content, TestContext.Current.CancellationToken);

        (await SaveAsync(capture)).Members[0].Should().Be(new MemberLogRecord("pg-1", "f/log-pg-1.log", content.Length, WasReplaced: true));
    }

    [Fact]
    public async Task The_files_of_a_folder_are_copied_in_order_of_name_and_a_lost_one_is_told()
    {
        var logs = Directory.CreateDirectory(Path.Combine(_folder, "logs")).FullName;
        await File.WriteAllTextAsync(Path.Combine(logs, "1.log"), "old\n", TestContext.Current.CancellationToken);
        var capture = new LogCapture(new Dictionary<string, string> { ["pg-1"] = logs });
        await File.AppendAllTextAsync(Path.Combine(logs, "1.log"), "a\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(logs, "2.log"), "b\n", TestContext.Current.CancellationToken);

        (await SaveAsync(capture)).Members[0].WasReplaced.Should().BeFalse();
        (await File.ReadAllTextAsync(Path.Combine(_folder, "f", "log-pg-1.log"), TestContext.Current.CancellationToken)).Should().Be("a\nb\n");

        File.Delete(Path.Combine(logs, "1.log"));
        File.Delete(Path.Combine(logs, "2.log"));
        await File.WriteAllTextAsync(Path.Combine(logs, "3.log"), "c\n", TestContext.Current.CancellationToken);
        (await SaveAsync(capture)).Members[0].WasReplaced.Should().BeTrue();
    }

    [Fact]
    public void A_folder_without_captured_logs_has_none() => LogHistory.TryLoad(new RunStore(_folder), "absent").Should().BeNull();

    private Task<MemberLogsRecord> SaveAsync(LogCapture capture) => capture.SaveAsync(new RunStore(_folder), "f", DateTimeOffset.UnixEpoch, mark: null);
}
