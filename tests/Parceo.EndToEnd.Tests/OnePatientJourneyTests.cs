using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Directory.Contracts;
using Parceo.Patients.Contracts;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Slots.Contracts;
using Parceo.Slots.Features;
using Parceo.Testing;

namespace Parceo.EndToEnd.Tests;

/// <summary>The desk books without a name; whoever learns it first says it, and both see the same patient, with who said what.</summary>
[TestFixture]
public sealed class OnePatientJourneyTests : BrowserTest
{
    [Test]
    public async Task Regulator_and_doctor_complete_one_patient_from_both_sides()
    {
        var (id, day) = await Booked(new(6, 10), "57-2026-770048", withOrientation: true);
        var agenda = $"/soins-non-programmes/creneaux?pour={DemoCast.Haddad.DirectoryPersonId}&jour={day:yyyy-MM-dd}";
        var desk = await PageOf(DemoCast.Prat, $"/soins-non-programmes/orientations/{id}");
        var doctor = await PageOf(DemoCast.Haddad, agenda, 375);
        await Live(desk);
        await Live(doctor);
        var row = doctor.Locator("li.who").Filter(new() { HasText = "57-2026-770048" });
        await Expect(row).ToContainTextAsync("Homme, 34");
        var stays = await Stays(doctor);

        // The caller rings back with the name: the doctor's open page shows it.
        await desk.GetByLabel("Nom").FillAsync("Yvan Collin");
        await desk.Keyboard.PressAsync("Enter");
        await Expect(Toast(desk)).ToContainTextAsync("Identité gardée. Le professionnel la voit aussi.");
        await Expect(row.Locator("b")).ToHaveTextAsync("Yvan Collin");

        // The doctor adds the phone; Entrée keeps it and presses nothing else.
        await row.GetByText("Compléter le patient").ClickAsync();
        await Expect(row.GetByLabel("Nom")).ToHaveValueAsync("Yvan Collin");
        await row.GetByLabel("Téléphone").FillAsync("06 39 98 12 47");
        await doctor.Keyboard.PressAsync("Enter");
        await Expect(Toast(doctor)).ToContainTextAsync("Identité gardée. La régulation la voit aussi.");
        await Expect(desk.GetByLabel("Téléphone")).ToHaveValueAsync("06 39 98 12 47");
        await Expect(desk.Locator("#patient")).ToContainTextAsync("06 39 98 12 47, par Dr Bilal Haddad le ");
        await Picture(doctor, "patient-agenda-telephone", full: true);
        await Picture(desk, "patient-dossier", full: true);

        // A field that has the focus and was left as it was says nothing: it does not undo what came meanwhile.
        var name = desk.GetByLabel("Nom");
        await row.GetByLabel("Nom").FillAsync("Yvan Colins");
        await doctor.Keyboard.PressAsync("Enter");
        await Expect(desk.Locator("#patient")).ToContainTextAsync("Yvan Colins, par Dr Bilal Haddad");
        await name.PressAsync("Enter");
        await Expect(name).ToHaveValueAsync("Yvan Colins");
        await Expect(row.Locator("b")).ToHaveTextAsync("Yvan Colins");

        // Both correct the name: the second is told, keeps the words, and decides.
        await name.FillAsync("M. Colin");
        await row.GetByLabel("Nom").FillAsync("Yvan Collins");
        await doctor.Keyboard.PressAsync("Enter");
        await Expect(desk.Locator("#patient")).ToContainTextAsync("Yvan Collins, par Dr Bilal Haddad");
        await Expect(name).ToHaveValueAsync("M. Colin");
        await name.PressAsync("Enter");
        await Expect(desk.Locator("#erreurs")).ToContainTextAsync("Quelqu’un d’autre a changé le nom, le téléphone ou le motif");
        await Expect(name).ToHaveValueAsync("M. Colin");
        await Picture(desk, "patient-dossier-refus", full: true);
        await desk.GetByRole(AriaRole.Button, new() { Name = "Garder l’identité" }).ClickAsync();
        await Expect(row.Locator("b")).ToHaveTextAsync("M. Colin");
        await stays();
    }

    [Test]
    public async Task A_booking_without_an_orientation_is_completed_from_the_desks_own_list()
    {
        var (_, day) = await Booked(new(6, 40), "57-2026-593178", withOrientation: false);
        var desk = await PageOf(DemoCast.Prat, "/soins-non-programmes");
        var line = desk.Locator(".p-lines li").Filter(new() { HasText = "57-2026-593178" });
        await line.GetByText("Compléter le patient").ClickAsync();
        await line.GetByLabel("Nom").FillAsync("Yvette Collin");
        await line.GetByLabel("Téléphone").FillAsync("0639981247");
        await Picture(desk, "patient-reservations");
        await desk.Keyboard.PressAsync("Enter");
        await Expect(Toast(desk)).ToContainTextAsync("Identité gardée. Le médecin la voit aussi.");
        await Expect(line).ToContainTextAsync("Corriger le patient");
        var doctor = await PageOf(
            DemoCast.Haddad,
            $"/soins-non-programmes/creneaux?pour={DemoCast.Haddad.DirectoryPersonId}&jour={day:yyyy-MM-dd}",
            375
        );
        await Expect(doctor.Locator("li.who").Filter(new() { HasText = "57-2026-593178" })).ToContainTextAsync("Yvette Collin");
    }

    /// <summary>The SAS has booked somebody without a name with Dr Haddad, the day after tomorrow.</summary>
    private static async Task<(Guid Orientation, DateOnly Day)> Booked(TimeOnly at, string reference, bool withOrientation)
    {
        var (host, doctor) = (Site.Host, DemoCast.Haddad.DirectoryPersonId!.Value);
        var nadia = new TestUser(DemoCast.Prat.Id, DemoCast.Prat.Organisation.Id, Roles.Regulator) { Departements = ["57"] };
        var haddad = new TestUser(DemoCast.Haddad.Id, DemoCast.Haddad.Organisation.Id, Roles.Effector) { PractitionerIds = [doctor] };
        var place = (await host.Send(haddad, new GetPractitioners.Query([doctor])))[0].Activities[0].Id;
        var day = Site.Began.AddDays(2);
        var start = LocalTime.At(day, at, "Europe/Paris");
        var range = await host.Send(haddad, new PublishSlots.Command(doctor, place, start, start.AddMinutes(20), 1, Mode.Cabinet, ""));
        Guid? opened = withOrientation
            ? (
                await host.Send(
                    nadia,
                    new OpenOrientation.Command(
                        reference,
                        34,
                        Sex.Male,
                        "57463",
                        CareKind.GeneralMedicine,
                        ReasonClass.Musculoskeletal,
                        WantedWithin.H48,
                        new(NotUsedBecause: MtReason.None)
                    )
                )
            ).OrientationId
            : null;
        var booked = await host.Send(nadia, new BookSlot.Command(range.RangeId, reference, new(34, Sex.Male), opened));
        if (opened is { } id)
            await Parceo.Testing.Expect.Eventually(
                async () => (await host.Send(nadia, new ShowOrientation.Query(id))).BookingId == booked.BookingId,
                TimeSpan.FromSeconds(30),
                "the orientation to know of its booking"
            );
        return (opened ?? booked.BookingId, day);
    }
}
