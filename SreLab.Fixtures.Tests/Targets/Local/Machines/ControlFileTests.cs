using FluentAssertions;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Tests.Targets.Local.Machines;

public sealed class ControlFileTests
{
    private const string Standby =
        """
        pg_control version number:            1300
        Database cluster state:               shut down in recovery
        Latest checkpoint location:           0/22030060
        Latest checkpoint's REDO location:    0/2202F3E8
        Latest checkpoint's REDO WAL file:    000000050000000000000022
        Minimum recovery ending location:     0/31000000
        Time of latest checkpoint:            Sun Nov 22 04:15:23 2026
        Bytes per WAL segment:                16777216
        """;

    [Fact]
    public void What_a_server_needs_goes_from_its_redo_point_to_the_last_it_replayed() =>
        ControlFile.Parse(Standby).Should().Be(new ControlFile(0x22, 0x32, 16 << 20));

    [Fact]
    public void A_primary_has_replayed_nothing_and_needs_its_checkpoint() =>
        ControlFile.Parse(Standby.Replace("0/31000000", "0/0", StringComparison.Ordinal)).Should().Be(new ControlFile(0x22, 0x23, 16 << 20));

    [Fact]
    public void Numbers_depend_on_the_size_of_a_segment() =>
        ControlFile.Parse(Standby.Replace("16777216", "4194304", StringComparison.Ordinal)).Should().Be(new ControlFile(0x88, 0xC5, 4 << 20));

    [Fact]
    public void Without_a_redo_point_nothing_is_known() =>
        ControlFile.Parse("pg_controldata: error: could not open file").Should().BeNull();
}
