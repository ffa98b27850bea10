using FluentAssertions;
using SreLab.Fixtures.Alerts;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Tests.Alerts;

public sealed class AlertReceiverTests : IDisposable
{
    private const string Body =
        """
        {"version":"4","status":"resolved","receiver":"suite","alerts":[
          {"status":"firing","labels":{"alertname":"NoPrimary","severity":"page"},"annotations":{"summary":"s"},"startsAt":"2026-01-01T00:00:05Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"x","fingerprint":"f"},
          {"status":"resolved","labels":{"alertname":"TargetDown"},"annotations":{},"startsAt":"2026-01-01T00:00:01Z","endsAt":"2026-01-01T00:00:09Z"}]}
        """;

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 10, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-receiver-").FullName;

    private string File => Path.Combine(_folder, "notifications.jsonl");

    [Fact]
    public void Each_alert_of_a_message_is_a_notification()
    {
        var receiver = new AlertReceiver();

        receiver.Accept(Body, Now);

        receiver.Received.Select(n => (n.Alert, n.Status, n.EndsAtUtc is null)).Should().Equal(("NoPrimary", "firing", true), ("TargetDown", "resolved", false));
        receiver.Received[0].ReceivedUtc.Should().Be(Now);
    }

    [Fact]
    public void What_was_kept_reads_back_the_same()
    {
        var receiver = new AlertReceiver();
        receiver.AppendTo(File);
        receiver.Accept(Body, Now);
        receiver.Accept(Body, Now.AddSeconds(1));

        AlertReceiver.Read(File).Should().BeEquivalentTo(receiver.Received, o => o.WithStrictOrdering());
    }

    [Fact]
    public void A_line_cut_off_by_a_kill_costs_itself_only()
    {
        var receiver = new AlertReceiver();
        receiver.AppendTo(File);
        receiver.Accept(Body, Now);
        System.IO.File.AppendAllText(File, "{\"receivedUtc\":\"20");

        AlertReceiver.Read(File).Should().HaveCount(2);
    }

    [Fact]
    public void A_damaged_line_in_the_middle_is_an_error()
    {
        System.IO.File.WriteAllText(File, "nonsense\n{}\n");

        var read = () => AlertReceiver.Read(File);

        read.Should().Throw<LabException>().WithMessage("*line 1 is no notification*");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"status\":\"firing\"}")]
    [InlineData("{\"alerts\":[{\"status\":\"firing\"}]}")]
    public void What_is_no_message_of_Alertmanagers_is_refused(string body)
    {
        var receiver = new AlertReceiver();

        var accept = () => receiver.Accept(body, Now);

        accept.Should().Throw<LabException>().WithMessage("notification refused*");
        receiver.Received.Should().BeEmpty();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
