using Microsoft.Playwright;
using SreLab.Fixtures.Tests.Conventions;

namespace SreLab.Report.Tests;

/// <summary>A page in the browser with everything that it complained about and asked for.</summary>
internal sealed class OpenedPage : IAsyncDisposable
{
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];
    private readonly IBrowserContext _context;

    private OpenedPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add($"console {message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _complaints.Add($"uncaught: {error}");
        page.Dialog += (_, dialog) => _complaints.Add($"dialog: {dialog.Message}");
        page.Request += (_, request) => _requests.Add(request.Url);
    }

    internal IPage Page { get; }

    /// <summary>Errors and warnings of the console, uncaught errors, dialogs.</summary>
    internal IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Everything that was asked for beyond the document itself.</summary>
    internal IReadOnlyList<string> Requests => [.. _requests.Skip(1)];

    internal static async Task<OpenedPage> LoadAsync(IBrowserContext context, Uri address)
    {
        var opened = new OpenedPage(context, await context.NewPageAsync());
        opened.Page.SetDefaultTimeout(60_000);
        await opened.Page.GotoAsync(address.AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        return opened;
    }

    internal ILocator Locate(string selector) => Page.Locator(selector);

    internal Task<T> AskAsync<T>(string script) => Page.EvaluateAsync<T>(script);

    /// <summary>Keeps a picture in <c>artifacts/report-page/</c>.</summary>
    internal Task PictureAsync(string name) =>
        Page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.PathOf($"artifacts/report-page/{name}.png"), FullPage = true });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
