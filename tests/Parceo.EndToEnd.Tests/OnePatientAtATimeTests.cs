using Parceo.Demo;

namespace Parceo.EndToEnd.Tests;

/// <summary>What the regulators' page says of a moment or a patient goes with them.</summary>
[TestFixture]
public sealed class OnePatientAtATimeTests : BrowserTest
{
    [Test]
    public async Task A_hold_that_ran_out_says_so_what_was_lost_goes_with_the_search_and_a_name_with_its_patient()
    {
        Allow("ERR_FAILED"); // what we keep from Nadia's page below
        var haddad = await PageOf(DemoCast.Haddad, "/soins-non-programmes/creneaux");
        var offered = await Offer(haddad, "11:40", places: 1);
        var desk = await Desk(signedIn: DemoCast.Prat);
        var nadia = await desk.NewPageAsync();
        await nadia.GotoAsync("/soins-non-programmes?lieuText=Metz&rayon=5");
        await Live(nadia);

        await Chip(nadia, "11:40").ClickAsync();
        var hold = HoldBar(nadia);
        var book = hold.GetByRole(AriaRole.Button, new() { Name = "Réserver" });
        await hold.GetByLabel("Nom du patient").FillAsync("Mme Attente");
        await Expect(book).ToBeVisibleAsync();
        // As if its three minutes were nearly out.
        await hold.Locator("parceo-countdown")
            .EvaluateAsync(
                "e => ['now', 'ends'].forEach((name, i) => e.setAttribute(name, new Date(Date.now() + 1500 * i).toISOString()))"
            );
        await Expect(hold).ToContainTextAsync("Ce créneau n’est plus tenu pour vous");
        await Expect(book).ToBeHiddenAsync();
        await Picture(nadia, "regulation-plus-tenu-bureau-clair");
        await hold.GetByRole(AriaRole.Button, new() { Name = "Tenir de nouveau" }).ClickAsync();
        await Expect(book).ToBeVisibleAsync();
        await Expect(hold.GetByLabel("Nom du patient")).ToHaveValueAsync("Mme Attente");
        await hold.GetByRole(AriaRole.Button, new() { Name = "Relâcher" }).ClickAsync();
        await Expect(hold).ToHaveCountAsync(0);

        // Withdrawn while her page hears nothing: she is offered others, until she searches anew.
        await desk.RouteAsync("**/*", route =>
            route.Request.Url.Contains("/hubs/", StringComparison.Ordinal) || route.Request.Headers.ContainsKey("x-parceo-fragment")
                ? route.AbortAsync()
                : route.ContinueAsync()
        );
        await offered.GetByRole(AriaRole.Button, new() { Name = "Retirer" }).ClickAsync();
        await Expect(Toast(haddad)).ToContainTextAsync("retiré");
        await Chip(nadia, "11:40").ClickAsync();
        var told = nadia.GetByRole(AriaRole.Alert).Filter(new() { HasText = "vient d’être retiré" });
        await Expect(told).ToBeVisibleAsync();
        await desk.UnrouteAllAsync();
        await nadia.GetByLabel("Rayon").SelectOptionAsync("10");
        await Expect(told).ToHaveCountAsync(0);

        // Searched by name for one patient: the next one is offered everybody.
        var rows = nadia.Locator(".p-results tbody tr");
        var name = (await rows.First.Locator(".p-who a.b").InnerTextAsync()).Split(' ', '\u00A0')[^1];
        await nadia.GetByLabel("Médecin").FillAsync(name);
        await nadia.WaitForURLAsync(url => url.Contains("medecin=", StringComparison.Ordinal));
        await rows.First.Locator("button[name=tenir]").First.ClickAsync();
        await Expect(book).ToBeVisibleAsync();
        await Caller(nadia, "57-2026-555001", 61);
        await book.ClickAsync();
        await Expect(Toast(nadia)).ToContainTextAsync("Réservé");
        await Expect(nadia.GetByLabel("Médecin")).ToHaveValueAsync("");
        await Expect(rows.Nth(3)).ToBeVisibleAsync();
    }
}
