using FluentAssertions;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Tests.Histories;

public sealed class HistoryTests : IDisposable
{
    private static readonly HistoryHeader Header = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), 8, 200, 1000);

    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-history-").FullName;

    private string File => Path.Combine(_folder, "history.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_written_is_read_back_unchanged()
    {
        var operations = Enumerable.Range(1, 5000).Select(i => new Operation
        {
            Id = ((long)int.MaxValue << 32) + i,
            Client = i % 8,
            ScheduledMs = i * 5,
            SentMs = (i * 5) + 0.125,
            EndedMs = (i * 5) + 3.5,
            Outcome = (Outcome)(i % 3),
            Error = i % 3 == 1 ? null : "25006",
            Server = i % 3 == 1 ? "127.0.0.1/1" : null,
        }).ToList();

        await using (var writer = new HistoryWriter<Operation>(File, Header))
        {
            operations.ForEach(writer.Append);
        }

        var history = HistoryReader.Read<Operation>(File);
        history.Header.Should().Be(Header);
        history.Rows.Should().Equal(operations);
        history.IsTorn.Should().BeFalse();
    }

    [Fact]
    public async Task Many_writers_never_mix_their_lines()
    {
        await using (var writer = new HistoryWriter<Operation>(File, Header))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(client => Task.Run(
                () =>
                {
                    for (var i = 0; i < 500; i++)
                    {
                        writer.Append(Ledger.Acknowledged((client * 1000L) + i, i) with { Client = client });
                    }
                },
                TestContext.Current.CancellationToken)));
        }

        HistoryReader.Read<Operation>(File).Rows.Select(o => o.Id).Should().OnlyHaveUniqueItems().And.HaveCount(4000);
    }

    [Fact]
    public async Task Fsync_puts_every_row_where_another_reader_sees_it()
    {
        await using var writer = new HistoryWriter<Operation>(File, Header);
        writer.Append(Ledger.Acknowledged(1, 5));

        await writer.FsyncAsync();

        HistoryReader.Read<Operation>(File).Rows.Should().ContainSingle();
    }

    [Fact]
    public async Task A_probe_attempt_is_read_back_unchanged()
    {
        var attempt = new ProbeAttempt { Member = "pg-2", SentMs = 1.5, EndedMs = 2.5, Accepted = false, Timeline = 0, Error = "25006" };
        await using (var writer = new HistoryWriter<ProbeAttempt>(File, Header))
        {
            writer.Append(attempt);
        }

        HistoryReader.Read<ProbeAttempt>(File).Rows.Should().Equal(attempt);
    }

    [Fact]
    public async Task A_torn_last_line_is_told_and_the_whole_lines_are_kept()
    {
        await WriteTwoAsync();
        var bytes = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        await System.IO.File.WriteAllBytesAsync(File, bytes[..^10], TestContext.Current.CancellationToken);

        var history = HistoryReader.Read<Operation>(File);

        history.IsTorn.Should().BeTrue();
        history.Rows.Should().ContainSingle().Which.Id.Should().Be(1);
    }

    [Fact]
    public async Task A_damaged_line_in_the_middle_is_corruption_not_tearing()
    {
        await WriteTwoAsync();
        var lines = await System.IO.File.ReadAllLinesAsync(File, TestContext.Current.CancellationToken);
        lines[1] = lines[1][..20];
        await System.IO.File.WriteAllTextAsync(File, string.Join('\n', lines) + "\n", TestContext.Current.CancellationToken);

        var read = () => HistoryReader.Read<Operation>(File);

        read.Should().Throw<LabException>().Which.Message.Should().StartWith("history corrupt: line 2 of history.jsonl is not a Operation.");
    }

    [Fact]
    public async Task A_row_without_its_outcome_is_corruption_not_an_indeterminate_write()
    {
        await WriteTwoAsync();
        var text = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        await System.IO.File.WriteAllTextAsync(File, text.Replace("\"outcome\":\"Acknowledged\",", "", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var read = () => HistoryReader.Read<Operation>(File);

        read.Should().Throw<LabException>().Which.Message.Should().StartWith("history corrupt: line 2");
    }

    [Fact]
    public void A_missing_or_empty_history_is_refused()
    {
        var missing = () => HistoryReader.Read<Operation>(File);
        missing.Should().Throw<LabException>().Which.Message.Should().StartWith("history missing:");

        System.IO.File.WriteAllText(File, "");
        var empty = () => HistoryReader.Read<Operation>(File);
        empty.Should().Throw<LabException>().Which.Message.Should().StartWith("history unreadable:");
    }

    private async Task WriteTwoAsync()
    {
        await using var writer = new HistoryWriter<Operation>(File, Header);
        writer.Append(Ledger.Acknowledged(1, 5));
        writer.Append(Ledger.Acknowledged(2, 10));
    }
}
