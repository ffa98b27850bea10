using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Failover;

/// <summary>A standby receives, and shows old rows.</summary>
[Collection(Stages.Failover)]
[Trait(Stages.Trait, Stages.Failover)]
public sealed class When_replay_is_paused(PausedReplay run) : FaultSpec(run), IClassFixture<PausedReplay>;
