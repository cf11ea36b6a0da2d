using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Slots.Tests.Features;

[TestFixtureSource(typeof(EveryEngine))]
internal sealed class BookSlotTests(Engine engine)
{
    private static readonly PatientTraits Tom = new(34, Sex.Male, "Tom Bayer", "06 39 98 12 47");
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(engine);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private Task<BookSlot.Response> Book(TestUser by, Guid range, string? key = null, string reference = "57-2026-1") =>
        host.Send(by, new BookSlot.Command(range, reference, Tom), key);

    [Test]
    public async Task S52_Of_many_regulators_on_one_place_exactly_one_wins()
    {
        var range = await host.StoredRange();
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(async _ =>
                {
                    try
                    {
                        await Book(TestUser.Regulator(), range.Id);
                        return "won";
                    }
                    catch (RefusalException e)
                    {
                        return e.Code;
                    }
                })
        );
        Assert.Multiple(() =>
        {
            Assert.That(outcomes.Count(o => o == "won"), Is.EqualTo(1));
            Assert.That(outcomes.Where(o => o != "won"), Is.All.EqualTo("slot_full"));
        });
        Assert.That(await host.With<SlotsDb, int>(db => db.Bookings.CountAsync(b => b.RangeId == range.Id)), Is.EqualTo(1));
    }

    [Test]
    public async Task S52_The_database_itself_refuses_a_second_booking_of_a_place()
    {
        var range = await host.StoredRange();
        await Book(TestUser.Regulator(), range.Id);
        var stale = await host.With<SlotsDb, Exception?>(async db =>
        {
            var forged = Given
                .Range(Given.Calendar(), host.Clock.GetUtcNow())
                .Book(
                    Guid.CreateVersion7(),
                    Guid.CreateVersion7(),
                    Guid.CreateVersion7(),
                    "x",
                    new PatientTraits(1, Sex.Unknown, null, null),
                    host.Clock.GetUtcNow()
                );
            typeof(Booking).GetProperty(nameof(Booking.RangeId))!.SetValue(forged, range.Id);
            db.Bookings.Add(forged);
            try
            {
                await db.SaveChangesAsync();
                return null;
            }
            catch (ConcurrentChangeException e)
            {
                return e.InnerException;
            }
        });
        Assert.That(stale, Is.InstanceOf<DbUpdateException>());
    }

    [Test]
    public async Task S53_The_same_key_gets_the_same_answer_and_books_once()
    {
        var range = await host.StoredRange(capacity: 3);
        var nadia = TestUser.Regulator();
        var first = await Book(nadia, range.Id, key: "k1");
        var again = await Book(nadia, range.Id, key: "k1");
        var other = await Refused(() => Book(nadia, range.Id, key: "k1", reference: "57-2026-2"));
        var stranger = await Book(TestUser.Regulator(), range.Id, key: "k1");
        Assert.Multiple(() =>
        {
            Assert.That(again, Is.EqualTo(first));
            Assert.That(other.Status, Is.EqualTo(422));
            Assert.That(stranger.BookingId, Is.Not.EqualTo(first.BookingId), "keys of different people never meet");
        });
    }

    [Test]
    public async Task S22_A_range_outside_the_territory_is_unknown()
    {
        var range = await host.StoredRange(departement: "54");
        Assert.That((await Refused(() => Book(TestUser.Regulator("57"), range.Id))).Code, Is.EqualTo("slot_unknown"));
    }

    [Test]
    public async Task S3_Without_a_second_factor_nobody_books()
    {
        var range = await host.StoredRange();
        Assert.That(
            (await Refused(() => Book(TestUser.Regulator() with { SecondFactor = false }, range.Id))).Code,
            Is.EqualTo("second_factor_needed")
        );
    }

    [Test]
    public async Task S15_Another_organisation_neither_sees_nor_cancels_a_booking()
    {
        var range = await host.StoredRange();
        var nadia = TestUser.Regulator();
        var booked = await Book(nadia, range.Id);
        var other = TestUser.Regulator();
        Assert.Multiple(async () =>
        {
            Assert.That(
                (await Refused(() => host.Send(other, new CancelBooking.Command(booked.BookingId)))).Code,
                Is.EqualTo("booking_unknown")
            );
            Assert.That((await host.Send(other, new ListBookings.Query())).Bookings, Is.Empty);
        });
    }

    [Test]
    public async Task S29_Name_and_phone_are_sealed_at_rest_and_open_for_their_organisation()
    {
        var range = await host.StoredRange();
        var nadia = TestUser.Regulator();
        var booked = await Book(nadia, range.Id);
        var row = await host.With<SlotsDb, Booking>(db => db.Bookings.SingleAsync(b => b.Id == booked.BookingId));
        var seen = (await host.Send(nadia, new ListBookings.Query())).Bookings.Single();
        Assert.Multiple(() =>
        {
            Assert.That(System.Text.Encoding.UTF8.GetString(row.SealedIdentity!), Does.Not.Contain("Bayer"));
            Assert.That(seen.Patient.Name, Is.EqualTo("Tom Bayer"));
        });
    }

    [Test]
    public async Task A_cancelled_booking_frees_its_place_and_the_next_one_takes_it()
    {
        var range = await host.StoredRange();
        var nadia = TestUser.Regulator();
        var booked = await Book(nadia, range.Id);
        await host.Send(nadia, new CancelBooking.Command(booked.BookingId));
        await Book(TestUser.Regulator(), range.Id);
        Assert.That((await Refused(() => Book(nadia, range.Id))).Code, Is.EqualTo("slot_full"));
    }

    [Test]
    public async Task A_booking_that_is_over_is_no_longer_cancelled()
    {
        var range = await host.StoredRange();
        var nadia = TestUser.Regulator();
        var booked = await Book(nadia, range.Id);
        host.Clock.Advance(TimeSpan.FromHours(3)); // it ends three hours from its making
        Assert.That((await Refused(() => host.Send(nadia, new CancelBooking.Command(booked.BookingId)))).Code, Is.EqualTo("booking_over"));
        Assert.That(
            await host.With<SlotsDb, BookingState>(db =>
                db.Bookings.Where(b => b.Id == booked.BookingId).Select(b => b.State).SingleAsync()
            ),
            Is.EqualTo(BookingState.Booked)
        );
    }

    [Test]
    public async Task A_hold_that_runs_out_is_released_by_the_job()
    {
        var range = await host.StoredRange();
        await host.Send(TestUser.Regulator(), new HoldPlace.Command(range.Id));
        Assert.That((await Refused(() => Book(TestUser.Regulator(), range.Id))).Code, Is.EqualTo("slot_full"));
        host.Clock.Advance(TimeSpan.FromMinutes(4));
        await host.SendAsSystem(new ReleaseExpiredHolds.Command());
        Assert.That(
            await host.With<SlotsDb, bool>(db => db.Ranges.AnyAsync(r => r.Id == range.Id && r.Open && r.PlacesLeft == 1)),
            Is.True
        );
    }

    [Test]
    public async Task S31_Each_booking_leaves_its_trace_in_the_same_transaction()
    {
        var range = await host.StoredRange();
        var nadia = TestUser.Regulator();
        var booked = await Book(nadia, range.Id);
        await Refused(() => Book(nadia, range.Id));
        var traces = await host.With<SlotsDb, List<Platform.Audit.AuditRow>>(db =>
            db.Set<Platform.Audit.AuditRow>().Where(a => a.ActorId == nadia.Id).ToListAsync()
        );
        Assert.Multiple(() =>
        {
            Assert.That(
                traces.Select(t => (t.Action, t.Outcome)),
                Is.EqualTo(new[] { ("BookSlot", "ok") }),
                "a refusal by the slot's state changes nothing and leaves none"
            );
            Assert.That(traces[0].ObjectId, Is.EqualTo(booked.BookingId.ToString()));
            Assert.That(traces[0].OrganisationId, Is.EqualTo(nadia.OrganisationId));
        });
    }

    [Test]
    public async Task S20_What_a_delegate_does_names_the_professional_too()
    {
        var range = await host.StoredRange();
        var jeanne = new TestUser(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.Delegate)
        {
            PractitionerIds = [range.PractitionerId],
        };
        await host.Send(jeanne, new CloseRange.Command(range.Id));
        var trace = await host.With<SlotsDb, Platform.Audit.AuditRow>(db =>
            db.Set<Platform.Audit.AuditRow>().SingleAsync(a => a.ActorId == jeanne.Id)
        );
        Assert.That((trace.Action, trace.OnBehalfOf), Is.EqualTo(("CloseRange", (Guid?)range.PractitionerId)));
    }

    [Test]
    public async Task S20_What_one_professional_delegates_opens_no_other_agenda()
    {
        var (a, b) = (await host.StoredRange(), await host.StoredRange());
        var regulator = TestUser.Regulator();
        var (ofA, ofB) = ((await Book(regulator, a.Id)).BookingId, (await Book(regulator, b.Id)).BookingId);
        var jeanne = new TestUser(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.Delegate)
        {
            Delegations = new Dictionary<Guid, string[]>
            {
                [a.PractitionerId] = [SlotsPermissions.Publish],
                [b.PractitionerId] = [SlotsPermissions.RecordOutcome],
            },
        };
        var (start, end) = (host.Clock.GetUtcNow().AddHours(-1), host.Clock.GetUtcNow().AddDays(1));

        Assert.That((await host.Send(jeanne, new ListAgenda.Query(a.PractitionerId, start, end))).Ranges, Has.Count.EqualTo(1));
        foreach (
            var refused in new Func<Task>[]
            {
                () => host.Send(jeanne, new ListAgenda.Query(b.PractitionerId, start, end)),
                () => host.Send(jeanne, new PublishSlots.Command(b.PractitionerId, b.CalendarId, end, end.AddHours(1), 1, Mode.Cabinet)),
                () => host.Send(jeanne, new CloseRange.Command(b.Id)),
                () => host.Send(jeanne, new RecordOutcome.Command(ofA, "fulfilled")),
                () => host.Send(jeanne, new GetBooking.Query(ofA)),
            }
        )
            Assert.That((await Refused(refused)).Code, Is.EqualTo("not_own_agenda"));
        Assert.That((await Refused(() => host.Send(jeanne, new GetRange.Query(b.Id)))).Status, Is.EqualTo(404));

        host.Clock.Advance(TimeSpan.FromHours(3));
        await host.Send(jeanne, new RecordOutcome.Command(ofB, "fulfilled"));
        await host.Send(jeanne, new CloseRange.Command(a.Id));
        var traces = await host.With<SlotsDb, List<Platform.Audit.AuditRow>>(db =>
            db.Set<Platform.Audit.AuditRow>().Where(t => t.ActorId == jeanne.Id && t.Outcome == "ok").OrderBy(t => t.Id).ToListAsync()
        );
        Assert.That(
            traces.Select(t => (t.Action, t.OnBehalfOf)),
            Is.EqualTo(
                new[] { ("ListAgenda", (Guid?)a.PractitionerId), ("RecordOutcome", b.PractitionerId), ("CloseRange", a.PractitionerId) }
            )
        );
    }
}
