using System.Text.Json;
using System.Text.RegularExpressions;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Notifications.Data;
using Parceo.Patients.Contracts;
using Parceo.Platform.Data;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Slots.Contracts;
using Parceo.Testing;

namespace Parceo.EndToEnd.Tests;

/// <summary>The service worker in a real browser: a push without content wakes it, it asks Parceo what waits and shows it, without a word about the patient.</summary>
[TestFixture]
public sealed class PushTests : BrowserTest
{
    private const string Name = "Mme Pousse Canari",
        Phone = "06 11 22 33 44";

    [Test]
    public async Task A_push_shows_what_waits_without_identity_and_where_it_leads()
    {
        await using var whole = await Site.WholeBrowser();
        var desk = await Desk(signedIn: DemoCast.Weber, browser: whole);
        await desk.GrantPermissionsAsync(["notifications"]);
        var page = await desk.NewPageAsync();
        await page.GotoAsync("/notifications");
        var devtools = await desk.NewCDPSessionAsync(page);
        var registered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        devtools.Event("ServiceWorker.workerVersionUpdated").OnEvent += (_, said) =>
        {
            foreach (var version in said!.Value.GetProperty("versions").EnumerateArray())
                if (version.GetProperty("status").GetString() == "activated")
                    registered.TrySetResult(version.GetProperty("registrationId").GetString()!);
        };
        await devtools.SendAsync("ServiceWorker.enable");

        // No push service stands behind a profile without memory: the worker is there, the device is not, and the page says so.
        Allow("does not support the Push API in incognito mode");
        await page.GetByRole(AriaRole.Button, new() { Name = "Recevoir les avis sur cet appareil" }).ClickAsync();
        await Expect(page.Locator("parceo-push [role=status]")).ToContainTextAsync("n’a pas pu être enregistré");
        var registration = await registered.Task.WaitAsync(TimeSpan.FromSeconds(30));

        var asked = page.Locator(".p-rail [data-waiting='/soins-non-programmes/sollicitations']");
        var before = await asked.TextContentAsync() ?? "";
        await Acts.Live(page);
        await Asked();
        // The menu of the open page says so, and its title, which is what one sees of it beside other tabs.
        await Expect(asked).Not.ToHaveTextAsync(before);
        await Expect(page).ToHaveTitleAsync(new Regex(@"^\(\d+\) Avis"));
        await devtools.SendAsync(
            "ServiceWorker.deliverPushMessage",
            new()
            {
                ["origin"] = Site.Url,
                ["registrationId"] = registration,
                ["data"] = "",
            }
        );
        // Looked at in one go, another push may replace what is shown; and asked here, since the browser's own wait takes a promise for a yes.
        string? found = null;
        await Parceo.Testing.Expect.Eventually(
            async () =>
                (
                    found = await page.EvaluateAsync<string?>(
                        """
                        async () => {
                          const all = (await (await navigator.serviceWorker.ready).getNotifications()).map(n => ({ title: n.title, body: n.body, link: n.data.link, stays: n.requireInteraction }));
                          return all.some(n => n.link === '/soins-non-programmes/sollicitations') ? JSON.stringify(all) : null;
                        }
                        """
                    )
                )
                    is not null,
            TimeSpan.FromSeconds(30),
            "what the push shows"
        );
        var shown = JsonDocument.Parse(found!).RootElement;
        Assert.That(shown.GetRawText(), Does.Not.Contain("Canari").And.Not.Contain("06 11").And.Not.Contain("57-2026-000085"));
        var notice = shown.EnumerateArray().First(n => n.GetProperty("link").GetString() == "/soins-non-programmes/sollicitations");
        Assert.That(
            (notice.GetProperty("body").GetString(), notice.GetProperty("stays").GetBoolean()),
            Is.EqualTo(("On vous demande si vous pouvez voir un patient.", true))
        );
        await page.GotoAsync(notice.GetProperty("link").GetString()!);
        await Expect(page.Locator(".p-sol").First).ToContainTextAsync("50 à");
        await Expect(page.Locator("body")).Not.ToContainTextAsync("Canari");
    }

    /// <summary>Dr Weber is asked, alone, for a patient who has a name.</summary>
    private static async Task Asked()
    {
        var (host, doctor) = (Site.Host, DemoCast.Weber.DirectoryPersonId!.Value);
        var nadia = new TestUser(DemoCast.Prat.Id, DemoCast.Prat.Organisation.Id, Roles.Regulator) { Departements = ["57"] };
        var opened = await host.Send(
            nadia,
            new OpenOrientation.Command(
                "57-2026-000085",
                52,
                Sex.Female,
                "57463",
                CareKind.GeneralMedicine,
                ReasonClass.Fever,
                WantedWithin.H4,
                new(null, MtReason.None, false)
            )
        );
        await host.Send(nadia, new IdentifyPatient.Command(opened.OrientationId, Name, Phone));
        Assert.That((await host.Send(nadia, new StartSolicitation.Command(opened.OrientationId, doctor, 20))).Asked, Is.EqualTo(1));
        await Parceo.Testing.Expect.Eventually(
            () =>
                host.With<NotificationsDb, bool>(async db =>
                    await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.AnyAsync(db.Notices, n =>
                        n.PersonId == DemoCast.Weber.Id && n.ReadAt == null && n.Link == "/soins-non-programmes/sollicitations"
                    )
                ),
            TimeSpan.FromSeconds(30),
            "the notice"
        );
    }
}
