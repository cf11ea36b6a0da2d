using Parceo.Access.Contracts;
using Parceo.Demo;

namespace Parceo.EndToEnd.Tests;

/// <summary>The product's main job, by the people who do it: a slot is offered, found, held, booked, given back, live on every page.</summary>
[TestFixture]
public sealed class RegulationJourneyTests : BrowserTest
{
    [TestCase(1440, ColorScheme.Light, "07:00")]
    [TestCase(1440, ColorScheme.Dark, "07:30", Category = "Long")]
    [TestCase(375, ColorScheme.Light, "08:00", Category = "Long")]
    [TestCase(375, ColorScheme.Dark, "08:30")]
    public async Task Nadia_books_what_doctor_Haddad_offers_and_all_see_it_live(int width, ColorScheme scheme, string start)
    {
        var variant = Variant(width, scheme);
        var haddad = await (await Desk(width, scheme)).NewPageAsync();
        var nadia = await (await Desk(width, scheme)).NewPageAsync();
        var viel = await (await Desk(width, scheme, signedIn: DemoCast.Viel)).NewPageAsync();

        // Dr Haddad offers two places tomorrow.
        await haddad.GotoAsync("/connexion");
        await Picture(haddad, $"connexion-{variant}");
        await Enter(haddad, DemoCast.Haddad);
        var offered = await Offer(haddad, start, places: 2, note: "Sonner à l’interphone");
        await Expect(offered).ToContainTextAsync("2 places libres");

        // Nadia notes the caller, types the place, finds him.
        await Enter(nadia, DemoCast.Prat);
        await nadia.GotoAsync("/soins-non-programmes");
        await Caller(nadia, $"57-{start}", 34);
        await Find(nadia, "Metz");
        var chip = Chip(nadia, start);
        await Expect(chip).ToContainTextAsync("2 pl.");
        await Expect(Haddad(nadia)).ToContainTextAsync("Sonner à l’interphone");
        await Picture(nadia, $"regulation-resultats-{variant}");

        // Another regulator looks at the same list.
        await viel.GotoAsync(new Uri(nadia.Url).PathAndQuery);
        await Expect(Chip(viel, start)).ToContainTextAsync("2 pl.");
        await Live(viel);
        await Live(haddad);
        var (vielStays, haddadStays, nadiaStays) = (await Stays(viel), await Stays(haddad), await Stays(nadia));

        // One act holds…
        await chip.ClickAsync();
        var hold = HoldBar(nadia);
        await Expect(hold).ToContainTextAsync("Bilal Haddad");
        await Expect(hold.GetByRole(AriaRole.Button, new() { Name = "Réserver" })).ToBeFocusedAsync();
        await Expect(Chip(viel, start)).ToContainTextAsync("1 pl.");
        await Expect(offered).ToContainTextAsync("1 en cours de réservation");
        await hold.GetByLabel("Nom du patient").FillAsync("Mme Test Vosges");
        await Picture(nadia, $"regulation-tenu-{variant}");

        // …one books.
        await hold.GetByRole(AriaRole.Button, new() { Name = "Réserver" }).ClickAsync();
        await Expect(Toast(nadia)).ToContainTextAsync("Réservé");
        await Toast(nadia).HoverAsync(); // it stays while it is pointed at, however long the others take
        var patient = haddad.Locator(".p-day li").Filter(new() { HasText = $"57-{start}" });
        await Expect(patient).ToContainTextAsync("Mme Test Vosges");
        await Expect(patient).ToContainTextAsync("Femme, 34 ans");
        await Expect(Chip(viel, start)).ToContainTextAsync("1 pl.");
        await Expect(nadia.Locator("#reservations")).ToContainTextAsync("Mme Test Vosges");
        await Picture(haddad, $"creneaux-{variant}", full: true);

        // Nobody can say who came before the hour.
        await Expect(patient).ToContainTextAsync("Réservé");
        await Expect(patient.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        // She takes it back: the place is free again, everywhere.
        await Toast(nadia).GetByRole(AriaRole.Button, new() { Name = "Annuler" }).ClickAsync();
        await Expect(Toast(nadia)).ToContainTextAsync("annulée");
        await Expect(Chip(viel, start)).ToContainTextAsync("2 pl.");
        await Expect(patient).ToHaveCountAsync(0);
        await Expect(offered).ToContainTextAsync("2 places libres");

        // Booked again, then cancelled from her list.
        await Caller(nadia, $"57-{start}-bis", 5);
        await Chip(nadia, start).ClickAsync();
        await hold.GetByRole(AriaRole.Button, new() { Name = "Réserver" }).ClickAsync();
        await Expect(Chip(viel, start)).ToContainTextAsync("1 pl.");
        await nadia.GetByRole(AriaRole.Button, new() { NameRegex = new($"Annuler.*dossier 57-{start}-bis") }).ClickAsync();
        await Expect(Toast(nadia)).ToContainTextAsync("annulée");
        await Expect(Chip(viel, start)).ToContainTextAsync("2 pl.");

        // He takes it off offer, and it leaves their list.
        await offered.GetByRole(AriaRole.Button, new() { Name = "Retirer" }).ClickAsync();
        await Expect(Toast(haddad)).ToContainTextAsync("retiré");
        await Expect(Chip(viel, start)).ToHaveCountAsync(0);

        await vielStays();
        await haddadStays();
        await nadiaStays();
    }
}
