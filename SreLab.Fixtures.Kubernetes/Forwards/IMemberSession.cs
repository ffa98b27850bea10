namespace SreLab.Fixtures.Kubernetes.Forwards;

/// <summary>Logs in to a member.</summary>
/// <param name="port">Port on the forward's address that leads to it.</param>
/// <param name="ct">Ends the attempt.</param>
internal delegate Task<IMemberSession> LoginToMember(int port, CancellationToken ct);

/// <summary>A session that does nothing: it lives as long as its server.</summary>
internal interface IMemberSession : IAsyncDisposable
{
    /// <summary>Waits until it ends, which it says by an exception.</summary>
    Task EndedAsync(CancellationToken ct);
}
