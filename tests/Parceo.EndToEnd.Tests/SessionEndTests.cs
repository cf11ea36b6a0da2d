using System.Text.RegularExpressions;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Platform.Web;
using static Parceo.EndToEnd.Tests.ChatActs;

namespace Parceo.EndToEnd.Tests;

/// <summary>A session that ended says so, takes what was on screen away, and gives its writer back what was not sent (S8, S29, S77).</summary>
[TestFixture]
public sealed class SessionEndTests : BrowserTest
{
    private const string Words = "Kaliémie 6,8 chez Mme Bayer",
        Ended = "Session terminée";

    /// <summary>Sessions end under open pages here: their connections are refused, and the browser says so.</summary>
    [SetUp]
    public void RefusalsAreMeant()
    {
        Allow("no valid credentials");
        Allow("401");
    }

    [Test]
    public async Task An_unsent_message_lies_sealed_and_comes_back_to_its_writer_alone()
    {
        Allow("401");
        Allow("ERR_FAILED"); // drafts that are kept from the server below
        var karim = await PageOf(DemoCast.Sellami, "/messages/nouveau");
        var path = await BeginGroup(karim, "Résultats du soir", "Elsa Faure", "Farid Zemmour");

        var desk = await Desk();
        var elsa = await desk.NewPageAsync();
        await Enter(elsa, DemoCast.Faure);
        await desk.RouteAsync("**/draft", route => route.AbortAsync()); // it is the browser that keeps it
        await elsa.GotoAsync(path);
        await Live(elsa);
        await elsa.Locator("#message").PressSequentiallyAsync(Words);
        await elsa.WaitForFunctionAsync("Object.keys(localStorage).some(k => k.includes('draft:'))");
        await elsa.ReloadAsync();
        await Expect(elsa.Locator("#message")).ToHaveValueAsync(Words);
        await Live(elsa);
        Assert.That(await Readable(elsa), Is.False, "in clear in the browser");

        await End(elsa);
        await elsa.Locator("#message").PressSequentiallyAsync(", "); // the next sign of life is refused
        await IsOver(elsa);
        Assert.That(await Readable(elsa), Is.False, "in clear after the end");

        // The next one at this desk.
        var next = await desk.NewPageAsync();
        await Enter(next, DemoCast.Sellami);
        await next.GotoAsync(path);
        await Live(next);
        await Expect(next.Locator("#message")).ToHaveValueAsync("");
        Assert.That(await Readable(next), Is.False, "to another person");
        await End(next);
        await next.CloseAsync();

        await Enter(elsa, DemoCast.Faure);
        await elsa.GotoAsync(path);
        await Expect(elsa.Locator("#message")).ToHaveValueAsync(new Regex("^" + Regex.Escape(Words)));
    }

    [Test]
    public async Task A_page_left_open_ends_with_its_session_and_its_form_comes_back()
    {
        Allow("401");
        var desk = await Desk();
        var roche = await desk.NewPageAsync();
        await Enter(roche, DemoCast.Roche);
        await roche.GotoAsync("/soins-non-programmes/creneaux");
        await Live(roche);
        await roche.GetByLabel("Note aux régulateurs").FillAsync("Fauteuil roulant possible");
        await End(roche);

        // Nobody touches it: the connection is cut within 20 seconds, and coming back is refused.
        await IsOver(roche, 60_000);
        await Expect(roche.GetByText("Hors ligne")).ToHaveCountAsync(0);
        Assert.That(await Readable(roche, "Fauteuil roulant"), Is.False);

        await roche.GetByRole(AriaRole.Button, new() { Name = DemoCast.Roche.FullName.Replace('\u00A0', ' ') }).ClickAsync();
        await roche.WaitForURLAsync(url => url.EndsWith("/soins-non-programmes/creneaux", StringComparison.Ordinal));
        await Expect(roche.GetByLabel("Note aux régulateurs")).ToHaveValueAsync("Fauteuil roulant possible");
        await Expect(Toast(roche)).ToContainTextAsync("Ce que vous aviez saisi");
    }

    [Test]
    public async Task A_form_posted_without_scripts_after_the_end_comes_back_to_its_writer_alone()
    {
        var desk = await Site.Browser.NewContextAsync(
            new()
            {
                BaseURL = Site.Url,
                Locale = "fr-FR",
                JavaScriptEnabled = false,
            }
        );
        await using var _ = desk;
        var page = await desk.NewPageAsync();
        await page.GotoAsync("/soins-non-programmes/creneaux");
        await page.GetByRole(AriaRole.Button, new() { Name = DemoCast.Weber.FullName.Replace('\u00A0', ' ') }).ClickAsync();
        await page.GotoAsync("/soins-non-programmes/creneaux");
        await page.GetByLabel("Note aux régulateurs").FillAsync("Fauteuil roulant possible");
        await End(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Publier pour le SAS" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/connexion\\?fin=session&retour=%2Freprendre$"));
        Assert.That(await page.ContentAsync(), Does.Not.Contain("Fauteuil"));

        // The next one at this desk sees nothing of it.
        await page.GetByRole(AriaRole.Button, new() { Name = DemoCast.Noel.FullName.Replace('\u00A0', ' ') }).ClickAsync();
        await Expect(page.GetByText("Rien à reprendre")).ToBeVisibleAsync();
        await End(page);

        await page.GotoAsync("/reprendre");
        await page.GetByRole(AriaRole.Button, new() { Name = DemoCast.Weber.FullName.Replace('\u00A0', ' ') }).ClickAsync();
        await Expect(page.GetByText("Fauteuil roulant possible")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/soins-non-programmes/creneaux"));
        await Expect(page.GetByText("Publié.")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Another_person_who_signs_in_beside_it_ends_a_page()
    {
        var desk = await Desk();
        var first = await desk.NewPageAsync();
        await Enter(first, DemoCast.Weber);
        await first.GotoAsync("/soins-non-programmes/creneaux");
        await Live(first);
        // The other tab forgets the session without ending it, so that only the sign-in can tell the first one.
        await desk.ClearCookiesAsync(new() { NameRegex = new Regex("^(__Host-)?parceo$") });
        var second = await desk.NewPageAsync();
        await Enter(second, DemoCast.Petit);
        await IsOver(first);
    }

    [Test]
    public async Task A_page_asked_for_after_the_end_says_so_too()
    {
        var desk = await Desk();
        var page = await desk.NewPageAsync();
        await page.GotoAsync("/annuaire");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Se connecter" })).ToBeVisibleAsync();
        await Enter(page, DemoCast.Noel);
        await End(page);
        await page.GotoAsync("/annuaire");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = Ended })).ToBeVisibleAsync();
    }

    private static async Task IsOver(IPage page, float within = 25_000)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = Ended })).ToBeVisibleAsync(new() { Timeout = within });
        await page.WaitForURLAsync(new Regex("/connexion\\?fin=session"));
        await Expect(page.Locator(".p-shell")).ToHaveCountAsync(0);
    }

    /// <summary>Ends the session on the server, as its owner does from another device.</summary>
    private static async Task End(IPage page)
    {
        var sessions = await (await page.APIRequest.GetAsync("/api/access/sessions")).JsonAsync();
        var current = sessions!
            .Value.GetProperty("sessions")
            .EnumerateArray()
            .Single(s => s.GetProperty("isCurrent").GetBoolean())
            .GetProperty("id")
            .GetString();
        var me = await (await page.APIRequest.GetAsync("/api/access/me")).JsonAsync();
        var organisation = me!.Value.GetProperty("organisation").GetProperty("id").GetString()!;
        var answer = await page.APIRequest.PostAsync(
            $"/api/access/sessions/{current}/end",
            new() { Headers = new Dictionary<string, string> { [PageOrganisation.Header] = organisation } }
        );
        Assert.That(answer.Ok, Is.True, await answer.TextAsync());
    }

    /// <summary>Whether somebody who looks at the page or into the browser's storage reads the words.</summary>
    private static Task<bool> Readable(IPage page, string words = "Bayer") =>
        page.EvaluateAsync<bool>(
            """
            words => {
                const open = v => { try { return atob(v); } catch { return ''; } };
                const stored = [...Object.entries(localStorage), ...Object.entries(sessionStorage)].flat();
                return [...stored, ...stored.map(open), location.pathname.startsWith('/connexion') ? document.documentElement.outerHTML : ''].some(t => t.includes(words));
            }
            """,
            words
        );
}
