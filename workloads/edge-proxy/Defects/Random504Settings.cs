using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.EdgeProxy.Defects;

/// <summary>How often the defect strikes.</summary>
/// <param name="Ratio">Share of the requests, 0 to 1.</param>
/// <param name="Seed">Decides which.</param>
internal sealed record Random504Settings(double Ratio, int Seed)
{
    private const double DefaultRatio = 0.2;

    /// <summary>Reads them; what is wrong is noted in the reader.</summary>
    /// <param name="environment">Where they come from.</param>
    public static Random504Settings Read(EnvironmentReader environment) =>
        new(environment.Number("DEFECT_504_RATIO", DefaultRatio, 0, 1), environment.WholeNumber("DEFECT_SEED", 1, 0, int.MaxValue));
}
