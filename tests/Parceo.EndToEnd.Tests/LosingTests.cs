using Parceo.Access.Contracts;
using Parceo.Demo;

namespace Parceo.EndToEnd.Tests;

/// <summary>Two regulators want the last place: one has it, the other is told at once and offered the nearest.</summary>
[TestFixture]
public sealed class LosingTests : BrowserTest
{
    [Test]
    public async Task Whoever_comes_second_is_offered_others()
    {
        Allow("ERR_FAILED"); // what we keep from Dr Viel's page below
        var haddad = await PageOf(DemoCast.Haddad, "/soins-non-programmes/creneaux");
        await Offer(haddad, "09:00", places: 1);

        // His page hears nothing: what he sees is a moment old.
        var desk = await Desk(signedIn: DemoCast.Viel);
        await desk.RouteAsync("**/*", route =>
            route.Request.Url.Contains("/hubs/", StringComparison.Ordinal) || route.Request.Headers.ContainsKey("x-parceo-fragment")
                ? route.AbortAsync()
                : route.ContinueAsync()
        );
        var viel = await desk.NewPageAsync();
        await viel.GotoAsync("/soins-non-programmes?lieuText=Metz&rayon=5");
        await Expect(Chip(viel, "09:00")).ToBeVisibleAsync();
        await Caller(viel, "57-2026-989385", 8);

        var nadia = await PageOf(DemoCast.Prat, "/soins-non-programmes?lieuText=Metz&rayon=5");
        await Caller(nadia, "57-2026-113089", 70);
        await Chip(nadia, "09:00").ClickAsync();
        await Expect(HoldBar(nadia)).ToContainTextAsync("Bilal Haddad");
        await Expect(Haddad(nadia).Locator(".p-slot.held")).ToContainTextAsync("09:00");

        await Chip(viel, "09:00").ClickAsync();
        var told = viel.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Pris à l’instant" });
        await Expect(told).ToBeVisibleAsync();
        await Expect(told.GetByRole(AriaRole.Button).First).ToBeFocusedAsync();
        await Picture(viel, "regulation-pris-bureau-clair");

        // The first of the others, with Enter; the case is still noted, so Enter again books it.
        await viel.Keyboard.PressAsync("Enter");
        await Expect(HoldBar(viel).GetByRole(AriaRole.Button, new() { Name = "Réserver" })).ToBeFocusedAsync();
        await viel.Keyboard.PressAsync("Enter");
        await Expect(Toast(viel)).ToContainTextAsync("Réservé");
        await Expect(viel.Locator("#reservations li").First).ToContainTextAsync("57-2026-989385");

        await HoldBar(nadia).GetByRole(AriaRole.Button, new() { Name = "Réserver" }).ClickAsync();
        await Expect(Toast(nadia)).ToContainTextAsync("Réservé");
        await Expect(haddad.Locator(".p-day")).ToContainTextAsync("57-2026-113089");
    }
}
