using Parceo.Access.Contracts;
using Parceo.Demo;

namespace Parceo.EndToEnd.Tests;

/// <summary>From a figure to what it was counted from, by whoever may.</summary>
[TestFixture, Parallelizable(ParallelScope.Self)]
public sealed class DashboardsJourneyTests : BrowserTest
{
    [Test]
    public async Task A_referent_goes_from_the_year_to_the_sources_and_sets_a_target()
    {
        // The month of a week ago: in the first days of a year its own has no sources yet.
        var page = await PageOf(DemoCast.Viel, $"/pilotage?periode={Iso(Day(-7))[..7]}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveCountAsync(7);
        await page.GetByRole(AriaRole.Link, new() { Name = "Année", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("periode=\\d{4}$"));
        // A chart is one stop of the Tab key; arrows say each month.
        await Acts.Live(page);
        var months = page.GetByRole(AriaRole.List, new() { Name = "Patients non venus, par mois" }).GetByRole(AriaRole.Listitem);
        await months.Last.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(months.Nth(10)).ToBeFocusedAsync();
        await Expect(months.Nth(10).Locator(".d-tip")).ToHaveCSSAsync("opacity", "1");
        await Expect(months.Last).ToHaveAttributeAsync("tabindex", "-1");
        await page.GetByText("Voir le tableau : Patients non venus").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Patients non venus, par mois" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Voir les sources : Patients non venus" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Patients non venus");
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Ce que le chiffre compte" })).ToContainTextAsync("Patient venu");
        await page.GetByText("Fixer une cible").ClickAsync();
        await page.GetByLabel("Cible, en pour cent").FillAsync("4,5");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Source" }).FillAsync("Comité du SAS");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fixer la cible" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Cible de SAS 57" })).ToContainTextAsync("Comité du SAS");
        await Picture(page, "pilotage-indicateur-bureau-clair");
    }

    [Test]
    public async Task An_agency_reads_figures_of_its_territory_and_no_sources()
    {
        var page = await PageOf(DemoCast.Girard, "/pilotage/recus-en-ville");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Patients du SAS reçus en ville");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sources" })).ToHaveCountAsync(0);
        await Expect(page.GetByText("Fixer une cible")).ToHaveCountAsync(0);
        await Picture(page, "pilotage-agence-bureau-clair");
    }
}
