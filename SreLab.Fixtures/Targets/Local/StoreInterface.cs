namespace SreLab.Fixtures.Targets.Local;

/// <summary>Through which of etcd's two interfaces Patroni keeps its lease.</summary>
/// <remarks>
/// Before 3.0.3, Patroni renews its lease through etcd's third interface without asking whether it still holds it: a primary that stood still for
/// longer than the lease takes the lead back from its successor when it goes on, and everything that the successor acknowledged is rewound
/// (patroni#2693; seen here with 3.0.2: 2,386 acknowledged writes). Through the second interface it compares and sets. See ADR 0025.
/// </remarks>
internal static class StoreInterface
{
    private static readonly Version Mended = new(3, 0, 3);

    /// <summary>Patroni's name for the interface that keeps the lease safe: <c>etcd</c> is the second, <c>etcd3</c> the third.</summary>
    /// <param name="patroni">Patroni's version as it tells it.</param>
    public static string For(string patroni) => Version.TryParse(patroni, out var version) && version < Mended ? "etcd" : "etcd3";

    /// <summary>For the Patroni that is installed.</summary>
    public static async Task<string> ForInstalledAsync(CancellationToken ct) => For(await InstalledPrograms.VersionAsync("patroni", ct));

    /// <summary>What etcd must be told to serve it.</summary>
    public static IReadOnlyList<string> Options(string name) => name == "etcd" ? ["--enable-v2=true"] : [];
}
