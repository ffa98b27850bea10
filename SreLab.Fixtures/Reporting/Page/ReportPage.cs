using System.Text.Json;
using System.Text.Json.Serialization;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;

namespace SreLab.Fixtures.Reporting.Page;

/// <summary>Makes <c>report.html</c>: one file with script, style and data in it, which opens without a network.</summary>
/// <remarks>A pure function of the folder and the verdicts, as <see cref="PerformanceReport"/> is.</remarks>
public static class ReportPage
{
    /// <summary>File name of the page in the run's folder.</summary>
    public const string FileName = "report.html";

    // The default encoder escapes everything that could end the script element or begin another: evidence is untrusted text.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Renders the page.</summary>
    /// <param name="evidence">The run.</param>
    /// <param name="verdicts">Its promises as they were judged, in the order of the stages.</param>
    /// <param name="objectives">Today's, for the error budgets.</param>
    /// <returns>A whole HTML document.</returns>
    /// <exception cref="Lab.LabException">A per-second series is damaged: its chart would be wrong.</exception>
    public static string Render(RunEvidence evidence, IReadOnlyList<PromiseVerdict> verdicts, Objectives objectives) =>
        Render(evidence, verdicts, objectives, FaultReading.All(evidence));

    internal static string Render(RunEvidence evidence, IReadOnlyList<PromiseVerdict> verdicts, Objectives objectives, IReadOnlyList<FaultReading> readings)
    {
        var model = PageBuilder.Build(evidence, verdicts, objectives, readings);
        return PageTemplate.Fill(model.Title, JsonSerializer.Serialize(model, Json));
    }
}
