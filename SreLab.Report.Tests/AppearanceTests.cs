using FluentAssertions;
using Microsoft.Playwright;

namespace SreLab.Report.Tests;

/// <summary>Who reads the page, and on what: a phone, the dark, a screen reader.</summary>
public sealed class AppearanceTests(Browser browser)
{
    private static readonly string File = PageSamples.Complete();

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task It_fits_the_window_and_keeps_the_rules_of_accessibility(int width, ColorScheme colours)
    {
        await using var page = await browser.OpenAsync(File, width, colours);
        await page.Locate("[data-fault=kill-member-1]").ClickAsync();
        await page.Locate("figure:has(#chart-outages) summary").ClickAsync();
        await page.Locate("[data-group] summary").First.ClickAsync();
        await page.Locate("[data-group] [data-promise] summary").First.ClickAsync();

        (await PageChecks.FitsAsync(page)).Should().BeEmpty();
        (await PageChecks.ChartsDrawnAsync(page)).Should().BeEmpty();
        (await PageChecks.AccessibleAsync(page)).Should().BeEmpty();
        await page.PictureAsync(FormattableString.Invariant($"{(width < 500 ? "phone" : "desktop")}-{colours.ToString().ToLowerInvariant()}"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_system_decides_the_colours_and_the_button_changes_them(ColorScheme system)
    {
        await using var page = await browser.OpenAsync(File, colours: system);
        var before = await LookAsync(page);
        await page.Locate("button.theme").ClickAsync();
        var after = await LookAsync(page);

        before.IsDark.Should().Be(system == ColorScheme.Dark);
        after.IsDark.Should().Be(!before.IsDark);
        after.Charts.Should().NotBe(before.Charts, "charts take the new colours too");
        after.Pressed.Should().Be(after.IsDark ? "true" : "false");
        (await PageChecks.QuietAsync(page)).Should().BeEmpty();
    }

    [Fact]
    public async Task Every_control_is_reached_with_the_tab_key_and_shows_its_focus()
    {
        await using var page = await browser.OpenAsync(File);
        HashSet<string> reached = [];
        for (var i = 0; i < 120; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            var seen = await page.AskAsync<string>(
                "() => { const e = document.activeElement; return e === document.body ? '' : `${e.dataset.fault ?? e.dataset.verdict ?? e.dataset.range ?? e.className}|${getComputedStyle(e).outlineStyle}`; }");
            if (seen.Length > 0)
            {
                seen.Should().EndWith("|solid", "focus must be visible");
                reached.Add(seen.Split('|')[0]);
            }
        }

        reached.Should().Contain(["skip", "theme", "kill-member-1", "kill-postmaster-1", "kill-postmaster-2", "broken", "unknown", "holds", "whole run", "faults"]);
    }

    [Fact]
    public async Task Nothing_moves_for_who_prefers_less_motion()
    {
        await using var page = await browser.OpenAsync(File);
        await page.Locate("[data-fault=kill-member-1]").ClickAsync();

        (await page.AskAsync<int>("() => document.getAnimations().length")).Should().Be(0);
        (await page.AskAsync<string>("() => getComputedStyle(document.documentElement).scrollBehavior")).Should().Be("auto");
    }

    private static async Task<(bool IsDark, string Charts, string? Pressed)> LookAsync(OpenedPage page)
    {
        var light = await page.AskAsync<int>("() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0)");
        var charts = await page.AskAsync<string>("() => [...document.querySelectorAll('#chart-throughput path')].map(p => p.getAttribute('stroke')).join()");
        return (light < 380, charts, await page.Locate("button.theme").GetAttributeAsync("aria-pressed"));
    }
}
