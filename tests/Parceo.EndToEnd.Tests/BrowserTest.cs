using System.Collections.Concurrent;
using System.Globalization;
using NUnit.Framework.Interfaces;
using Parceo.Access.Contracts;
using Parceo.Demo;

namespace Parceo.EndToEnd.Tests;

/// <summary>
/// A test in the browser. Whatever it does, pages may write no error to the console, break no content policy and ask
/// nothing of another site; <see cref="Allow"/> names what a test provokes on purpose.
/// </summary>
[Category("Browser")]
public abstract class BrowserTest
{
    private static readonly ConcurrentDictionary<Guid, string> SignedIn = [];
    private readonly List<IBrowserContext> contexts = [];
    private readonly ConcurrentQueue<string> problems = [];
    private readonly List<string> allowed = [];

    [TearDown]
    public async Task CloseAll()
    {
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
            await PictureOfFailure();
        foreach (var context in contexts)
            await context.CloseAsync();
        contexts.Clear();
        var seen = problems.Where(p => !allowed.Exists(a => p.Contains(a, StringComparison.Ordinal))).Distinct().ToList();
        problems.Clear();
        allowed.Clear();
        Assert.That(seen, Is.Empty, "Pages reported problems.");
    }

    /// <summary>Problems that hold this text are part of the test.</summary>
    protected void Allow(string text) => allowed.Add(text);

    /// <summary>Another browser profile: another person at another desk.</summary>
    protected async Task<IBrowserContext> Desk(
        int width = 1440,
        ColorScheme scheme = ColorScheme.Light,
        bool scripts = true,
        CastMember? signedIn = null,
        IBrowser? browser = null
    )
    {
        var context = await (browser ?? Site.Browser).NewContextAsync(
            new()
            {
                BaseURL = Site.Url,
                ViewportSize = new() { Width = width, Height = width < 768 ? 812 : 900 },
                ColorScheme = scheme,
                JavaScriptEnabled = scripts,
                HasTouch = width < 768,
                Locale = "fr-FR",
                TimezoneId = "Europe/Paris",
                ReducedMotion = ReducedMotion.Reduce,
                StorageState = signedIn is null ? null : await StateOf(signedIn),
            }
        );
        contexts.Add(context);
        context.SetDefaultTimeout(30_000);
        context.Request += (_, request) =>
        {
            if (
                !request.Url.StartsWith(Site.Url + "/", StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal)
            )
                problems.Enqueue($"Asked another site: {request.Url}");
            // A page acts for the organisation it was drawn for: its scripts ask by « ask » of session.ts alone.
            // A service worker has no page: it reads what awaits the person, wherever they work.
            var byWorker = request.Url.Contains("/notices?waiting=true", StringComparison.Ordinal);
            if (
                request.ResourceType is "fetch" or "xhr"
                && !byWorker
                && request.RedirectedFrom is null
                && !request.Headers.ContainsKey("x-parceo")
            )
                problems.Enqueue($"Asked without the page's organisation: {request.Url}");
        };
        context.Console += (_, message) =>
        {
            // Chromium's own remark on a stylesheet it does not keep (Development).
            if (message.Type == "error" && !message.Text.Contains("ViewTransition", StringComparison.Ordinal))
                problems.Enqueue($"{message.Text} ({message.Location})");
        };
        context.WebError += (_, error) =>
        {
            if (!error.Error.Contains("ViewTransition", StringComparison.Ordinal))
                problems.Enqueue(error.Error);
        };
        return context;
    }

    /// <summary>A page of somebody already signed in, for tests of something else than signing in.</summary>
    protected async Task<IPage> PageOf(CastMember who, string path, int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await (await Desk(width, scheme, signedIn: who)).NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>Signs in with one click on the sign-in page, as people try the demonstration.</summary>
    protected static async Task Enter(IPage page, CastMember who)
    {
        await page.GotoAsync("/connexion");
        await page.GetByRole(AriaRole.Button, new() { Name = who.FullName.Replace('\u00A0', ' ') }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/connexion", StringComparison.Ordinal));
    }

    /// <summary>Fails when the page was loaded anew since: soft acts and live changes keep it.</summary>
    protected static async Task<Func<Task>> Stays(IPage page)
    {
        var origin = await page.EvaluateAsync<double>("performance.timeOrigin");
        return async () =>
            Assert.That(await page.EvaluateAsync<double>("performance.timeOrigin"), Is.EqualTo(origin), "The page was loaded anew.");
    }

    /// <summary>A picture kept as build output.</summary>
    protected static Task Picture(IPage page, string name, bool full = false) =>
        page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(Folder("screenshots"), name + ".png"),
                FullPage = full,
                Animations = ScreenshotAnimations.Disabled,
            }
        );

    /// <summary>« bureau-clair », « telephone-sombre ».</summary>
    protected static string Variant(int width, ColorScheme scheme) =>
        $"{(width < 768 ? "telephone" : "bureau")}-{(scheme == ColorScheme.Dark ? "sombre" : "clair")}";

    /// <summary>A day of the local calendar, from today.</summary>
    protected static DateOnly Day(int fromToday) =>
        DateOnly
            .FromDateTime(
                TimeZoneInfo.ConvertTime(Site.Host.Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).DateTime
            )
            .AddDays(fromToday);

    /// <summary>« 2026-11-23 »</summary>
    protected static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Folder(string name) => System.IO.Directory.CreateDirectory(Path.Combine(Site.Root, "artifacts", name)).FullName;

    private async Task<string> StateOf(CastMember who)
    {
        if (SignedIn.TryGetValue(who.Id, out var state))
            return state;
        var context = await Desk();
        var page = await context.NewPageAsync();
        await Enter(page, who);
        state = SignedIn[who.Id] = await context.StorageStateAsync();
        await page.CloseAsync();
        return state;
    }

    private async Task PictureOfFailure()
    {
        var name = string.Concat(TestContext.CurrentContext.Test.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        foreach (var (page, i) in contexts.SelectMany(c => c.Pages).Select((p, i) => (p, i)))
        {
            try
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(Folder("failures"), $"{name}-{i}.png"), FullPage = true });
                await File.WriteAllTextAsync(Path.Combine(Folder("failures"), $"{name}-{i}.html"), await page.ContentAsync());
            }
            catch (PlaywrightException)
            { /* the page is gone; the failure itself tells more */
            }
        }
    }
}
