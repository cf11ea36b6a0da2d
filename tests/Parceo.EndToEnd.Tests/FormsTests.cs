using System.Text.Json;
using Parceo.Demo;
using Parceo.Platform.Data;
using Parceo.Platform.Web;
using Parceo.Testing;

namespace Parceo.EndToEnd.Tests;

/// <summary>
/// Every form of every page, posted as a browser does, by somebody of the demonstration world who may open the page. In a
/// world of its own, since this withdraws, closes and publishes whatever a page offers.
/// </summary>
[TestFixture, Parallelizable(ParallelScope.Self)]
public sealed class FormsTests : BrowserTest
{
    // Ends the session, or moves it to another organisation; their own tests post them.
    private static readonly string[] Others = ["/deconnexion", "/organisation"];

    private static readonly Dictionary<Guid, string> states = [];
    private static ParceoHost world = null!;

    private static IEnumerable<string> Patterns => AccessibilityTests.Rows.Keys;

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
    public Task End() => world.DisposeAsync().AsTask();

    [TestCaseSource(nameof(Patterns))]
    public async Task Every_form_can_be_posted(string pattern)
    {
        var who = AccessibilityTests.Rows[pattern].Who;
        await using var desk = await Site.Browser.NewContextAsync(
            new()
            {
                BaseURL = world.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
                Locale = "fr-FR",
                StorageState = who is null ? null : states.GetValueOrDefault(who.Id),
            }
        );
        desk.SetDefaultTimeout(30_000);
        var page = await desk.NewPageAsync();
        await Enter(page, who, pattern);
        var wrong = new List<string>();
        foreach (var way in await Ways(page))
        {
            await Enter(page, who, pattern); // the form before may have ended the session
            if (who is not null && await Post(page, way, drawnForAnother: true) is not (0 or 409) and var taken)
                wrong.Add($"{way}: {taken} for another organisation");
            var status = await Post(page, way);
            if (status is 400 or 405 or 415 or >= 500)
                wrong.Add($"{way}: {status}");
        }
        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
    }

    /// <summary>Opens the page; signs in first where there is no session, and keeps it for the next page of this person.</summary>
    private static async Task Enter(IPage page, CastMember? who, string pattern)
    {
        var known = who is null || (await page.Context.CookiesAsync()).Count > 0;
        if (known)
            await AccessibilityTests.Open(page, pattern);
        if (who is null || (known && !page.Url.Contains("/connexion", StringComparison.Ordinal)))
            return;
        await Enter(page, who);
        states[who.Id] = await page.Context.StorageStateAsync();
        await AccessibilityTests.Open(page, pattern);
    }

    /// <summary>« form button » of all that the page's own forms can be sent with, once per name of a button.</summary>
    private static async Task<IReadOnlyList<string>> Ways(IPage page) =>
        (await page.EvaluateAsync<string[]>(Script + "return [...new Set(ways().map(w => w.key))]; }"))
            .Where(w => !Others.Any(o => w.StartsWith(o, StringComparison.Ordinal)))
            .ToList();

    /// <summary>
    /// Its answer; 0 when the page offers it no more. 400 when the page did not know a form that it had just shown: people are
    /// told that the page had changed, which is not so.
    /// </summary>
    private static Task<int> Post(IPage page, string way, bool drawnForAnother = false) =>
        page.EvaluateAsync<int>(
            Script
                + $$"""
                    const way = ways().find(w => w.key === {{JsonSerializer.Serialize(way)}});
                    if (!way) return 0;
                    const data = new FormData(way.form, way.button);
                    if ({{(drawnForAnother ? "true" : "false")}}) data.set('{{PageOrganisation.Field}}', '{{Guid.CreateVersion7()}}');
                    const plain = way.form.enctype !== 'multipart/form-data' && !way.form.matches('[data-soft]');
                    const answer = await fetch(way.action, { method: 'POST', body: plain ? new URLSearchParams(data) : data });
                    return new URL(answer.url).searchParams.get('depuis') === 'changee' ? 400 : answer.status;
                }
                """
        );

    private const string Script = """
        async () => {
            const ways = () => [...document.querySelectorAll('main form')].filter(f => f.method === 'post').flatMap(form => {
                const buttons = [...document.querySelectorAll('button, input[type=submit]')].filter(b => b.form === form && b.type === 'submit' && !b.disabled);
                return (buttons.length ? buttons : [null]).map(button => {
                    const action = button?.getAttribute('formaction') ?? form.getAttribute('action') ?? location.href;
                    const handler = form.querySelector('[name=_handler]')?.value ?? '';
                    return { form, button, action, key: `${new URL(action, location.href).pathname} ${handler.replace(/[0-9a-f]{32}/, '…')} ${button?.name ?? ''}` };
                });
            });

        """;
}
