using Parceo.Access.Contracts;
using Parceo.Demo;

namespace Parceo.EndToEnd.Tests;

/// <summary>Scripts make it faster; plain forms do the job.</summary>
[TestFixture]
public sealed class WithoutScriptsTests : BrowserTest
{
    [Test]
    public async Task Nadia_books_with_plain_forms()
    {
        var page = await (await Desk(scripts: false)).NewPageAsync();
        await Enter(page, DemoCast.Prat);
        await page.GotoAsync("/soins-non-programmes");
        await page.GetByLabel("Lieu", new() { Exact = true }).FillAsync("Metz");
        await page.GetByRole(AriaRole.Button, new() { Name = "Chercher" }).ClickAsync();
        var results = page.Locator(".p-results tbody tr");
        await Expect(results.First).ToBeVisibleAsync();

        await Caller(page, "57-2026-520304", 29);
        await results.Last.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(HoldBar(page)).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Âge")).ToHaveValueAsync("29"); // nothing typed twice
        await HoldBar(page).GetByRole(AriaRole.Button, new() { Name = "Réserver" }).ClickAsync();
        await Expect(Toast(page)).ToContainTextAsync("Réservé");
        await Expect(page.Locator("#reservations")).ToContainTextAsync("57-2026-520304");
        await Toast(page).GetByRole(AriaRole.Button, new() { Name = "Annuler" }).ClickAsync();
        await Expect(Toast(page)).ToContainTextAsync("annulée");
    }
}
