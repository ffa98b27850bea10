using System.Globalization;

namespace SreLab.Fixtures.Workloads.Http;

/// <summary>A request that is to be sent.</summary>
/// <param name="Route">As the contract writes it.</param>
/// <param name="Path">Path and query.</param>
/// <param name="ExpectedStatus">What a sound service answers.</param>
/// <param name="OnNewConnection">Whether a connection is opened for it alone.</param>
internal sealed record HttpPlan(string Route, string Path, int ExpectedStatus, bool OnNewConnection);

/// <summary>What clients ask, drawn from a seed: the same seed gives the same requests in the same order.</summary>
internal sealed class HttpMix(HttpLoadOptions options)
{
    /// <summary>An invoice that no lab ever has.</summary>
    public const long AbsentInvoice = long.MaxValue - 1;

    private readonly Random _random = new(options.Seed);

    /// <summary>The next request.</summary>
    public HttpPlan Next()
    {
        var isNew = _random.NextDouble() < options.NewConnectionShare;
        var draw = _random.Next(100);
        var invoice = options.Invoices.Count > 0 ? options.Invoices[_random.Next(options.Invoices.Count)] : AbsentInvoice;
        var paid = _random.Next(2) == 0 ? "true" : "false";
        return draw switch
        {
            < 15 => new HttpPlan("/", "/", 200, isNew),
            < 40 => new HttpPlan("/hello", "/hello", 200, isNew),
            < 60 => new HttpPlan("/invoices", string.Create(CultureInfo.InvariantCulture, $"/invoices?paid={paid}&after={invoice}&limit=20"), 200, isNew),
            < 95 when options.Invoices.Count > 0 => new HttpPlan("/invoices/{id}", string.Create(CultureInfo.InvariantCulture, $"/invoices/{invoice}"), 200, isNew),
            _ => new HttpPlan("/invoices/{id}", string.Create(CultureInfo.InvariantCulture, $"/invoices/{AbsentInvoice}"), 404, isNew),
        };
    }
}
