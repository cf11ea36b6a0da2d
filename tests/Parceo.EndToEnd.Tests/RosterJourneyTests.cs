using System.Globalization;
using Parceo.Access.Contracts;
using Parceo.Demo;
using static Parceo.EndToEnd.Tests.Acts;

namespace Parceo.EndToEnd.Tests;

/// <summary>A coordinator prepares, fills by keyboard and publishes a month; two doctors exchange a duty on their phones; the coordinator sees it.</summary>
[TestFixture, Parallelizable(ParallelScope.Self)]
public sealed class RosterJourneyTests : BrowserTest
{
    [Test]
    public async Task A_coordinator_makes_a_month_and_two_doctors_exchange_a_duty()
    {
        // A sector of its own with few periods, three months ahead: no other journey meets it.
        var name = $"Essai {Guid.NewGuid():n}";
        var month = Day(0).AddMonths(3);
        var karim = await PageOf(DemoCast.Sellami, $"/gardes/secteurs?mois={month.ToString("yyyy-MM", CultureInfo.InvariantCulture)}");
        await karim.Locator("summary", new() { HasText = "Créer un secteur" }).ClickAsync();
        await karim.GetByLabel("Nom", new() { Exact = true }).FillAsync(name);
        foreach (var rule in new[] { "Nuit", "Samedi après-midi", "Soirée" })
            await karim.Locator($"input[value='{rule}']").FillAsync("");
        await karim.GetByRole(AriaRole.Button, new() { Name = "Créer le secteur" }).ClickAsync();
        await karim.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await karim.GetByRole(AriaRole.Button, new() { Name = "Préparer le mois" }).ClickAsync();
        var state = karim.Locator("#etat");
        await Expect(state).ToContainTextAsync("gardes sans médecin");
        var gaps = await karim.Locator("a.p-chip", new() { HasText = "Personne" }).CountAsync();
        Assert.That(gaps, Is.GreaterThanOrEqualTo(4));

        // By keyboard: a name, its suggestion, Enter; the next gap is chosen by itself and the field has the focus.
        foreach (var (doctor, left) in new[] { ("Roche Amandine", gaps - 1), ("Haddad Bilal", gaps - 2) })
        {
            var field = karim.GetByRole(AriaRole.Combobox, new() { Name = "Médecin" });
            await field.FocusAsync();
            await karim.Keyboard.TypeAsync(doctor);
            await Expect(karim.GetByRole(AriaRole.Option).Filter(new() { HasText = doctor.Split(' ')[1] }).First).ToBeVisibleAsync();
            await karim.Keyboard.PressAsync("Enter");
            await karim.Keyboard.PressAsync("Enter");
            await Expect(Toast(karim)).ToContainTextAsync(doctor.Split(' ')[0]);
            await Expect(state).ToContainTextAsync($"{left}\u00A0garde");
            await Expect(karim.GetByRole(AriaRole.Combobox, new() { Name = "Médecin" })).ToBeFocusedAsync();
        }
        await karim.GetByRole(AriaRole.Button, new() { Name = "Publier le tableau" }).ClickAsync();
        await karim.GetByRole(AriaRole.Button, new() { Name = "Publier quand même" }).ClickAsync(); // two periods have nobody yet
        await Expect(state).ToContainTextAsync("Publié");
        await Picture(karim, "tableau-de-garde", full: true);

        // Dr Roche proposes on her phone, Dr Haddad agrees on his.
        var roche = await PageOf(DemoCast.Roche, "/gardes/mes-gardes", 375);
        await roche.Locator("li", new() { HasText = name }).GetByRole(AriaRole.Link, new() { Name = "Proposer un échange" }).ClickAsync();
        await roche.GetByLabel("Contre").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Picture(roche, "garde-echange-telephone", full: true);
        await roche.GetByRole(AriaRole.Button, new() { Name = "Envoyer la proposition" }).ClickAsync();
        await Expect(Toast(roche)).ToContainTextAsync("Proposé à Dr Bilal Haddad");
        var haddad = await PageOf(DemoCast.Haddad, "/gardes/mes-gardes", 375);
        var asked = haddad.Locator(".p-sol", new() { HasText = name });
        await Expect(asked).ToContainTextAsync("vous propose sa garde");
        await asked.GetByRole(AriaRole.Button, new() { Name = "Accepter l’échange" }).ClickAsync();
        await Expect(Toast(haddad)).ToContainTextAsync("Échange fait");

        await karim.ReloadAsync();
        await Expect(state).ToContainTextAsync("modifié");
        await Expect(karim.GetByRole(AriaRole.Region, new() { Name = "Échanges" })).ToContainTextAsync("Accepté");
        await Expect(karim.GetByRole(AriaRole.Region, new() { Name = "Changements depuis la publication" }))
            .ToContainTextAsync("Dr Amandine Roche → Dr Bilal Haddad");
    }
}
