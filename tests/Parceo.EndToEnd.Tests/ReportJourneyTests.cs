using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Directory.Contracts;
using Parceo.Feedback.Data;
using Parceo.Patients.Contracts;
using Parceo.Platform.Data;
using Parceo.Regulation.Contracts;
using Parceo.Slots.Contracts;
using Parceo.Testing;

namespace Parceo.EndToEnd.Tests;

/// <summary>The loop that no system closes (D22, D23): an effector writes on a phone what they saw, the médecin traitant reads it and says so.</summary>
[TestFixture]
public sealed class ReportJourneyTests : BrowserTest
{
    [Test]
    public async Task An_effector_writes_on_a_phone_and_the_medecin_traitant_reads()
    {
        var booking = await Seen();
        var haddad = await PageOf(DemoCast.Haddad, "/soins-non-programmes/retours", 375);
        await haddad.Locator($"a[href$='{booking}']").ClickAsync();
        await Expect(haddad.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Écrire le retour");
        await Expect(haddad.GetByLabel("Motif")).ToBeFocusedAsync();

        // Too little is refused where it is missing, and nothing typed is lost.
        await haddad.Keyboard.TypeAsync("Mal de gorge");
        await haddad.Keyboard.PressAsync("Control+Enter");
        await Expect(haddad.Locator("[role=alert], .p-errors").First).ToBeVisibleAsync();
        await Expect(haddad.GetByLabel("Motif")).ToHaveValueAsync("Mal de gorge");
        await haddad.GetByRole(AriaRole.Textbox, new() { Name = "Constat" }).FillAsync("Angine à streptocoque, TROD positif.");
        await haddad.GetByRole(AriaRole.Textbox, new() { Name = "Traitement" }).FillAsync("Amoxicilline 6 jours");
        await Picture(haddad, "retour-telephone", full: true);
        await haddad.Keyboard.PressAsync("Control+Enter");
        await Expect(Toast(haddad)).ToBeVisibleAsync();
        await haddad.GotoAsync("/soins-non-programmes/retours?liste=envoyes");
        await Expect(haddad.Locator($"a[href$='{booking}']")).ToContainTextAsync("Envoyé");

        var roche = await PageOf(DemoCast.Roche, "/soins-non-programmes/retours?liste=recus");
        var received = roche.Locator($"a[href$='{booking}']");
        await Expect(received).ToContainTextAsync("À lire");
        await Expect(roche.Locator("main")).Not.ToContainTextAsync("Yvette"); // no patient's name in a list
        await received.ClickAsync();
        await Expect(roche.Locator("article")).ToContainTextAsync("Yvette Collin");
        await Expect(roche.Locator("article")).ToContainTextAsync("Angine à streptocoque, TROD positif.");
        await Picture(roche, "retour-lu", full: true);
        await roche.Keyboard.PressAsync("Control+Enter");
        await Expect(roche.Locator("main")).ToContainTextAsync("Lu le");
        await haddad.ReloadAsync();
        await Expect(haddad.Locator($"a[href$='{booking}']")).ToContainTextAsync("Lu");
    }

    /// <summary>Dr Haddad has just seen a patient of Dr Roche, sent by the SAS.</summary>
    private static async Task<Guid> Seen()
    {
        var (host, sas, doctor) = (Site.Host, DemoCast.Prat.Organisation.Id, DemoCast.Haddad.DirectoryPersonId!.Value);
        var (orientation, now) = (Guid.CreateVersion7(), host.Clock.GetUtcNow());
        var effector = new TestUser(DemoCast.Haddad.Id, DemoCast.Haddad.Organisation.Id, Roles.Effector) { PractitionerIds = [doctor] };
        var place = (await host.Send(effector, new GetPractitioners.Query([doctor])))[0].Activities[0].Id;
        var booked = await host.SendAsSystem(
            new BookOutsideAgenda.Command(
                orientation,
                doctor,
                place,
                sas,
                DemoCast.Prat.Id,
                now,
                Mode.Cabinet,
                "57-2026-retour",
                new PatientTraits(81, Sex.Female, "Yvette Collin")
            )
        );
        await host.With<FeedbackDb, int>(db =>
        {
            db.Publish(
                new OrientationBooked(
                    orientation,
                    sas,
                    "57",
                    CareKind.GeneralMedicine,
                    booked.BookingId,
                    doctor,
                    now,
                    now,
                    now,
                    true,
                    false,
                    DemoCast.Roche.DirectoryPersonId,
                    false
                ),
                booked.BookingId
            );
            db.Publish(
                new OutcomeRecorded(booked.RangeId, booked.BookingId, doctor, place, sas, "57", "fulfilled", orientation),
                booked.BookingId
            );
            return db.SaveChangesAsync();
        });
        await Parceo.Testing.Expect.Eventually(
            () =>
                host.With<FeedbackDb, bool>(db =>
                    db.Reports.AnyAsync(r => r.BookingId == booked.BookingId && r.OrientationId != null && r.FulfilledAt != null)
                ),
            TimeSpan.FromSeconds(30),
            "the report to be owed"
        );
        return booked.BookingId;
    }
}
