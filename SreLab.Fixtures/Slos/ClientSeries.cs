using System.Globalization;

namespace SreLab.Fixtures.Slos;

/// <summary>Names of the series that show the clients' view: the workloads write them and the rules read them.</summary>
public static class ClientSeries
{
    /// <summary>Counter of operations by <c>source</c> and <c>outcome</c>.</summary>
    public const string Operations = "srelab_client_operations_total";

    /// <summary>Histogram of the latency of acknowledged operations by <c>source</c>, seconds.</summary>
    public const string Latency = "srelab_client_latency_seconds";

    /// <summary>The one outcome that is no error.</summary>
    public const string Ok = "ok";

    /// <summary>The upper bound of a histogram bucket, as its <c>le</c> label has it; a rule that spells it otherwise matches nothing.</summary>
    /// <param name="seconds">Seconds, above 0.</param>
    public static string Bound(decimal seconds) => seconds.ToString("0.#########", CultureInfo.InvariantCulture);
}
