using System.Text.RegularExpressions;
using Parceo.Demo;

namespace Parceo.EndToEnd.Tests;

/// <summary>The first day of a community, from the link that the server prints to the first booking, with the mouse and without mail.</summary>
[TestFixture]
public sealed class FirstDayJourneyTests : BrowserTest
{
    private const string Password = "une phrase que je retiens bien";

    [Test]
    public async Task From_the_first_link_to_the_first_booking()
    {
        var zoe = await (await Desk()).NewPageAsync();
        await Newcomer.Accept(zoe, await Newcomer.Invitation("zoe.premiere@exemple.fr", "Zoé Première", "CPTS de la Seille"), Password);
        await Newcomer.Enrol(zoe);

        await zoe.GotoAsync("/administration");
        await Expect(zoe.GetByRole(AriaRole.Heading, new() { Name = "Mise en route de CPTS de la Seille" })).ToBeVisibleAsync();
        await Expect(zoe.GetByText("À faire", new() { Exact = true })).ToHaveCountAsync(6);
        await Picture(zoe, "mise-en-route", full: true);

        // The coordination, which nobody else could give.
        await zoe.GetByRole(AriaRole.Button, new() { Name = "Prendre la coordination" }).ClickAsync();
        await Expect(Acts.Toast(zoe)).ToContainTextAsync("Vous coordonnez aussi");

        // The territory, by the names of its communes.
        await zoe.GetByRole(AriaRole.Link, new() { Name = "Choisir les communes" }).ClickAsync();
        await zoe.GetByRole(AriaRole.Link, new() { Name = "CPTS de la Seille" }).ClickAsync();
        await zoe.GetByLabel("Communes", new() { Exact = false }).First.FillAsync("Metz\nNulle-Part");
        await zoe.GetByRole(AriaRole.Button, new() { Name = "Garder ce territoire" }).ClickAsync();
        await Expect(zoe.GetByRole(AriaRole.Alert).First).ToContainTextAsync("« Nulle-Part » : aucune commune de ce nom");
        await zoe.GetByLabel("Communes", new() { Exact = false }).First.FillAsync("Metz");
        await zoe.GetByRole(AriaRole.Button, new() { Name = "Garder ce territoire" }).ClickAsync();
        await Expect(Acts.Toast(zoe)).ToContainTextAsync("Territoire gardé");
        await Expect(zoe.Locator("textarea")).ToHaveValueAsync("Metz (57463)");

        // Invitations: a list, one of it twice; no mail leaves, so there are letters.
        await zoe.GotoAsync("/administration/invitations");
        await zoe.GetByLabel("Personnes à inviter")
            .FillAsync(
                "numero.unique@exemple.fr ; Noé Unique ; Numéro unique\nada.secretaire@exemple.fr ; Ada Secrétaire ; secrétariat\nada.secretaire@exemple.fr ; Ada Secrétaire"
            );
        await zoe.GetByRole(AriaRole.Button, new() { Name = "Inviter", Exact = true }).ClickAsync();
        await Expect(zoe.GetByRole(AriaRole.Heading, new() { Name = "2 lettres à remettre" })).ToBeVisibleAsync();
        await Expect(zoe.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Une invitation attend déjà");
        await Picture(zoe, "invitations", full: true);
        var link = new Uri(
            await zoe.Locator("#h-lettres").Locator("xpath=ancestor::section").Locator("code").First.InnerTextAsync()
        ).AbsolutePath;

        // Who is invited has one page and one password.
        var noe = await (await Desk()).NewPageAsync();
        await Newcomer.Accept(noe, link, Password);
        await Newcomer.Enrol(noe);

        // Slots of the territory are there, and one of them is booked.
        await noe.GotoAsync("/soins-non-programmes?lieuText=Metz&rayon=5");
        await Acts.Live(noe);
        await noe.Locator(".p-results .p-slots button:not([disabled])").First.ClickAsync();
        await Expect(Acts.HoldBar(noe)).ToBeVisibleAsync();
        await Acts.Caller(noe, "57-2026-4711", 34);
        await Acts.HoldBar(noe).GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Réserver") }).ClickAsync();
        await Expect(Acts.Toast(noe)).ToContainTextAsync("Réservé");

        // What is done is ticked.
        await zoe.GotoAsync("/administration");
        await Expect(zoe.GetByText("Fait", new() { Exact = true })).ToHaveCountAsync(5);
    }

    [Test]
    public async Task The_data_officer_follows_one_person_and_one_refusal()
    {
        var page = await PageOf(DemoCast.Caron, "/administration/journal");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Journal" })).ToBeVisibleAsync();
        await page.GetByLabel("Personne", new() { Exact = false }).First.FillAsync("caron");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filtrer" }).ClickAsync();
        await page.WaitForURLAsync("**personne=caron**");
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("Mireille Caron");
        await page.Locator("tbody tr").First.GetByRole(AriaRole.Link, new() { Name = "Mireille Caron" }).ClickAsync();
        await Expect(page.GetByText("Ce qu’a fait Mireille Caron.")).ToBeVisibleAsync();
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("Journal lu");
        await Picture(page, "journal", full: true);
    }
}
