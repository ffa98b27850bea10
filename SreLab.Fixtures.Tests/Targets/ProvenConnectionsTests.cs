using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Tests.Targets;

public sealed class ProvenConnectionsTests
{
    // Nothing listens there: what matters is what is refused before anybody is asked.
    private const string Two = "Host=127.20.199.1:1,127.20.199.2:1;Username=u;Database=d;Pooling=false;Timeout=2;Target Session Attributes=";

    [Theory]
    [InlineData("any")]
    [InlineData("read-write")]
    [InlineData("standby")]
    [InlineData("prefer-standby")]
    public async Task Several_hosts_may_be_asked_for_a_kind_of_session(string session)
    {
        await using var source = ProvenConnections.CreateSource(Two + session);
        await using var connection = ProvenConnections.Create(Two + session);

        connection.ConnectionString.Should().Contain("127.20.199.2");
        source.ConnectionString.Should().Contain("127.20.199.2");
    }

    [Fact]
    public void An_address_that_no_lab_has_named_is_refused_with_what_to_do() =>
        FluentActions.Invoking(() => ProvenConnections.ExpectedAt("Host=127.20.199.3;Port=1"))
            .Should().Throw<LabException>().WithMessage("connection refused: 127.20.199.3:1 is no address of a lab that is open here; nothing was touched.*make up*");
}
