using Deque.AxeCore.Playwright;
using Parceo.Demo;

namespace Parceo.EndToEnd.Tests;

/// <summary>Ctrl K from any page: people as they are spoken of, acts by their verb, and nothing left behind for whoever sits there next.</summary>
[TestFixture, Parallelizable(ParallelScope.Self)]
public sealed class PaletteTests : BrowserTest
{
    [Test]
    public async Task The_keyboard_goes_anywhere_and_nothing_typed_is_left()
    {
        var page = await PageOf(DemoCast.Viel, "/pilotage");
        await Live(page); // its scripts are there
        await page.Keyboard.PressAsync("Control+k");
        var box = page.GetByRole(AriaRole.Dialog, new() { Name = "Rechercher ou agir" }).GetByRole(AriaRole.Combobox);
        await Expect(box).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("dr morel");
        var chosen = page.GetByRole(AriaRole.Option, new() { Selected = true });
        await Expect(chosen).ToContainTextAsync("Morel");
        await Picture(page, "palette-personne");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/annuaire/*");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Morel");

        await Live(page);
        await page.Keyboard.PressAsync("Control+k");
        await Expect(box).ToHaveValueAsync("");
        await page.Keyboard.TypeAsync("> garde");
        await Expect(chosen).ToContainTextAsync("Qui est de garde");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Escape");
        await Expect(box).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Expect(box).ToHaveValueAsync("");
        await page.Keyboard.TypeAsync("> garde");
        await Expect(chosen).ToContainTextAsync("Qui est de garde");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/gardes");
    }

    [TestCase(1440, ColorScheme.Light), TestCase(375, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_in_it(int width, ColorScheme scheme)
    {
        var page = await PageOf(DemoCast.Noel, "/annuaire", width, scheme);
        await Live(page);
        if (width < 768)
        {
            await page.Locator("a[data-opens-palette]").TapAsync();
            await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        }
        else
        {
            await page.Locator(".p-search input").ClickAsync(); // whoever types on loses no letter while it comes
        }
        await page.Keyboard.TypeAsync("mo");
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToHaveValueAsync("mo");
        await Picture(page, $"palette-{Variant(width, scheme)}");
        Assert.That(
            (await page.RunAxe()).Violations.Select(v => $"{v.Id}: {string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))}"),
            Is.Empty
        );
    }
}
