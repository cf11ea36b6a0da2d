using System.Globalization;
using System.Text.RegularExpressions;
using Parceo.Access.Contracts;
using Parceo.Demo;

namespace Parceo.EndToEnd.Tests;

/// <summary>What an effector says of their time: a week that comes back, a date that does not, an absence, and a slot in two taps.</summary>
[TestFixture]
public sealed class EffectorJourneyTests : BrowserTest
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    [Test]
    public async Task A_week_is_planned_with_the_keyboard_and_one_date_taken_out_and_put_back()
    {
        // Far enough that no demonstration slot is there.
        var first = Day(9);
        var weber = await PageOf(DemoCast.Weber, "/soins-non-programmes/semaine-type");
        var form = weber.GetByRole(AriaRole.Form, new() { Name = "Ajouter chaque semaine" });
        var day = French.DateTimeFormat.GetDayName(first.DayOfWeek);
        await form.GetByLabel("Jour", new() { Exact = true }).FocusAsync();
        await weber.Keyboard.TypeAsync(day[..3]);
        await form.GetByLabel("Début").FillAsync("06:10");
        await form.GetByLabel("Créneaux", new() { Exact = true }).FocusAsync();
        await weber.Keyboard.PressAsync("Control+a");
        await weber.Keyboard.TypeAsync("2");
        await form.GetByLabel("Durée", new() { Exact = true }).FillAsync("15");
        await form.GetByLabel("Dès le").FillAsync(Iso(first));
        await form.GetByLabel("Jusqu’au").FillAsync(Iso(first.AddDays(21)));
        await form.GetByLabel("Les jours fériés aussi").FocusAsync();
        await weber.Keyboard.PressAsync("Space");
        await form.GetByLabel("Note aux régulateurs").FocusAsync();
        await weber.Keyboard.PressAsync("Enter");
        await Expect(Toast(weber)).ToContainTextAsync("8\u00A0créneaux publiés");
        var plan = weber.GetByRole(AriaRole.Form, new() { NameRegex = new Regex("6.h.10 à 6.h.40$") });
        await Expect(plan).ToContainTextAsync("2\u00A0créneaux de 15");

        // The second week is another one: its date leaves, alone.
        var second = first.AddDays(7).ToString("d MMM", French);
        await plan.GetByRole(AriaRole.Button, new() { Name = $"{second} retirer cette date" }).ClickAsync();
        await Expect(Toast(weber)).ToContainTextAsync($"Le {second} est retiré");
        await Expect(plan.GetByRole(AriaRole.Button, new() { Name = $"Remettre le {second}" })).ToBeVisibleAsync();
        await Picture(weber, "semaine-type", full: true);
        await weber.GotoAsync($"/soins-non-programmes/creneaux?jour={Iso(first)}");
        await Expect(Line(weber, "06:10")).ToContainTextAsync("1 place libre");
        await Expect(Line(weber, "06:25")).ToContainTextAsync("1 place libre");
        await weber.GotoAsync($"/soins-non-programmes/creneaux?jour={Iso(first.AddDays(7))}");
        await Expect(Line(weber, "06:10").Filter(new() { HasText = "libre" })).ToHaveCountAsync(0);

        await weber.GotoAsync("/soins-non-programmes/semaine-type");
        await plan.GetByRole(AriaRole.Button, new() { Name = $"Remettre le {second}" }).ClickAsync();
        await Expect(Toast(weber)).ToContainTextAsync($"Le {second} est remis");
        await weber.GotoAsync($"/soins-non-programmes/creneaux?jour={Iso(first.AddDays(7))}");
        await Expect(Line(weber, "06:25").Filter(new() { HasText = "libre" })).ToHaveCountAsync(1);
    }

    [Test]
    public async Task An_absence_hides_slots_from_regulators_and_coming_back_shows_them()
    {
        var weber = await PageOf(DemoCast.Weber, "/soins-non-programmes/creneaux", 375);
        await Offer(weber, "05:20", places: 1);
        var tomorrow = Regex.Match(weber.Url, @"jour=([\d-]{10})").Groups[1].Value; // the page's: midnight may pass meanwhile
        var marc = await PageOf(DemoCast.Viel, "/soins-non-programmes?lieuText=Woippy&rayon=5");
        var chip = marc.Locator(".p-results tbody tr")
            .Filter(new() { HasText = "Sarah Weber" })
            .GetByRole(AriaRole.Button, new() { Name = "05:20" });
        await Expect(chip).ToBeVisibleAsync();
        await Live(marc);
        var stays = await Stays(marc);

        await weber.GotoAsync("/soins-non-programmes/disponibilite");
        await weber.GetByLabel("Premier jour").FillAsync(tomorrow);
        await weber.GetByLabel("Dernier jour").FillAsync(tomorrow);
        await weber.GetByRole(AriaRole.Button, new() { Name = "Masquer mes créneaux" }).ClickAsync();
        await Expect(Toast(weber)).ToContainTextAsync("masqué");
        await Expect(chip).ToHaveCountAsync(0);
        await weber.GotoAsync($"/soins-non-programmes/creneaux?jour={tomorrow}");
        await Expect(Line(weber, "05:20")).ToContainTextAsync("Masqué, absence");
        await Picture(weber, "creneaux-masques-telephone", full: true);

        await weber.GotoAsync("/soins-non-programmes/disponibilite");
        await weber
            .GetByRole(AriaRole.Form, new() { Name = "Absences déclarées" })
            .GetByRole(AriaRole.Button, new() { Name = "Annuler" })
            .ClickAsync();
        await Expect(Toast(weber)).ToContainTextAsync("de nouveau visible");
        await Expect(chip).ToBeVisibleAsync();
        await stays();
    }

    [Test]
    public async Task A_slot_now_takes_two_taps_on_a_phone()
    {
        var weber = await PageOf(DemoCast.Weber, "/", 375);
        await weber.GetByRole(AriaRole.Link, new() { Name = "Créneaux" }).First.TapAsync();
        await weber.GetByRole(AriaRole.Button, new() { Name = "Ajouter un créneau maintenant" }).TapAsync();
        await Expect(Toast(weber)).ToContainTextAsync("Publié :");
        await Toast(weber).HoverAsync(); // it stays while it is pointed at, and what Ctrl Z takes back with it
        await Picture(weber, "creneau-maintenant-telephone");

        // Taken back as easily: the keyboard does it, too.
        await weber.Keyboard.PressAsync("Control+z");
        await Expect(Toast(weber)).ToContainTextAsync("Créneau retiré");
    }

    private static ILocator Line(IPage page, string start) =>
        page.Locator(".p-day li").Filter(new() { Has = page.Locator("time", new() { HasText = start }) });
}
