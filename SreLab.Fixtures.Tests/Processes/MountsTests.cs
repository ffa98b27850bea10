using FluentAssertions;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Tests.Processes;

public sealed class MountsTests
{
    private static readonly string[] Table =
    [
        "22 1 254:0 / / rw,relatime - ext4 /dev/vda rw",
        "40 22 0:35 / /var/lib/srelab/127.20.0/volume rw,nosuid - tmpfs srelab-1f rw,size=64k",
        "41 22 0:36 / /var/lib/srelab/127.20.0/volume/deep\\040er rw shared:7 master:2 - tmpfs other rw",
        "42 22 0:37 / /var/lib/srelab/127.20.01 rw - tmpfs neighbour rw",
    ];

    [Fact]
    public void What_is_mounted_in_a_folder_is_found_deepest_first() =>
        Mounts.Below("/var/lib/srelab/127.20.0", Table).Should().Equal(
            new Mount("/var/lib/srelab/127.20.0/volume/deep er", "tmpfs", "other"),
            new Mount("/var/lib/srelab/127.20.0/volume", "tmpfs", "srelab-1f"));

    [Fact]
    public void A_folder_with_a_similar_name_is_another_folder() =>
        Mounts.Below("/var/lib/srelab/127.20", Table).Should().BeEmpty();

    [Fact]
    public void The_table_of_this_machine_can_be_read() => Mounts.Below("/").Should().NotBeEmpty();
}
