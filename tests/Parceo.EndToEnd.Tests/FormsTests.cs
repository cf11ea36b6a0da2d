using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Platform.Data;
using Parceo.Platform.Web;
using Parceo.Testing;

namespace Parceo.EndToEnd.Tests;

/// <summary>
/// Every form of every page, posted as a browser without scripts does, by somebody of the demonstration world who may open
/// the page. In a world of its own, since this withdraws, closes and publishes whatever a page offers.
/// </summary>
[TestFixture, Category("Browser"), Parallelizable(ParallelScope.Self)]
public sealed partial class FormsTests
{
    // Ends the session, or moves it to another organisation; their own tests post them.
    private static readonly string[] Others = ["/deconnexion", "/organisation"];

    private static readonly Dictionary<Guid, Visitor> visitors = [];
    private static ParceoHost world = null!;

    private static IEnumerable<string> Patterns => PagesTests.Rows.Keys;

    [OneTimeSetUp]
    public async Task Begin() =>
        world = await ParceoHost.Start(
            Engine.Sqlite,
            demo: true,
            new Dictionary<string, string?> { ["Access:SignInsPerMinute"] = "10000" },
            at: Site.Host.Clock.GetUtcNow(),
            jobs: true
        );

    [OneTimeTearDown]
    public async Task End()
    {
        foreach (var visitor in visitors.Values)
            visitor.Dispose();
        visitors.Clear();
        await world.DisposeAsync();
    }

    [TestCaseSource(nameof(Patterns))]
    public async Task Every_form_can_be_posted(string pattern)
    {
        var who = PagesTests.Rows[pattern].Who;
        var wrong = new List<string>();
        foreach (var key in Ways(await Open(who, pattern)).Select(w => w.Key).Distinct().ToList())
        {
            if (who is not null && await Post(drawnForAnother: true) is { } taken && taken != 409)
                wrong.Add($"{key}: {taken} for another organisation");
            if (await Post() is (400 or 405 or 415 or >= 500) and var status)
                wrong.Add($"{key}: {status}");

            // On the page as it is now, since what was posted before may have ended the session; null when the form is offered no more.
            async Task<int?> Post(bool drawnForAnother = false)
            {
                var page = await Open(who, pattern);
                return Ways(page).FirstOrDefault(w => w.Key == key) is { Form: { } form } way
                    ? await VisitorFor(who).Post(form, way.Button, drawnForAnother)
                    : null;
            }
        }
        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
    }

    private static Visitor VisitorFor(CastMember? who)
    {
        if (!visitors.TryGetValue(who?.Id ?? Guid.Empty, out var visitor))
            visitors[who?.Id ?? Guid.Empty] = visitor = new(world);
        return visitor;
    }

    /// <summary>The page, signed in first where there is no session.</summary>
    private static async Task<IHtmlDocument> Open(CastMember? who, string pattern)
    {
        var visitor = VisitorFor(who);
        var (path, link) = PagesTests.AddressOf(pattern);
        var page = await visitor.Get(path);
        if (who is not null && page.Location.PathName == "/connexion")
        {
            await visitor.Enter(who);
            page = await visitor.Get(path);
        }
        return link is null ? page : await visitor.Get(((IHtmlAnchorElement)page.QuerySelector(link)!).Href);
    }

    /// <summary>All that the page's own forms can be sent with, once per name of a button.</summary>
    private static IEnumerable<(string Key, IHtmlFormElement Form, IHtmlElement? Button)> Ways(IHtmlDocument page) =>
        from form in page.QuerySelectorAll<IHtmlFormElement>("main form")
        where form.Method == "post"
        let buttons = page.QuerySelectorAll<IHtmlElement>("button, input[type=submit]")
            .Where(b =>
                b is IHtmlButtonElement { Type: "submit", IsDisabled: false } button && button.Form == form
                || b is IHtmlInputElement { IsDisabled: false } input && input.Form == form
            )
            .DefaultIfEmpty()
        from button in buttons
        let action = new Uri(new Uri(page.Url), button?.GetAttribute("formaction") ?? form.GetAttribute("action") ?? page.Url).AbsolutePath
        where !Others.Any(o => action.StartsWith(o, StringComparison.Ordinal))
        let handler = Identifier().Replace(form.QuerySelector<IHtmlInputElement>("[name=_handler]")?.Value ?? "", "…")
        select ($"{action} {handler} {button?.GetAttribute("name")}", form, button);

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Identifier();

    /// <summary>The browser without a screen, which reads its pages and follows where it is led.</summary>
    private sealed class Visitor(ParceoHost host) : IDisposable
    {
        private readonly Browser browser = new(host);
        private readonly IBrowsingContext pages = BrowsingContext.New();

        public async Task Enter(CastMember who)
        {
            var page = await Get("/connexion");
            var button = page.QuerySelectorAll<IHtmlButtonElement>("button")
                .Single(b => b.TextContent.Contains(who.FullName, StringComparison.Ordinal));
            await Post(button.Form!, button);
        }

        public async Task<IHtmlDocument> Get(string address)
        {
            using var answer = await Follow(new(HttpMethod.Get, address));
            var html = await answer.Content.ReadAsStringAsync();
            return (IHtmlDocument)await pages.OpenAsync(r => r.Content(html).Address(answer.RequestMessage!.RequestUri!.AbsoluteUri));
        }

        /// <summary>
        /// Its answer. 400 when the page did not know a form that it had just shown: people are told that the page had changed,
        /// which is not so.
        /// </summary>
        public async Task<int> Post(IHtmlFormElement form, IHtmlElement? button, bool drawnForAnother = false)
        {
            if (drawnForAnother)
                form.QuerySelector<IHtmlInputElement>($"[name={PageOrganisation.Field}]")!.Value = $"{Guid.CreateVersion7()}";
            form.NoValidate = true; // what people may send must be answered, filled in or not
            var sent = button is null ? form.GetSubmission()! : form.GetSubmission(button)!;
            var request = new HttpRequestMessage(HttpMethod.Post, sent.Target.Href) { Content = new StreamContent(sent.Body) };
            request.Content.Headers.Add("Content-Type", sent.MimeType);
            request.Headers.Add("Origin", host.Url);
            using var answer = await Follow(request);
            return answer.RequestMessage!.RequestUri!.Query.Contains("depuis=changee", StringComparison.Ordinal)
                ? 400
                : (int)answer.StatusCode;
        }

        public void Dispose()
        {
            browser.Dispose();
            pages.Dispose();
        }

        private async Task<HttpResponseMessage> Follow(HttpRequestMessage request)
        {
            var answer = await browser.Send(request);
            while (answer.Headers.Location is { } there)
            {
                var from = answer.RequestMessage!.RequestUri!;
                answer.Dispose();
                answer = await browser.Send(new(HttpMethod.Get, new Uri(from, there)));
            }
            return answer;
        }
    }
}
