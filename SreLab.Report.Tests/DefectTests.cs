using System.Security.Cryptography;
using System.Text;
using FluentAssertions;

namespace SreLab.Report.Tests;

/// <summary>The checks are not blind: each sees its defect on a broken copy of the page. What is missing or hostile stays readable and harmless.</summary>
public sealed class DefectTests(Browser browser)
{
    private const string Hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{script}}";

    [Fact]
    public async Task A_script_error_is_seen()
    {
        await using var page = await browser.OpenAsync(PageSamples.Complete(html => WithScript(html, script => $"setTimeout(() => {{ throw new Error('planted') }});{script}")));
        await page.Page.WaitForTimeoutAsync(100);

        (await PageChecks.QuietAsync(page)).Should().Contain(p => p.Contains("planted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_script_that_is_not_the_page_s_own_is_not_run_and_seen()
    {
        await using var page = await browser.OpenAsync(PageSamples.Complete(html => html.Replace("</body>", "<script>document.title = 'planted'</script></body>", StringComparison.Ordinal)));

        (await page.Page.TitleAsync()).Should().NotBe("planted");
        (await PageChecks.QuietAsync(page)).Should().Contain(p => p.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Something_loaded_from_elsewhere_is_refused_and_seen()
    {
        await using var page = await browser.OpenAsync(PageSamples.Complete(html => html.Replace("</body>", "<img alt=\"\" src=\"http://127.0.0.1:9/planted.png\"></body>", StringComparison.Ordinal)));

        (await PageChecks.QuietAsync(page)).Should().Contain(p => p.Contains("planted.png", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_section_that_cannot_be_drawn_is_seen_and_leaves_the_others()
    {
        await using var page = await browser.OpenAsync(PageSamples.Complete(html => html.Replace("\"phases\":[", "\"phases\":7,\"was\":[", StringComparison.Ordinal)));

        (await PageChecks.QuietAsync(page)).Should().Contain(p => p.Contains("seed could not be drawn", StringComparison.Ordinal));
        (await page.Locate("#chart-throughput svg").CountAsync()).Should().Be(1);
    }

    [Fact]
    public async Task A_chart_that_lost_its_data_is_seen()
    {
        await using var page = await browser.OpenAsync(PageSamples.Complete());
        await page.Page.EvaluateAsync("() => document.querySelector('#chart-latency svg').replaceChildren()");

        (await PageChecks.ChartsDrawnAsync(page)).Should().Contain("chart-latency has no marks");
    }

    [Fact]
    public async Task A_page_that_is_too_wide_is_seen()
    {
        await using var page = await browser.OpenAsync(PageSamples.Complete(html => html.Replace("</body>", "<p style=\"width:600px\">wide</p></body>", StringComparison.Ordinal)), width: 360);

        (await PageChecks.FitsAsync(page)).Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_control_without_a_name_and_a_text_without_contrast_are_seen()
    {
        await using var page = await browser.OpenAsync(PageSamples.Complete(html =>
            html.Replace("</body>", "<main><button></button><p style=\"color:#ddd;background:#fff\">faint</p></main></body>", StringComparison.Ordinal)));

        var problems = await PageChecks.AccessibleAsync(page);

        problems.Should().Contain(p => p.StartsWith("button-name", StringComparison.Ordinal)).And.Contain(p => p.StartsWith("color-contrast", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_missing_is_said_with_the_reason_and_no_chart_is_blank()
    {
        await using var page = await browser.OpenAsync(PageSamples.MissingStages());

        (await PageChecks.QuietAsync(page)).Should().BeEmpty();
        (await page.Locate(".chart").CountAsync()).Should().Be(0);
        var said = string.Join('\n', await page.Locate(".missing").AllTextContentsAsync());
        said.Should().ContainAll("30-bench/bench.json", "40-failover", "seed.json is not a SeedRecord", "60-alerts/alerts.json", "no stage of this run left a time");
        (await PageChecks.AccessibleAsync(page)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_run_without_monitoring_says_so_and_shows_the_rest()
    {
        await using var page = await browser.OpenAsync(PageSamples.BrokenPromise());

        (await PageChecks.QuietAsync(page)).Should().BeEmpty();
        (await PageChecks.ChartsDrawnAsync(page)).Should().BeEmpty();
        (await page.Locate("#run .missing").AllTextContentsAsync()).Should().Contain(t => t.Contains("the run has no 90-report/series.json", StringComparison.Ordinal));
        (await page.Locate("#verdict").InnerTextAsync()).Should().Contain("A promise is broken");
    }

    [Fact]
    public async Task Hostile_evidence_stays_text()
    {
        await using var page = await browser.OpenAsync(PageSamples.Hostile(Hostile));
        await page.Locate("[data-fault=kill-member-1]").ClickAsync();
        await page.Locate("#chart-alert-times svg").HoverAsync();

        (await PageChecks.QuietAsync(page)).Should().BeEmpty();
        (await page.AskAsync<int>("() => document.images.length + document.scripts.length")).Should().Be(2);
        (await page.Locate("#promises").InnerTextAsync()).Should().Contain(Hostile);
        (await page.Locate("#incident").InnerTextAsync()).Should().Contain(Hostile);
    }

    // With a policy that fits the changed script: what must be seen is the error, not the refusal.
    private static string WithScript(string html, Func<string, string> change)
    {
        var start = html.LastIndexOf("<script>", StringComparison.Ordinal) + "<script>".Length;
        var script = html[start..html.LastIndexOf("</script>", StringComparison.Ordinal)];
        var changed = change(script);
        return html.Replace(Hash(script), Hash(changed), StringComparison.Ordinal).Replace(script, changed, StringComparison.Ordinal);
    }

    private static string Hash(string script) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
}
