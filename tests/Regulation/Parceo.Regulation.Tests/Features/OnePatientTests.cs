using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;
using Parceo.Regulation.Data;
using Parceo.Regulation.Features;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Regulation.Tests.Features;

/// <summary>The patient of an orientation is one: regulator and doctor see the same name and phone, whoever completed them and when.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class OnePatientTests(Engine engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private static readonly PatientContact Unknown = new(null, null),
        Yvette = new("Yvette Collin", "06 39 98 12 47");
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(engine);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task What_the_regulator_completes_after_the_booking_reaches_the_doctor()
    {
        var (nadia, doctor, id, booking) = await Booked();
        await host.Send(nadia, new IdentifyPatient.Command(id, Yvette.Name, Yvette.Phone));
        await OnBooking(doctor, booking, Yvette);
        var seen = await host.Send(doctor, new GetBooking.Query(booking));
        var (from, to) = (host.Clock.GetUtcNow(), host.Clock.GetUtcNow().AddDays(1));
        var agenda = await host.Send(doctor, new ListAgenda.Query(doctor.PractitionerIds.Single(), from, to));
        Assert.Multiple(() =>
        {
            Assert.That(agenda.Ranges.SelectMany(r => r.Bookings).Single().Patient.Name, Is.EqualTo(Yvette.Name));
            Assert.That(seen.PatientId, Is.EqualTo(id), "The orientation wrote the patient down first.");
            Assert.That(seen.History.Select(e => e.Trait), Is.EqualTo(new[] { PatientTrait.Name, PatientTrait.Phone }));
        });
        // What the report form and the report show.
        Assert.That((await host.Send(doctor, new Slots.Contracts.GetSeenPatient(booking))).Patient, Is.EqualTo(seen.Patient));
    }

    [Test]
    public async Task What_the_doctor_or_their_secretary_completes_reaches_the_orientation_with_who_said_it()
    {
        var (nadia, doctor, id, booking) = await Booked();
        await host.Send(doctor, new CompletePatient.Command(booking, Yvette.Name, null));
        await OnOrientation(nadia, id, new(Yvette.Name, null));
        await host.Send(Secretary(doctor, SlotsPermissions.RecordOutcome), new CompletePatient.Command(booking, Yvette.Name, Yvette.Phone));
        await OnOrientation(nadia, id, Yvette);
        Assert.That(
            (await host.Show(nadia, id)).PatientHistory.Select(e => (e.Trait, e.Value, e.By)),
            Is.EqualTo(
                new[] { (PatientTrait.Name, Yvette.Name, "Dr Essai 0"), (PatientTrait.Phone, Yvette.Phone, "Secrétariat de Dr Essai 0") }
            )
        );
    }

    [Test]
    public async Task What_is_said_at_the_booking_reaches_the_orientation_and_corrections_of_both_make_one_history()
    {
        var (nadia, doctor, id, booking) = await Booked("Mme Colin");
        await OnOrientation(nadia, id, new("Mme Colin", null));
        await host.Send(nadia, new IdentifyPatient.Command(id, "Mme Collin", null));
        await OnBooking(doctor, booking, new("Mme Collin", null));
        await host.Send(doctor, new CompletePatient.Command(booking, "Mme Collin", "01 02 03 04 05"));
        await OnOrientation(nadia, id, new("Mme Collin", "01 02 03 04 05"));
        var (ours, theirs) = (
            (await host.Show(nadia, id)).PatientHistory,
            (await host.Send(doctor, new GetBooking.Query(booking))).History
        );
        Assert.That(ours, Is.EqualTo(theirs));
        Assert.That(ours, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task What_the_orientation_knew_before_goes_with_an_accepted_solicitation_and_what_follows_too()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var doctor = (await host.Effectors(skill, 1))[0];
        var id = await host.Opened(nadia, skill);
        await host.Send(nadia, new IdentifyPatient.Command(id, Yvette.Name, null));
        await host.Send(nadia, new StartSolicitation.Command(id, null, 10));
        var invitation = (await host.Send(doctor, new ListInvitations.Query())).Invitations.Single();
        await host.Send(doctor, new AcceptInvitation.Command(invitation.InvitationId, host.Clock.GetUtcNow().AddMinutes(30)));
        await Eventually(async () => (await host.Show(nadia, id)).BookingId is not null, Soon, "the booking");
        var booking = (await host.Show(nadia, id)).BookingId!.Value;
        await OnBooking(doctor, booking, new(Yvette.Name, null));
        await host.Send(nadia, new IdentifyPatient.Command(id, Yvette.Name, Yvette.Phone));
        await OnBooking(doctor, booking, Yvette);
    }

    [TestCase(true), TestCase(false)]
    public async Task The_reason_and_what_was_noted_reach_the_doctor_on_their_agenda_and_for_their_report(bool solicited)
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var doctor = (await host.Effectors(skill, 1))[0];
        var opening = Given.Opening(skill) with { Details = new("Lombalgie depuis hier", FollowedBy: "CMP de Metz") };
        var id = (await host.Send(nadia, opening)).OrientationId;
        if (solicited)
        {
            await host.Send(nadia, new StartSolicitation.Command(id, null, 10));
            var invitation = (await host.Send(doctor, new ListInvitations.Query())).Invitations.Single();
            await host.Send(doctor, new AcceptInvitation.Command(invitation.InvitationId, host.Clock.GetUtcNow().AddMinutes(30)));
        }
        else
            await host.Send(nadia, new BookSlot.Command(await host.Range(doctor.PractitionerIds.Single()), "57-1", new(34, Sex.Male), id));
        const string Noted = "Dos, articulations, entorse\u00A0: Lombalgie depuis hier\nSuivi en place\u00A0: CMP de Metz";
        var (from, to) = (host.Clock.GetUtcNow(), host.Clock.GetUtcNow().AddDays(1));
        async Task<Slots.BookingView?> OnAgenda() =>
            (await host.Send(doctor, new ListAgenda.Query(doctor.PractitionerIds.Single(), from, to)))
                .Ranges.SelectMany(r => r.Bookings)
                .SingleOrDefault();
        await Eventually(async () => (await OnAgenda())?.Reason == Noted, Soon, "the reason on the agenda");
        var booking = (await OnAgenda())!.Id;
        Assert.Multiple(async () =>
        {
            Assert.That((await host.Send(doctor, new Slots.Contracts.GetSeenPatient(booking))).Reason, Is.EqualTo(Noted));
            Assert.That((await host.Send(doctor, new ListExpected.Query(from, to))).Single().Reason, Is.EqualTo(Noted), "the home's day");
        });
    }

    /// <summary>Whoever runs the installation is told of it anyhow; the patient does not wait for words.</summary>
    [TestCase(false), TestCase(true)]
    public async Task S29_What_does_not_open_keeps_no_accepted_patient_from_being_booked(bool identityToo)
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var doctor = (await host.Effectors(skill, 1))[0];
        var id = (await host.Send(nadia, Given.Opening(skill, text: "Lombalgie"))).OrientationId;
        await host.Send(nadia, new IdentifyPatient.Command(id, Yvette.Name, Yvette.Phone));
        await host.Send(nadia, new StartSolicitation.Command(id, null, 10));
        var flipped = await Flip(id, identityToo);
        var invitation = (await host.Send(doctor, new ListInvitations.Query())).Invitations.Single();
        await host.Send(doctor, new AcceptInvitation.Command(invitation.InvitationId, host.Clock.GetUtcNow().AddMinutes(30)));
        await Eventually(async () => (await host.Show(nadia, id)).BookingId is not null, TimeSpan.FromSeconds(15), "the booking");
        var seen = await host.Send(doctor, new GetBooking.Query((await host.Show(nadia, id)).BookingId!.Value));
        Assert.That((seen.Reason, seen.Patient.Name), Is.EqualTo(((string?)null, identityToo ? null : Yvette.Name)));
        Assert.That(await Stored(id), Is.EqualTo(flipped), "not written over");
    }

    [Test]
    public async Task S29_A_reason_that_does_not_open_keeps_no_name_from_the_doctor()
    {
        var (nadia, doctor, id, booking) = await Booked();
        await Flip(id, identityToo: false);
        await host.Send(nadia, new IdentifyPatient.Command(id, Yvette.Name, Yvette.Phone));
        await OnBooking(doctor, booking, Yvette);
    }

    private Task<(byte[]? Identity, byte[]? Clinical)> Stored(Guid orientation) =>
        host.With<RegulationDb, (byte[]?, byte[]?)>(async db =>
        {
            var file = await db.Files.AsNoTracking().SingleAsync(f => f.OrientationId == orientation);
            return (file.Identity, file.Clinical);
        });

    private async Task<(byte[]? Identity, byte[]? Clinical)> Flip(Guid orientation, bool identityToo)
    {
        var (identity, clinical) = await Stored(orientation);
        (clinical ??= new byte[40])[^1] ^= 1;
        if (identityToo)
            identity![^1] ^= 1;
        await host.With<RegulationDb, int>(db =>
            db.Files.Where(f => f.OrientationId == orientation)
                .ExecuteUpdateAsync(u => u.SetProperty(f => f.Clinical, clinical).SetProperty(f => f.Identity, identity))
        );
        return (identity, clinical);
    }

    [Test]
    public async Task A_direct_booking_carries_its_reason_which_regulators_change_and_nobody_else()
    {
        var (nadia, doctor) = (TestUser.Regulator(), (await host.Effectors(Given.Skill(), 1))[0]);
        var range = await host.Range(doctor.PractitionerIds.Single());
        var booking = (
            await host.Send(nadia, new BookSlot.Command(range, "57-1", new(81, Sex.Female), Reason: " Fièvre à 39,5 "))
        ).BookingId;
        async Task<string?> Reason() => (await host.Send(doctor, new GetBooking.Query(booking))).Reason;
        Assert.That(await Reason(), Is.EqualTo("Fièvre à 39,5"));
        Assert.That(
            await host.With<SlotsDb, bool>(async db =>
                System
                    .Text.Encoding.UTF8.GetString((await db.Bookings.SingleAsync(b => b.Id == booking)).SealedReason!)
                    .Contains("Fièvre", StringComparison.Ordinal)
            ),
            Is.False,
            "S29: sealed at rest"
        );
        Task Says(TestUser by, string? said, string? seen) =>
            host.Send(by, new CompletePatient.Command(booking, null, null, Unknown, new(said, seen)));
        await Says(nadia, "Fièvre à 39,5\r\nconfuse", "Fièvre à 39,5");
        Assert.That(await Reason(), Is.EqualTo("Fièvre à 39,5\nconfuse"));
        Assert.Multiple(async () =>
        {
            Assert.That((await Refused(() => Says(nadia, "Otite", "Fièvre à 39,5"))).Code, Is.EqualTo("patient_changed"));
            Assert.That((await Refused(() => Says(doctor, "Otite", "Fièvre à 39,5\nconfuse"))).Code, Is.EqualTo("reason_of_regulators"));
            Assert.That((await Refused(() => Says(nadia, new('x', 2001), null))).Code, Is.EqualTo("invalid"));
        });
        await Says(nadia, " ", "Fièvre à 39,5\nconfuse");
        Assert.That(await Reason(), Is.Null);
    }

    [Test]
    public async Task A_booking_without_an_orientation_is_completed_by_both_and_by_nobody_else()
    {
        var (nadia, doctor) = (TestUser.Regulator(), (await host.Effectors(Given.Skill(), 1))[0]);
        var range = await host.Range(doctor.PractitionerIds.Single());
        var booking = (await host.Send(nadia, new BookSlot.Command(range, "57-1", new(81, Sex.Female)))).BookingId;
        await host.Send(nadia, new CompletePatient.Command(booking, Yvette.Name, null));
        await host.Send(doctor, new CompletePatient.Command(booking, Yvette.Name, Yvette.Phone));
        var seen = await host.Send(nadia, new GetBooking.Query(booking));
        Assert.That((seen.Patient.Name, seen.Patient.Phone), Is.EqualTo((Yvette.Name, Yvette.Phone)));
        Assert.That(seen.PatientId, Is.EqualTo(booking), "The booking wrote the patient down first.");
        Assert.That(seen.History.Select(e => e.By), Is.EqualTo(new[] { "Régulation", "Dr Essai 0" }));
        foreach (
            var stranger in new[]
            {
                (await host.Effectors(Given.Skill(), 1))[0],
                TestUser.Regulator(),
                Secretary(doctor, SlotsPermissions.Publish), // it was withdrawn, or never given
            }
        )
            Assert.That(
                (await Refused(() => host.Send(stranger, new CompletePatient.Command(booking, "X", null)))).Status,
                Is.AnyOf(403, 404)
            );
    }

    [Test]
    public async Task Of_two_who_complete_at_once_neither_undoes_the_other_and_the_second_word_on_one_trait_is_asked_for_again()
    {
        var (nadia, doctor, id, booking) = await Booked();
        await Task.WhenAll(
            host.Send(nadia, new IdentifyPatient.Command(id, Yvette.Name, "", Unknown)),
            host.Send(doctor, new CompletePatient.Command(booking, "", Yvette.Phone, Unknown))
        );
        await OnBooking(doctor, booking, Yvette);
        await OnOrientation(nadia, id, Yvette);

        // Both have the page open from before; the doctor corrects the phone first.
        await host.Send(doctor, new CompletePatient.Command(booking, Yvette.Name, "01", Yvette));
        await OnOrientation(nadia, id, new(Yvette.Name, "01"));
        Task Late(PatientContact seen) => host.Send(nadia, new IdentifyPatient.Command(id, "Mme Collin", "02", seen));
        Assert.That((await Refused(() => Late(Yvette))).Code, Is.EqualTo("patient_changed"));
        await OnOrientation(nadia, id, new(Yvette.Name, "01")); // all of it or nothing
        await Late(new(Yvette.Name, "01"));
        await OnBooking(doctor, booking, new("Mme Collin", "02"));
        Assert.That(
            (await Refused(() => host.Send(doctor, new CompletePatient.Command(booking, Yvette.Name, "03", Yvette)))).Code,
            Is.EqualTo("patient_changed")
        );
    }

    [Test]
    public async Task Two_saves_of_one_booking_that_meet_keep_both_words()
    {
        for (var i = 0; i < 5; i++)
        {
            var (nadia, doctor) = (TestUser.Regulator(), (await host.Effectors(Given.Skill(), 1))[0]);
            var range = await host.Range(doctor.PractitionerIds.Single());
            var booking = (await host.Send(nadia, new BookSlot.Command(range, "57-1", new(81, Sex.Female)))).BookingId;
            await Task.WhenAll(
                host.Send(nadia, new CompletePatient.Command(booking, Yvette.Name, "", Unknown)),
                host.Send(doctor, new CompletePatient.Command(booking, "", Yvette.Phone, Unknown))
            );
            var seen = await host.Send(nadia, new GetBooking.Query(booking));
            Assert.That((seen.Patient.Name, seen.Patient.Phone), Is.EqualTo((Yvette.Name, Yvette.Phone)));
        }
    }

    [Test]
    public async Task Whoever_lost_the_patient_learns_nothing_more()
    {
        var (nadia, first, id, old) = await Booked();
        await host.Send(nadia, new CancelBooking.Command(old));
        await Eventually(async () => (await host.Show(nadia, id)).BookingId is null, Soon, "the orientation to be free again");
        await host.Send(nadia, new IdentifyPatient.Command(id, Yvette.Name, null));
        var second = (await host.Effectors(Given.Skill(), 1))[0];
        var booked = await host.Send(
            nadia,
            new BookSlot.Command(await host.Range(second.PractitionerIds.Single()), "57-2026-118204", new(34, Sex.Male), id)
        );
        await OnBooking(second, booked.BookingId, new(Yvette.Name, null));
        Assert.That((await host.Send(first, new GetBooking.Query(old))).Patient.Name, Is.Null);
        Assert.That(
            (await Refused(() => host.Send(first, new CompletePatient.Command(old, "X", null)))).Code,
            Is.EqualTo("booking_closed")
        );
        Assert.That((await Refused(() => host.Send(first, new GetBooking.Query(booked.BookingId)))).Code, Is.EqualTo("booking_unknown"));
    }

    [Test]
    public async Task It_is_kept_once_for_one_key_traced_with_it_and_nothing_of_it_stands_in_clear()
    {
        var (nadia, doctor, id, booking) = await Booked();
        for (var i = 0; i < 2; i++)
        {
            await host.Send(doctor, new CompletePatient.Command(booking, Yvette.Name, Yvette.Phone, Unknown), "once-booking");
            await host.Send(nadia, new IdentifyPatient.Command(id, Yvette.Name, Yvette.Phone, Unknown), "once-orientation");
        }
        await OnOrientation(nadia, id, Yvette);
        Assert.That(
            await host.With<SlotsDb, int>(db =>
                db.Set<AuditRow>().CountAsync(a => a.ActorId == doctor.Id && a.Action == nameof(CompletePatient) && a.Outcome == "ok")
            ),
            Is.EqualTo(1)
        );
        Assert.That(
            await host.With<RegulationDb, int>(db =>
                db.Set<AuditRow>().CountAsync(a => a.ActorId == nadia.Id && a.Action == nameof(IdentifyPatient) && a.Outcome == "ok")
            ),
            Is.EqualTo(1)
        );
        var stored = await host.With<SlotsDb, string>(async db =>
            System.Text.Encoding.UTF8.GetString((await db.Bookings.SingleAsync(b => b.Id == booking)).SealedIdentity!)
        );
        Assert.That(stored, Does.Not.Contain("Yvette").And.Not.Contain("06 39"));
    }

    private async Task<(TestUser Nadia, TestUser Doctor, Guid Orientation, Guid Booking)> Booked(string? name = null)
    {
        var (nadia, doctor) = (TestUser.Regulator(), (await host.Effectors(Given.Skill(), 1))[0]);
        var id = await host.Opened(nadia, Given.Skill());
        var range = await host.Range(doctor.PractitionerIds.Single());
        var booked = await host.Send(nadia, new BookSlot.Command(range, "57-2026-118204", new(34, Sex.Male, name), id));
        await Eventually(
            async () => (await host.Show(nadia, id)).BookingId == booked.BookingId,
            Soon,
            "the orientation to know of its booking"
        );
        return (nadia, doctor, id, booked.BookingId);
    }

    private static TestUser Secretary(TestUser of, string action) =>
        new(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.Delegate)
        {
            Delegations = new Dictionary<Guid, string[]> { [of.PractitionerIds.Single()] = [action] },
        };

    private Task OnBooking(TestUser by, Guid booking, PatientContact known) =>
        Eventually(
            async () =>
            {
                var seen = (await host.Send(by, new GetBooking.Query(booking))).Patient;
                return new PatientContact(seen.Name, seen.Phone) == known;
            },
            Soon,
            "the booking to know it"
        );

    private Task OnOrientation(TestUser by, Guid id, PatientContact known) =>
        Eventually(
            async () =>
            {
                var seen = await host.Show(by, id);
                return new PatientContact(seen.PatientName, seen.PatientPhone) == known;
            },
            Soon,
            "the orientation to know it"
        );
}
