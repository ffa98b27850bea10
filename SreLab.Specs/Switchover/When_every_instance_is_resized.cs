using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Switchover;

/// <summary>Every instance gets another request of memory, one after another.</summary>
[OfPlatform]
[Collection(Stages.Switchover)]
[Trait(Stages.Trait, Stages.Switchover)]
public sealed class When_every_instance_is_resized(ResizedMemory run) : FaultSpec(run), IClassFixture<ResizedMemory>;
