using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Demo;
using static Microsoft.Playwright.Assertions;
using static Parceo.EndToEnd.Tests.Acts;

namespace Parceo.EndToEnd.Tests;

/// <summary>No slot fits: the desk asks, three effectors answer side by side, the first yes is the booking, everybody knows at once.</summary>
[TestFixture]
public sealed class SolicitationJourneyTests : BrowserTest
{
    [TestCase(ColorScheme.Light, Category = "Long")]
    [TestCase(ColorScheme.Dark)]
    public async Task A_regulator_asks_and_three_effectors_answer_on_their_phones(ColorScheme scheme)
    {
        var variant = scheme == ColorScheme.Dark ? "sombre" : "clair";
        var marc = await PageOf(DemoCast.Viel, "/soins-non-programmes/orientations", scheme: scheme);
        await AskEverybodyAtOnce(marc);
        await marc.GetByRole(AriaRole.Link, new() { Name = "Ouvrir un dossier" }).ClickAsync();
        await marc.GetByRole(AriaRole.Textbox, new() { Name = "Dossier" }).FillAsync($"57-2026-000777-{variant}");
        await marc.GetByLabel("Âge").FillAsync("34");
        await marc.GetByText("Homme", new() { Exact = true }).ClickAsync();
        var place = marc.GetByRole(AriaRole.Combobox, new() { Name = "Lieu" });
        await place.PressSequentiallyAsync("Metz");
        await marc.Locator("[role=option]").Filter(new() { HasText = "Metz" }).First.ClickAsync();
        await marc.GetByLabel("Motif").SelectOptionAsync(new SelectOptionValue { Label = "Dos, articulations, entorse" });
        await marc.GetByLabel("S’il n’est pas sollicité, pourquoi").SelectOptionAsync(new SelectOptionValue { Label = "Aucun" });
        await Picture(marc, $"dossier-nouveau-{variant}", full: true);
        await marc.Keyboard.PressAsync("Control+Enter");
        await Expect(marc.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("homme, 34 ans");

        // Who it is, for the one who will accept.
        await marc.Locator("[name=nom]").Last.FillAsync($"M. Moselle {variant}");
        await marc.GetByRole(AriaRole.Button, new() { Name = "Garder l’identité" }).ClickAsync();
        await Expect(Toast(marc)).ToContainTextAsync("Identité gardée");

        var haddad = await PageOf(DemoCast.Haddad, "/soins-non-programmes/sollicitations", 375, scheme);
        var roche = await PageOf(DemoCast.Roche, "/soins-non-programmes/sollicitations", 375, scheme);
        var weber = await PageOf(DemoCast.Weber, "/soins-non-programmes/sollicitations", 375, scheme);
        foreach (var page in new[] { haddad, roche, weber })
            await Live(page);
        await Live(marc);
        await marc.GetByRole(AriaRole.Button, new() { Name = "Lancer une vague" }).ClickAsync();
        await Expect(marc.Locator(".p-asked li").First).ToBeVisibleAsync();
        await Expect(marc.Locator("#vagues [role=timer]")).ToBeVisibleAsync();
        await Picture(marc, $"vague-en-cours-{variant}");

        // They learn age band, reason and commune, not who it is.
        foreach (var page in new[] { haddad, roche, weber })
        {
            var card = Card(page);
            await Expect(card).ToContainTextAsync("30 à 49");
            await Expect(card).ToContainTextAsync("Metz");
            await Expect(page.Locator("body")).Not.ToContainTextAsync($"Moselle {variant}");
        }
        await Picture(haddad, $"sollicitation-telephone-{variant}", full: true);

        // One says no, one says yes.
        var stays = await Stays(weber);
        await Card(roche).GetByText("Décliner", new() { Exact = true }).ClickAsync();
        await Card(roche).GetByRole(AriaRole.Button, new() { Name = "Complet" }).ClickAsync();
        await Expect(Toast(roche)).ToContainTextAsync("Merci d’avoir répondu");
        await Expect(marc.Locator(".p-asked li").Filter(new() { HasText = "Amandine Roche" })).ToContainTextAsync("Complet");
        await Card(haddad).GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Accepter à") }).ClickAsync();
        await Expect(Toast(haddad)).ToContainTextAsync("Accepté");

        // Identity opens to him; the third is told at once; the desk sees the booking.
        await Expect(haddad.Locator("#sollicitations")).ToContainTextAsync($"M. Moselle {variant}");
        await Expect(Card(weber)).ToHaveCountAsync(0);
        await Expect(weber.Locator("#sollicitations")).ToContainTextAsync("Pourvu, merci");
        await Expect(weber.Locator("body")).Not.ToContainTextAsync($"Moselle {variant}");
        await Expect(marc.Locator("#etat")).ToContainTextAsync("Bilal Haddad voit le patient");
        await Picture(marc, $"dossier-reserve-{variant}", full: true);
        await stays();
    }

    [Test]
    public async Task A_desk_works_a_case_by_keyboard_alone()
    {
        var page = await PageOf(DemoCast.Viel, "/soins-non-programmes/orientations");
        await page.Keyboard.PressAsync("n");
        await page.WaitForURLAsync(url => url.EndsWith("/nouveau", StringComparison.Ordinal));
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Dossier" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("57-2026-964327");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("71");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Lieu" }).FocusAsync();
        await page.Keyboard.TypeAsync("Woippy");
        await Expect(page.Locator("[role=option]").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        // Nothing said of the médecin traitant: refused by name, the cursor goes to the summary.
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("Indiquez le médecin traitant, ou pourquoi il n’est pas sollicité.").First).ToBeVisibleAsync();
        await page.GetByLabel("S’il n’est pas sollicité, pourquoi").FocusAsync();
        await page.Keyboard.TypeAsync("Inconnu");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("71 ans");
        await page.Keyboard.PressAsync("v");
        await Expect(page.Locator(".p-asked li").First).ToBeVisibleAsync();
    }

    /// <summary>The referent lets the first wave ask everybody, so that the three of the cast are in it.</summary>
    private static async Task AskEverybodyAtOnce(IPage marc)
    {
        await marc.GotoAsync("/soins-non-programmes/vagues");
        await marc.GetByRole(AriaRole.Spinbutton, new() { Name = "Vague 1 : effecteurs" }).FillAsync("200");
        await marc.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
        await Expect(Toast(marc)).ToContainTextAsync("Enregistré");
        await marc.GotoAsync("/soins-non-programmes/orientations");
    }

    private static ILocator Card(IPage page) => page.Locator(".p-sol").Filter(new() { HasText = "Dos, articulations, entorse" });
}
