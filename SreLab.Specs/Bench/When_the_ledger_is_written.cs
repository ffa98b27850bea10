using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Bench;

/// <summary>Clients write to a healthy cluster, and every write that it acknowledged is there afterwards.</summary>
[Collection(Stages.Bench)]
[Trait(Stages.Trait, Stages.Bench)]
public sealed class When_the_ledger_is_written(WrittenLedger run) : Spec(run), IClassFixture<WrittenLedger>
{
    [Fact]
    public void Every_acknowledged_write_is_on_every_member() => MustHold(Promises.LedgerDurability);
}
