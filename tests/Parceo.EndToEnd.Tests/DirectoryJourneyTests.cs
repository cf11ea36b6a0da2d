using Parceo.Access.Contracts;
using Parceo.Demo;

namespace Parceo.EndToEnd.Tests;

/// <summary>Finding somebody: a name as it sounds, a place as one types it, the person and when they are free.</summary>
[TestFixture, Parallelizable(ParallelScope.Self)]
public sealed class DirectoryJourneyTests : BrowserTest
{
    [Test]
    public async Task A_misspelt_name_finds_its_owner()
    {
        var page = await PageOf(DemoCast.Faure, "/annuaire");
        var stays = await Stays(page);
        await page.GetByLabel("Nom, profession ou RPPS").PressSequentiallyAsync("muler");
        await Expect(page.Locator("#resultats [data-rows]")).ToContainTextAsync("Muller", new() { IgnoreCase = true });
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("q=muler"));
        await stays();
        await Picture(page, "annuaire-bureau-clair");
    }

    [Test]
    public async Task A_place_is_found_by_postal_code_while_typing_and_sorts_by_distance()
    {
        var page = await PageOf(DemoCast.Faure, "/annuaire");
        var place = page.GetByRole(AriaRole.Combobox, new() { Name = "Près de" });
        await place.PressSequentiallyAsync("5795");
        await Expect(page.GetByRole(AriaRole.Option).Filter(new() { HasText = "Montigny-lès-Metz" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Option).Filter(new() { HasText = "Montigny-lès-Metz" }).ClickAsync();
        await page.GetByLabel("Nom, profession ou RPPS").FillAsync("haddad");
        await Expect(page.Locator("#resultats [data-rows]")).ToContainTextAsync("Bilal Haddad");
    }

    [Test]
    public async Task A_person_s_page_says_where_and_when()
    {
        var page = await PageOf(DemoCast.Prat, "/annuaire?q=haddad");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bilal Haddad" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Bilal Haddad");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Montigny-lès-Metz");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Prochains créneaux" })).ToBeVisibleAsync();
        await Picture(page, "annuaire-personne-bureau-clair");
    }
}
