using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Scenarios;

/// <summary>The primary's container ended.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class KilledContainerOfPrimary(LabFixture lab) : FaultScenario(lab, FaultKinds.KillContainer);

/// <summary>The primary's container ended again soon after a crash.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class KilledContainerInBackOff(LabFixture lab) : FaultScenario(lab, FaultKinds.KillContainerAgain);

/// <summary>The primary's pod was cut from the network.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class PrimaryCutFromNetwork(LabFixture lab) : FaultScenario(lab, FaultKinds.CutNetwork);

/// <summary>The primary's node was lost.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class LostNode(LabFixture lab) : FaultScenario(lab, FaultKinds.LoseNode);

/// <summary>The primary's node was drained.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class DrainedNode(LabFixture lab) : FaultScenario(lab, FaultKinds.DrainNode);

/// <summary>Every instance got another request of memory.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class ResizedMemory(LabFixture lab) : FaultScenario(lab, FaultKinds.Resize);
