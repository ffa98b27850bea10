using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Scenarios;

/// <summary>Every member lost its power.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class LostPower(LabFixture lab) : FaultScenario(lab, FaultKinds.PowerLoss);

/// <summary>PostgreSQL of the primary hung.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class HungPostgres(LabFixture lab) : FaultScenario(lab, FaultKinds.HangPostgres);

/// <summary>Patroni of the primary hung.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class HungPatroni(LabFixture lab) : FaultScenario(lab, FaultKinds.HangPatroni);

/// <summary>The primary's member was frozen for longer than its lease.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class FrozenPrimary(LabFixture lab) : FaultScenario(lab, FaultKinds.FreezeMember);

/// <summary>The primary was cut from the consensus store.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class PrimaryCutFromStore(LabFixture lab) : FaultScenario(lab, FaultKinds.CutFromStore);

/// <summary>The primary was cut from its standbys.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class PrimaryCutFromStandbys(LabFixture lab) : FaultScenario(lab, FaultKinds.CutFromStandbys);

/// <summary>Nothing that the primary sent arrived.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class PrimaryCutOneWay(LabFixture lab) : FaultScenario(lab, FaultKinds.CutOneWay);

/// <summary>The primary was alone.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class IsolatedPrimary(LabFixture lab) : FaultScenario(lab, FaultKinds.IsolatePrimary);

/// <summary>The consensus store lost its majority.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class LostStoreMajority(LabFixture lab) : FaultScenario(lab, FaultKinds.LoseStore);

/// <summary>The consensus store lost its majority while one standby was silent.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class LostStoreAndStandby(LabFixture lab) : FaultScenario(lab, FaultKinds.LoseStoreAndStandby);

/// <summary>A synchronous standby was killed.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class KilledStandby(LabFixture lab) : FaultScenario(lab, FaultKinds.KillStandby);

/// <summary>A standby's WAL receiver was frozen.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class FrozenReceiver(LabFixture lab) : FaultScenario(lab, FaultKinds.FreezeReceiver);

/// <summary>A standby's replay was paused.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class PausedReplay(LabFixture lab) : FaultScenario(lab, FaultKinds.PauseReplay);

/// <summary>The load balancer was killed.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class KilledProxy(LabFixture lab) : FaultScenario(lab, FaultKinds.KillProxy);

/// <summary>Idle sessions took every connection.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class ExhaustedConnections(LabFixture lab) : FaultScenario(lab, FaultKinds.ExhaustConnections);

/// <summary>The disk of the primary's WAL was full.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class FullDisk(LabFixture lab) : FaultScenario(lab, FaultKinds.FillVolume);

/// <summary>A page of a standby was damaged.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class DamagedStandby(LabFixture lab) : FaultScenario(lab, FaultKinds.DamagePage);

/// <summary>The primary's role was handed over.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class SwitchedOver(LabFixture lab) : FaultScenario(lab, FaultKinds.Switchover);

/// <summary>Every member was restarted.</summary>
/// <param name="lab">The fixture of the assembly.</param>
public sealed class RestartedMembers(LabFixture lab) : FaultScenario(lab, FaultKinds.RollingRestart);
