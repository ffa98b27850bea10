using System.Globalization;
using FluentAssertions;
using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Tests.Targets.Local;

public sealed class ConnectionSlotsTests
{
    private static readonly Dictionary<string, object?> Parameters = PostgresParameters.Shared(new LabHome("/tmp/lab", "127.20.0"));

    [Fact]
    public void A_freeze_is_that_of_the_catalogue_with_half_as_much_again()
    {
        ConnectionSlots.LongestFreeze.Should().Be(FaultCatalogue.Of(FaultKinds.HangPostgres).Hold * 1.5);
        ConnectionSlots.LongestFreeze.TotalSeconds.Should().Be(67.5);
    }

    // 67.5 s: 23 attempts of each of three Patronis, 14 of each of two WAL receivers; two streams, two base backups.
    [Fact]
    public void Slots_for_replication_hold_what_waited_in_the_longest_freeze()
    {
        ConnectionSlots.ForReplication(standbys: 2).Should().Be((3 * 23) + (2 * 14) + 2 + (2 * 2));
        ConnectionSlots.ForReplication(standbys: 0).Should().Be(23, "Patroni asks its own server");
    }

    [Fact]
    public void Servers_have_the_slots_and_the_timeouts_that_they_are_derived_from()
    {
        Parameters["max_wal_senders"].Should().Be(ConnectionSlots.ForReplication(2));
        Parameters["wal_receiver_timeout"].Should().Be(ConnectionSlots.ReceiverPatience.TotalSeconds.ToString(CultureInfo.InvariantCulture) + "s");
    }
}
