using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Workloads;

/// <summary>Each well-known defect in turn, looked at with the probes that a sound service passes.</summary>
[Collection(Stages.Workloads)]
[Trait(Stages.Trait, Stages.Workloads)]
public sealed class When_the_workloads_carry_a_defect(DefectiveWorkloads run) : Spec(run), IClassFixture<DefectiveWorkloads>
{
    [Fact]
    public void Each_defect_is_told_apart_by_what_it_breaks() => MustHold(Promises.WorkloadDefectsToldApart);

    [Fact]
    public void Troubleshooting_shows_each_defect_and_none_where_none_is() => MustHold(Promises.TroubleshootingTrue);
}
