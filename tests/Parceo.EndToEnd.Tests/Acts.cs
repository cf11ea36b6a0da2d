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
}
