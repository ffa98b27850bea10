using System.Text.Json;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Report.Tests;

/// <summary>What must be right on every page: each check gives its problems, so that tests can see it find some.</summary>
internal static class PageChecks
{
    /// <summary>Nothing on the console, nothing uncaught, nothing loaded, no section that gave up.</summary>
    internal static async Task<IReadOnlyList<string>> QuietAsync(OpenedPage page)
    {
        var failed = await page.AskAsync<string[]>(
            "() => [...document.querySelectorAll('.missing')].map(e => e.textContent).filter(t => t.includes('could not be drawn'))");
        var sections = await page.AskAsync<int>("() => document.querySelectorAll('main > section').length");
        return [.. page.Complaints, .. page.Requests.Select(r => $"request: {r}"), .. failed, .. sections == 0 ? ["the page has no section"] : Array.Empty<string>()];
    }

    /// <summary>Every chart has marks of a size that can be seen, within itself.</summary>
    internal static async Task<IReadOnlyList<string>> ChartsDrawnAsync(OpenedPage page)
    {
        var charts = await page.AskAsync<JsonElement>(
            """
            () => [...document.querySelectorAll('.chart')].map(chart => {
              const svg = chart.querySelector('svg');
              const box = svg?.getBoundingClientRect();
              const marks = [...(svg?.querySelectorAll('path') ?? [])].filter(p => {
                const size = p.getBBox();
                const style = getComputedStyle(p);
                const painted = (style.fill !== 'none' && size.width > 0 && size.height > 0) || (style.stroke !== 'none' && size.width + size.height > 0);
                return painted && Number.isFinite(size.x + size.y);
              });
              const texts = [...(svg?.querySelectorAll('text') ?? [])].filter(t => t.textContent.trim().length > 0);
              return {
                id: chart.id, width: box?.width ?? 0, height: box?.height ?? 0, marks: marks.length, texts: texts.length,
                invalid: svg ? /NaN|Infinity|undefined/.test(svg.innerHTML) : false,
                label: chart.getAttribute('aria-label') ?? '', data: Number(chart.dataset.points ?? 0),
              };
            })
            """);
        List<string> problems = [];
        foreach (var chart in charts.EnumerateArray())
        {
            var id = chart.GetProperty("id").GetString();
            var (width, height) = (chart.GetProperty("width").GetDouble(), chart.GetProperty("height").GetDouble());
            Add(width < 150 || height < 60, FormattableString.Invariant($"{id} is {width} x {height} pixels"));
            Add(chart.GetProperty("marks").GetInt32() < 3, $"{id} has no marks");
            Add(chart.GetProperty("texts").GetInt32() < 2, $"{id} has no axis");
            Add(chart.GetProperty("data").GetInt32() < 1, $"{id} has no data");
            Add(chart.GetProperty("invalid").GetBoolean(), $"{id} holds a number that is none");
            Add(chart.GetProperty("label").GetString()!.Length < 20, $"{id} has no words for a screen reader");

            void Add(bool isProblem, string what)
            {
                if (isProblem)
                {
                    problems.Add(what);
                }
            }
        }

        return charts.GetArrayLength() == 0 ? ["the page has no chart"] : problems;
    }

    /// <summary>Violations of the accessibility rules of WCAG 2.2 AA and axe's best practices.</summary>
    internal static async Task<IReadOnlyList<string>> AccessibleAsync(OpenedPage page)
    {
        await page.Page.EvaluateAsync(await File.ReadAllTextAsync(Repository.PathOf("SreLab.Report.Page/node_modules/axe-core/axe.min.js")));
        return await page.AskAsync<string[]>(
            """
            async () => {
              const result = await axe.run(document, { resultTypes: ['violations'] });
              return result.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary.replace(/\s+/g, ' ')}`));
            }
            """);
    }

    /// <summary>What reaches beyond the window to the right, when the page scrolls that way.</summary>
    internal static async Task<IReadOnlyList<string>> FitsAsync(OpenedPage page) => await page.AskAsync<string[]>(
        """
        () => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1)
            .slice(0, 5).map(e => `${e.tagName} ${e.id || e.className} ends at ${Math.round(e.getBoundingClientRect().right)} of ${width}`);
        }
        """);
}
