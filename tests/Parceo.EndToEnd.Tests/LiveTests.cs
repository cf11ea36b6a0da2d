using Microsoft.AspNetCore.SignalR;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Slots.Hubs;

namespace Parceo.EndToEnd.Tests;

/// <summary>A page that was cut off says so, and catches up by itself.</summary>
[TestFixture]
public sealed class LiveTests : BrowserTest
{
    [Test]
    public async Task A_page_catches_up_after_a_cut()
    {
        Allow("ERR_INTERNET_DISCONNECTED");
        var haddad = await PageOf(DemoCast.Haddad, "/soins-non-programmes/creneaux");
        await Offer(haddad, "09:30", places: 3);
        var desk = await Desk(signedIn: DemoCast.Viel);
        var viel = await desk.NewPageAsync();
        await viel.GotoAsync("/soins-non-programmes?lieuText=Metz&rayon=5");
        await Live(viel);
        await Expect(Chip(viel, "09:30")).ToContainTextAsync("3 pl.");
        await Expect(viel.Locator("[data-live-state]")).ToHaveTextAsync("En direct");
        var stays = await Stays(viel);

        await desk.SetOfflineAsync(true);
        await Expect(viel.Locator("[data-live-state]")).ToHaveTextAsync("Hors ligne");

        var nadia = await PageOf(DemoCast.Prat, "/soins-non-programmes?lieuText=Metz&rayon=5");
        await Caller(nadia, "57-2026-485650", 44);
        await Chip(nadia, "09:30").ClickAsync();
        await HoldBar(nadia).GetByRole(AriaRole.Button, new() { Name = "Réserver" }).ClickAsync();
        await Expect(Toast(nadia)).ToContainTextAsync("Réservé");
        await Expect(Chip(viel, "09:30")).ToContainTextAsync("3 pl.");

        await desk.SetOfflineAsync(false);
        await Expect(Chip(viel, "09:30")).ToContainTextAsync("2 pl.");
        await Expect(viel.Locator("[data-live-state]")).ToHaveTextAsync("En direct");
        await stays();
    }

    [Test]
    public async Task A_page_keeps_up_while_hints_never_stop()
    {
        var haddad = await PageOf(DemoCast.Haddad, "/soins-non-programmes/creneaux");
        await Offer(haddad, "10:30", places: 3);
        var viel = await PageOf(DemoCast.Viel, "/soins-non-programmes?lieuText=Metz&rayon=5");
        await Live(viel);
        await Expect(Chip(viel, "10:30")).ToContainTextAsync("3 pl.");
        Assert.That(
            await viel.EvaluateAsync<int>("document.documentElement.scrollHeight - innerHeight"),
            Is.LessThan(5),
            "its columns scroll, the page does not: below it there would be nothing"
        );

        using var stop = new CancellationTokenSource();
        var hints = Hint(stop.Token); // as many as the slots of eight weeks that somebody publishes
        var nadia = await PageOf(DemoCast.Prat, "/soins-non-programmes?lieuText=Metz&rayon=5");
        await Caller(nadia, "57-2026-957440", 52);
        await Chip(nadia, "10:30").ClickAsync();
        await HoldBar(nadia).GetByRole(AriaRole.Button, new() { Name = "Réserver" }).ClickAsync();
        await Expect(Toast(nadia)).ToContainTextAsync("Réservé");
        await Expect(Chip(viel, "10:30")).ToContainTextAsync("2 pl.");
        Assert.That(hints.IsCompleted, Is.False);
        await stop.CancelAsync();
        await hints;

        static async Task Hint(CancellationToken stop)
        {
            var pages = Site.Service<IHubContext<SlotsHub>>().Clients.All;
            using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!stop.IsCancellationRequested)
            {
                await pages.SendAsync("changed", null, null, null, CancellationToken.None);
                await every.WaitForNextTickAsync(CancellationToken.None);
            }
        }
    }
}
