using FluentAssertions;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Tests.Targets.Local.Machines;

public sealed class LinkConfigurationTests
{
    private readonly LabNetwork _network = new("127.29.0");
    private readonly LabHome _home = new("/srv/lab", "127.29.0");

    [Fact]
    public void What_others_send_to_a_member_goes_over_an_address_of_its_own_and_loses_the_questions_of_isolated_leaders()
    {
        var text = LinkConfiguration.FromMembers(_home, _network, _network.Members[1]);

        text.Should().Contain("bind 127.29.0.62:5432\n    server pg-2 127.29.0.12:5432").And.Contain("bind 127.29.0.62:8008").And.Contain("server pg-2 127.29.0.12:8008");
        text.Should().Contain("acl isolated req.body,json_query('$.name') -m str -f /srv/lab/links/isolated.lst").And.Contain("http-request tarpit if { path_beg /failsafe } isolated");
        text.Should().NotContain("127.29.0.11").And.NotContain("127.29.0.13");
    }

    [Fact]
    public void A_member_reaches_every_part_of_the_store_over_addresses_of_its_own()
    {
        var text = LinkConfiguration.ToStore(_home, _network, _network.Members[2]);

        text.Should().Contain("bind 127.29.0.131:2379\n    server pg-1 127.29.0.11:2379").And.Contain("bind 127.29.0.133:2379\n    server pg-3 127.29.0.13:2379");
    }

    [Fact]
    public void No_two_ways_share_an_address() =>
        _network.Addresses.Select(a => a.ToString()).Should().OnlyHaveUniqueItems().And.HaveCount(36);
}
