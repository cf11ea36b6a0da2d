using Parceo.Access.Contracts;
using Parceo.Demo;

namespace Parceo.EndToEnd.Tests;

/// <summary>The journey without a mouse: from the sign-in page to a booked slot, two acts from the results.</summary>
[TestFixture]
public sealed class KeyboardTests : BrowserTest
{
    [Test]
    public async Task Nadia_books_with_the_keyboard_alone()
    {
        var page = await (await Desk()).NewPageAsync();
        await page.GotoAsync("/connexion");
        await TabTo(page, page.GetByRole(AriaRole.Button, new() { Name = "Nadia Prat" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "À traiter" })).ToBeVisibleAsync();
        await Live(page); // its scripts are there: keys pressed before them are nobody's
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("r");
        await page.WaitForURLAsync("**/soins-non-programmes");

        // The place has the cursor.
        var place = page.GetByRole(AriaRole.Combobox, new() { Name = "Lieu" });
        await Expect(place).ToBeFocusedAsync();
        await FocusShows(page);
        await page.Keyboard.TypeAsync("Metz");
        await Expect(page.GetByRole(AriaRole.Option).First).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".p-results tbody tr").First).ToBeVisibleAsync();

        // Escape leaves the field for the results; from there, D goes to the case.
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#resultats")).ToBeFocusedAsync();
        await FocusShows(page);
        await page.Keyboard.PressAsync("d");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Dossier" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("57-2026-964327");
        await TabTo(page, page.GetByLabel("Âge"));
        await page.Keyboard.TypeAsync("61");
        await page.Keyboard.PressAsync("Tab");
        await FocusShows(page);
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.GetByLabel("Homme", new() { Exact = true })).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#resultats")).ToBeFocusedAsync();

        // J walks the effectors, the arrows their slots.
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator(".p-results tbody tr").First.Locator("[data-row]")).ToBeFocusedAsync();
        await FocusShows(page);

        // « ? » says which keys there are.
        await page.Keyboard.PressAsync("?");
        var help = page.GetByRole(AriaRole.Dialog, new() { Name = "Raccourcis clavier" });
        await Expect(help).ToContainTextAsync("Saisir le dossier");
        await Expect(help).ToContainTextAsync("Tenir le premier créneau");
        await page.Keyboard.PressAsync("Escape");
        await Expect(help).ToHaveCountAsync(0);

        // One key holds, Enter books.
        await page.Keyboard.PressAsync("1");
        await Expect(HoldBar(page).GetByRole(AriaRole.Button, new() { Name = "Réserver" })).ToBeFocusedAsync();
        await FocusShows(page);
        await page.Keyboard.PressAsync("Enter");
        await Expect(Toast(page)).ToContainTextAsync("Réservé");
        await Expect(page.Locator("#reservations")).ToContainTextAsync("57-2026-964327");

        // Ctrl Z takes it back.
        await page.Keyboard.PressAsync("Control+z");
        await Expect(Toast(page)).ToContainTextAsync("annulée");
        await Expect(page.Locator("#reservations li").Filter(new() { HasText = "57-2026-964327" })).ToContainTextAsync("Annulé");
    }

    [Test]
    public async Task Twelve_keys_at_most_book_a_slot_that_is_in_sight()
    {
        var page = await PageOf(DemoCast.Prat, "/soins-non-programmes?lieu=57463&lieuText=Metz");
        await Live(page);
        await page.Keyboard.PressAsync("Escape"); // out of the field in which the search was typed
        await Expect(page.Locator("#resultats")).ToBeFocusedAsync();
        var keys = 0;
        async Task Press(params string[] pressed)
        {
            foreach (var key in pressed)
                await page.Keyboard.PressAsync(key);
            keys += pressed.Length;
        }
        await Press("1");
        await Expect(HoldBar(page)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Dossier" })).ToBeFocusedAsync();
        await Press("7", "7", "1", "2", "0", "4", "Tab", "3", "4", "Enter");
        await Expect(Toast(page)).ToContainTextAsync("Réservé");
        Assert.That(keys, Is.LessThanOrEqualTo(12));
        var line = page.Locator("#reservations li").Filter(new() { HasText = $"57-{DateTime.UtcNow.Year}-771204" });
        await Expect(line).ToHaveCountAsync(1);

        // The next case begins where this one did, in no field: every key works, the one that takes it back too.
        await Expect(page.Locator("#resultats")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Expect(line).ToContainTextAsync("Annulé");
        await Expect(HoldBar(page)).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_case_goes_from_the_question_of_the_medecin_traitant_to_a_booking_with_the_keyboard_alone()
    {
        var page = await PageOf(DemoCast.Prat, "/soins-non-programmes/orientations");
        await page.Keyboard.PressAsync("n");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Dossier" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("57-2026-958985");
        await TabTo(page, page.GetByLabel("Âge"));
        await page.Keyboard.TypeAsync("47");

        // The médecin traitant first (D24): named, and nothing speaks against asking them.
        await TabTo(page, page.GetByRole(AriaRole.Combobox, new() { Name = "Qui" }));
        await page.Keyboard.TypeAsync("Roche Amandine");
        await Expect(page.Locator("[role=option]").Filter(new() { HasText = "Amandine" }).First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await TabTo(page, page.GetByRole(AriaRole.Combobox, new() { Name = "Lieu" }));
        await page.Keyboard.TypeAsync("Metz");
        await Expect(page.Locator("[role=option]").First).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("47 ans");
        await Expect(page.Locator("main")).ToContainTextAsync("Le médecin traitant d’abord : Dr Amandine Roche");
        var case_ = new Uri(page.Url).AbsolutePath;

        // One key searches around the patient; the case's criteria are there, who it is stands in no address.
        await page.Keyboard.PressAsync("c");
        await page.WaitForURLAsync(url => url.Contains("orientation=", StringComparison.Ordinal));
        Assert.That(page.Url, Does.Not.Contain("touches"));
        await Expect(page.Locator(".p-results tbody tr").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Dossier" })).ToHaveValueAsync("57-2026-958985");
        await Live(page);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("1");
        await Expect(HoldBar(page).GetByRole(AriaRole.Button, new() { Name = "Réserver" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Toast(page)).ToContainTextAsync("Réservé");

        // Back at the case, it knows.
        await TabTo(page, page.GetByRole(AriaRole.Link, new() { Name = "Revenir au dossier" }), "Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => url.EndsWith(case_, StringComparison.Ordinal));
        await Expect(page.Locator("#etat").GetByRole(AriaRole.Heading)).ToHaveTextAsync("Réservé");
        await Expect(page.Locator("#etat")).ToContainTextAsync("voit le patient");
    }

    [Test]
    public async Task Escape_gives_a_held_slot_back()
    {
        var page = await PageOf(DemoCast.Viel, "/soins-non-programmes?lieuText=Metz&rayon=5");
        await page.Locator(".p-results").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("2");
        await Expect(HoldBar(page)).ToBeVisibleAsync();
        // The case is not noted yet: the cursor went there, and the first Escape only leaves the field.
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Dossier" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await Expect(HoldBar(page)).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Nothing_of_one_patient_stays_for_the_next_and_digits_typed_after_an_error_are_words()
    {
        var page = await PageOf(DemoCast.Viel, "/soins-non-programmes?lieuText=Metz&rayon=5");
        await page.Locator(".p-results").WaitForAsync();
        var (reference, age) = (page.GetByRole(AriaRole.Textbox, new() { Name = "Dossier" }), page.GetByLabel("Âge"));
        await reference.FillAsync("57-2026-113089");
        await age.FillAsync("91");
        await page.Locator(".p-results [data-hotkey='1']").ClickAsync();
        await Expect(HoldBar(page)).ToBeVisibleAsync();
        await age.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Toast(page)).ToContainTextAsync("Réservé");
        await Expect(age).ToHaveValueAsync("");
        await Expect(reference).ToHaveValueAsync("");

        // The next one, whose age nobody typed, is not booked: the cursor is where it is missing.
        await reference.FillAsync("57-2026-989385");
        await page.Locator(".p-results [data-hotkey='1']").ClickAsync();
        await Expect(HoldBar(page)).ToBeVisibleAsync();
        var held = await HoldBar(page).InnerTextAsync();
        await reference.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".p-errors")).ToBeVisibleAsync();
        await Expect(age).ToBeFocusedAsync();
        await Expect(reference).ToHaveValueAsync("57-2026-989385");
        await page.Keyboard.TypeAsync("57");
        await Expect(age).ToHaveValueAsync("57");

        // While a place is held no single key moves it to another doctor, wherever the focus is.
        await page.EvaluateAsync("document.activeElement.blur()");
        await page.Keyboard.TypeAsync("23");
        await page.Keyboard.PressAsync("Escape");
        await Expect(HoldBar(page)).ToHaveCountAsync(0); // given back, not moved
        Assert.That(held, Is.Not.Empty);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("Annuler.*dossier 57-2026-113089") }).ClickAsync();
        await Expect(Toast(page)).ToContainTextAsync("annulée");
    }

    private static async Task TabTo(IPage page, ILocator target, string key = "Tab")
    {
        for (var i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync(key);
            await FocusShows(page);
            if (await target.EvaluateAsync<bool>("e => e === document.activeElement"))
                return;
        }
        Assert.Fail($"Not reached with {key}: {target}");
    }

    /// <summary>Whatever has the focus shows it: an outline or a ring, its own or its label's.</summary>
    private static async Task FocusShows(IPage page)
    {
        var shown = await page.EvaluateAsync<bool>(
            """
            () => {
                const e = document.activeElement;
                if (!e || e === document.body) return false;
                const rings = n => { const s = getComputedStyle(n); return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'; };
                return [e, e.nextElementSibling, e.closest('label')].some(n => n && rings(n));
            }
            """
        );
        if (!shown)
            Assert.Fail("Focus does not show on " + await page.EvaluateAsync<string>("document.activeElement?.outerHTML.slice(0, 200)"));
    }
}
