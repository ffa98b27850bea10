namespace SreLab.Fixtures.Kubernetes.Lab;

/// <summary>What a lab needs of the target that opened it.</summary>
/// <param name="AsAccount">A client that has nothing but this token.</param>
/// <param name="DriftAsync">What a plan would change; null where the state is not here.</param>
internal sealed record LabAccess(Func<string, k8s.Kubernetes> AsAccount, Func<CancellationToken, Task<IReadOnlyList<string>?>> DriftAsync);
