using System.Text.RegularExpressions;

namespace Parceo.EndToEnd.Tests;

/// <summary>What people do and see in several journeys.</summary>
internal static class Acts
{
    /// <summary>Types a place and takes its suggestion. 5 km around Metz: all effectors there are on the first page.</summary>
    public static async Task Find(IPage page, string place, string radius = "5")
    {
        var field = page.GetByRole(AriaRole.Combobox, new() { Name = "Lieu" });
        await field.FillAsync("");
        await field.PressSequentiallyAsync(place[..2]); // it answers while one types
        await Expect(page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        await field.PressSequentiallyAsync(place[2..]);
        await page.GetByRole(AriaRole.Option).Filter(new() { HasText = place }).First.ClickAsync();
        await page.GetByLabel("Spécialité").SelectOptionAsync(new SelectOptionValue { Label = "Médecine générale" });
        await page.GetByLabel("Rayon").SelectOptionAsync(radius);
        await page.WaitForURLAsync(url => url.Contains($"rayon={radius}", StringComparison.Ordinal));
        await Expect(page.Locator(".p-results tbody tr").First).ToBeVisibleAsync();
    }

    /// <summary>The page hears of changes.</summary>
    public static Task Live(IPage page) => Expect(page.Locator("[data-live-state]")).ToHaveAttributeAsync("data-live-state", "on");

    /// <summary>What was just done.</summary>
    public static ILocator Toast(IPage page) => page.Locator("[data-toast]");

    /// <summary>Dr Haddad offers a slot of 20 minutes tomorrow; answers its line on his page.</summary>
    public static async Task<ILocator> Offer(IPage page, string start, int places, string note = "")
    {
        await page.GotoAsync("/soins-non-programmes/creneaux");
        var after = page.GetByRole(AriaRole.Link, new() { Name = "Après" });
        var tomorrow = await after.GetAttributeAsync("href") ?? "";
        await after.ClickAsync();
        await Expect(after).Not.ToHaveAttributeAsync("href", tomorrow); // it leads to the day after by now
        await page.GetByLabel("Autre heure").FillAsync(start);
        await page.GetByLabel("Places", new() { Exact = true }).FillAsync($"{places}");
        await page.GetByLabel("Note aux régulateurs").FillAsync(note);
        await page.GetByRole(AriaRole.Button, new() { Name = "Publier pour le SAS" }).ClickAsync();
        await Expect(Toast(page)).ToContainTextAsync("Publié. Les régulateurs le voient.");
        return page.Locator(".p-day li").Filter(new() { Has = page.Locator("time", new() { HasText = start }) });
    }

    /// <summary>Notes who is on the line.</summary>
    public static async Task Caller(IPage page, string reference, int age)
    {
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Dossier" }).FillAsync(reference);
        await page.GetByLabel("Âge").FillAsync($"{age}");
        await page.GetByText("Femme", new() { Exact = true }).ClickAsync();
    }

    /// <summary>What is held, at the foot.</summary>
    public static ILocator HoldBar(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Créneau tenu" });

    /// <summary>Dr Haddad among the results.</summary>
    public static ILocator Haddad(IPage page) => page.Locator(".p-results tbody tr").Filter(new() { HasText = "Bilal Haddad" });

    /// <summary>His slot that begins then.</summary>
    public static ILocator Chip(IPage page, string start) =>
        Haddad(page).GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^" + start) });
}
