using System.Text.RegularExpressions;

namespace Parceo.EndToEnd.Tests;

/// <summary>What people do in conversations.</summary>
internal static class ChatActs
{
    /// <summary>Chooses people in the picker.</summary>
    public static async Task Pick(IPage page, string field, params string[] people)
    {
        foreach (var name in people)
        {
            await page.Locator(field).PressSequentiallyAsync(name);
            await page.GetByRole(AriaRole.Option).Filter(new() { HasText = name }).First.ClickAsync();
            await Expect(page.Locator(".chosen").Filter(new() { HasText = name })).ToHaveCountAsync(1);
        }
    }

    public static async Task<string> BeginGroup(IPage page, string title, params string[] people)
    {
        await Pick(page, "#qui", people);
        await page.GetByLabel("Nom du groupe ou objet").FillAsync(title);
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForURLAsync(new Regex("/messages/[0-9a-f-]{36}"));
        return new Uri(page.Url).AbsolutePath;
    }

    public static async Task Say(IPage page, string text)
    {
        await page.Locator("#message").FillAsync(text);
        await page.Locator("#message").PressAsync("Control+Enter");
    }

    public static async Task Act(IPage page, string text, string act)
    {
        await Message(page, text).HoverAsync();
        await Message(page, text).GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Actions") }).ClickAsync();
        await page.Locator("#p-actes").GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^" + Regex.Escape(act)) }).ClickAsync();
    }

    public static ILocator Message(IPage page, string text) =>
        page.Locator("li.m").Filter(new() { Has = page.Locator(".tx", new() { HasText = text }) });

    public static ILocator Row(IPage page, string title) => page.Locator("a.conv").Filter(new() { HasText = title });
}
