using FluentAssertions;

namespace SreLab.Report.Tests;

/// <summary>The page of a complete run, in a real browser.</summary>
public sealed class PageTests(Browser browser)
{
    private static readonly string File = PageSamples.Complete();

    [Fact]
    public async Task It_loads_without_an_error_and_without_a_request()
    {
        await using var page = await browser.OpenAsync(File);

        (await PageChecks.QuietAsync(page)).Should().BeEmpty();
        (await page.Locate("main > section h2").AllTextContentsAsync()).Should().HaveCount(7);
    }

    [Fact]
    public async Task Every_chart_is_drawn()
    {
        await using var page = await browser.OpenAsync(File);

        (await PageChecks.ChartsDrawnAsync(page)).Should().BeEmpty();
        (await page.AskAsync<string[]>("() => [...document.querySelectorAll('.chart')].map(c => c.id)")).Should().BeEquivalentTo(
            "chart-throughput", "chart-ledger", "chart-latency", "chart-roles", "chart-lag", "chart-alert-times", "chart-cpu", "chart-outages", "chart-seed-phases", "chart-seed-tables");
    }

    [Theory]
    [InlineData("click")]
    [InlineData("Enter")]
    [InlineData("Space")]
    public async Task A_fault_shows_its_incident(string by)
    {
        await using var page = await browser.OpenAsync(File);
        var fault = page.Locate("[data-fault=kill-member-1]");

        if (by == "click")
        {
            await fault.ClickAsync();
        }
        else
        {
            await fault.FocusAsync();
            await page.Page.Keyboard.PressAsync(by);
        }

        var incident = page.Locate("[data-incident=kill-member-1]");
        (await incident.InnerTextAsync()).Should().ContainAll("kill-member 1", "9.22 s", "detect and elect", "promote", "reroute", "postgres 4133", "pg-2 left recovery", "indeterminate");
        (await fault.GetAttributeAsync("aria-expanded")).Should().Be("true");
        (await page.AskAsync<string>("() => document.activeElement.id")).Should().Be("incident-title");
        (await PageChecks.ChartsDrawnAsync(page)).Should().BeEmpty();
        (await page.Locate("#incident .chart").CountAsync()).Should().Be(2);
        (await PageChecks.QuietAsync(page)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_click_on_a_shaded_fault_window_shows_its_incident_too()
    {
        await using var page = await browser.OpenAsync(File);
        var chart = page.Locate("#chart-throughput svg");
        await chart.ScrollIntoViewIfNeededAsync();
        var box = (await chart.BoundingBoxAsync())!;

        // From the right: the last window is a fault's, behind it is nothing.
        for (var x = box.Width - 25; x > 0 && await page.Locate("[data-incident]").CountAsync() == 0; x -= 5)
        {
            await page.Page.Mouse.ClickAsync((float)(box.X + x), (float)(box.Y + box.Height * 0.5));
        }

        (await page.Locate("[data-incident]").CountAsync()).Should().Be(1);
    }

    [Fact]
    public async Task Closing_an_incident_gives_the_focus_back()
    {
        await using var page = await browser.OpenAsync(File);
        await page.Locate("[data-fault=kill-postmaster-2]").ClickAsync();
        await page.Locate("#incident header button").ClickAsync();

        (await page.Locate("#incident").IsVisibleAsync()).Should().BeFalse();
        (await page.AskAsync<string>("() => document.activeElement.dataset.fault")).Should().Be("kill-postmaster-2");
    }

    [Fact]
    public async Task An_address_that_names_a_fault_opens_its_incident()
    {
        await using var page = await browser.OpenAsync(File, fragment: "incident-kill-postmaster-1");

        (await page.Locate("[data-incident=kill-postmaster-1]").IsVisibleAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task Promises_are_filtered_by_verdict_and_by_words()
    {
        await using var page = await browser.OpenAsync(PageSamples.BrokenPromise());
        await page.Locate("[data-verdict=broken]").ClickAsync();
        (await Shown(page)).Should().BeEquivalentTo("bench-latency-p99", "bench-error-ratio");

        await page.Locate("[data-verdict=all]").ClickAsync();
        await page.Locate("input[type=search]").FillAsync("acknowledged");
        (await Shown(page)).Should().Equal("acknowledged-writes-lost");
    }

    [Fact]
    public async Task Promises_that_hold_are_gathered_and_those_that_do_not_come_first_by_themselves()
    {
        await using var page = await browser.OpenAsync(PageSamples.BrokenPromise());
        (await Shown(page)).Should().Equal("bench-latency-p99", "bench-error-ratio", "acknowledged-writes-lost", "seed-content");

        await page.Locate("input[type=search]").FillAsync("loopback");
        (await Shown(page)).Should().Equal("loopback-only");
        await page.Locate("input[type=search]").FillAsync("");
        (await Shown(page)).Should().NotContain("loopback-only");

        await page.Locate("[data-group=Up] summary").First.ClickAsync();
        (await Shown(page)).Should().Contain("bring-up").And.Contain("loopback-only");
        (await PageChecks.AccessibleAsync(page)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_range_button_narrows_every_chart_over_time()
    {
        await using var page = await browser.OpenAsync(File);
        var before = await Axis(page);
        await page.Locate("[data-range=faults]").ClickAsync();

        (await Axis(page)).Should().NotBeEquivalentTo(before);
        (await PageChecks.ChartsDrawnAsync(page)).Should().BeEmpty();
        (await PageChecks.QuietAsync(page)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_data_table_holds_the_numbers_of_its_chart()
    {
        await using var page = await browser.OpenAsync(File);
        await page.Locate("figure:has(#chart-outages) summary").ClickAsync();

        // The browser tells of an opened table in its own time; the table is made then.
        await page.Locate("figure:has(#chart-outages) tbody tr").First.WaitForAsync();
        (await page.Locate("figure:has(#chart-outages) tbody tr").CountAsync()).Should().Be(2, "each kind is there once, with its worst");
        (await page.Locate("figure:has(#chart-outages) tbody tr").First.InnerTextAsync()).Should().Contain("kill-member 1").And.Contain("9.22 s");
    }

    private static Task<string[]> Shown(OpenedPage page) =>
        page.AskAsync<string[]>("() => [...document.querySelectorAll('[data-promise]')].filter(e => e.checkVisibility()).map(e => e.dataset.promise)");

    private static Task<string[]> Axis(OpenedPage page) =>
        page.AskAsync<string[]>("() => ['throughput', 'roles', 'lag'].map(id => [...document.querySelectorAll(`#chart-${id} text`)].map(t => t.textContent).join(' '))");
}
