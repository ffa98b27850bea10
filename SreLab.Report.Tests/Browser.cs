using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Playwright;
using SreLab.Fixtures.Processes;
using SreLab.Report.Tests;

[assembly: AssemblyFixture(typeof(Browser))]

namespace SreLab.Report.Tests;

/// <summary>One headless browser for all tests: the system's own, nothing is downloaded.</summary>
public sealed class Browser : IAsyncLifetime
{
    // Chrome counts as well: Ubuntu has no chromium package that runs without snap.
    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Path of the browser; null when there is none.</summary>
    internal static string? Program { get; } = Find(Environment.GetEnvironmentVariable("PATH") ?? "");

    public async ValueTask InitializeAsync()
    {
        if (Program is null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();

        // Chromium's sandbox refuses to run as root; anybody else keeps it.
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Headless = true,
            ChromiumSandbox = !Environment.IsPrivilegedProcess,
            Args = ["--disable-dev-shm-usage"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Opens a file and waits until it has loaded; without a browser the test is skipped, which is a failure in CI.</summary>
    /// <param name="file">An HTML document.</param>
    /// <param name="width">Width of the window in pixels.</param>
    /// <param name="colours">What the system prefers.</param>
    /// <param name="fragment">What follows the <c>#</c> of the address.</param>
    internal async Task<OpenedPage> OpenAsync(string file, int width = 1280, ColorScheme colours = ColorScheme.Light, string fragment = "")
    {
        Assert.SkipWhen(_browser is null, "no chromium on this machine; install it with: scripts/install-deps --browser");
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = colours,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return await OpenedPage.LoadAsync(context, new UriBuilder(new Uri(file)) { Fragment = fragment }.Uri);
    }

    internal static string? Find(string path) => Programs
        .SelectMany(name => path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)))
        .Where(File.Exists)
        .FirstOrDefault(Runs);

    // Ubuntu's chromium-browser without its snap is a script that only says so: a program counts when it tells its version.
    private static bool Runs(string program)
    {
        try
        {
            var start = ChosenEnvironment.Start(program, ["--version"]);
            (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
            using var started = Process.Start(start);
            return started is not null && started.WaitForExit(TimeSpan.FromMinutes(1)) && started.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
