using FluentAssertions;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Reporting;

namespace SreLab.Fixtures.Tests.Reporting;

public sealed class OutageReadingTests
{
    private static readonly FaultRecord Fault = StoredRun.Open("complete-run").Faults[0] with { InjectedMs = 1000 };

    [Fact]
    public void Acknowledgements_in_flight_at_the_kill_do_not_end_the_outage()
    {
        var reading = Read(Acknowledged(900), Acknowledged(990), Acknowledged(1004), Acknowledged(1009), Acknowledged(2500), Acknowledged(2510));

        reading.LastAckMs.Should().Be(1009);
        reading.FirstAckMs.Should().Be(2500);
        reading.Outage.Should().Be("1.49 s");
    }

    [Fact]
    public void A_pause_before_the_kill_is_not_its_outage() =>
        Read(Acknowledged(100), Acknowledged(950), Acknowledged(1300)).OutageMs.Should().Be(350);

    [Fact]
    public void Writes_that_never_resume_give_a_lower_bound()
    {
        var reading = Read(Acknowledged(900), Acknowledged(1001), Acknowledged(1010), Acknowledged(9000) with { Outcome = Outcome.Refused });

        reading.FirstAckMs.Should().BeNull();
        reading.Outage.Should().Be(">= 7.99 s");
    }

    [Fact]
    public void Without_an_acknowledgement_before_the_kill_the_outage_is_unknown()
    {
        Read(Acknowledged(1500)).Outage.Should().StartWith("unknown");
        Read().Outage.Should().StartWith("unknown");
    }

    private static OutageReading Read(params Operation[] operations) => OutageReading.Of(Fault, operations);

    private static Operation Acknowledged(double at) =>
        new() { Id = (long)at, Client = 0, ScheduledMs = at - 5, SentMs = at - 4, EndedMs = at, Outcome = Outcome.Acknowledged };
}
