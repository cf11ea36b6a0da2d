using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Slots.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Regulation.Tests.Features;

/// <summary>Rosa Klein, at the single number desk of CPTS du Val: a regulator's work in her community's communes, and nothing beside it.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class SingleNumberDeskTests(Engine engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly TestUser Rosa = new(DemoCast.Klein.Id, DemoCast.Klein.Organisation.Id, [.. DemoCast.Klein.Roles])
    {
        Communes = [.. DemoCast.Val.Communes],
    };
    private static readonly Guid Haddad = DemoCast.Haddad.DirectoryPersonId!.Value;
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(engine, demo: true);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private static OpenOrientation.Command Case(string place = "57480") =>
        new(
            "VAL-2026-17",
            34,
            Sex.Male,
            place,
            CareKind.GeneralMedicine,
            ReasonClass.Ent,
            WantedWithin.H4,
            new(DemoCast.Petit.DirectoryPersonId)
        );

    private Task Until(Guid id, OrientationState state) =>
        Eventually(async () => (await host.Show(Rosa, id)).Orientation.State == state, Soon, state.ToString());

    [Test]
    public async Task D30_She_opens_a_case_asks_for_the_mt_searches_holds_and_books()
    {
        var id = (await host.Send(Rosa, Case())).OrientationId;
        await host.Send(Rosa, new AnswerMtQuestion.Command(id, new(DemoCast.Petit.DirectoryPersonId, MtReason.Unavailable48h)));
        var shown = await host.Show(Rosa, id);
        Assert.That(
            (shown.Orientation.State, shown.MtName, shown.MtReason),
            Is.EqualTo((OrientationState.Searching, "Dr Claire Petit", (MtReason?)MtReason.Unavailable48h))
        );

        var range = await host.Range(Haddad);
        var found = await host.Send(
            Rosa,
            new SearchSlots.Query("57480", 5, "MEDECINE_GENERALE", null, host.Clock.GetUtcNow().AddHours(2), Mode: Mode.Cabinet, Limit: 200)
        ); // all of them: until the evening the demo world has more than fit
        Assert.That(found.Slots.Select(s => s.RangeId), Does.Contain(range));
        await host.Send(Rosa, new HoldPlace.Command(range, id));
        await Until(id, OrientationState.Held);
        await host.Send(Rosa, new IdentifyPatient.Command(id, "Tom Bayer", null));
        var booked = await host.Send(Rosa, new BookSlot.Command(range, "VAL-2026-17", new(34, Sex.Male, "Tom Bayer"), id));
        await Until(id, OrientationState.Booked);
        Assert.That((await host.Send(Rosa, new ListBookings.Query(15))).Bookings.Select(b => b.Id), Does.Contain(booked.BookingId));
        await host.Send(Rosa, new CancelBooking.Command(booked.BookingId));
        await Until(id, OrientationState.Cancelled);
    }

    [Test]
    public async Task W14_Duty_houses_and_their_hours_are_those_of_the_rosters()
    {
        var pool = (await host.Send(Rosa, new ListPools.Query())).Single(p => p.Kind == CareKind.DutyHouse);
        Assert.That(
            (pool.Houses.Single().Commune, pool.OpenNow, pool.Hours.Count, pool.Phone),
            Is.EqualTo(("Metz", pool.Houses[0].Open, 0, (string?)null))
        );
        // When the house opens or closes next, a case of that kind is taken or refused.
        async Task<string> Open()
        {
            try
            {
                await host.Send(Rosa, Case() with { Kind = CareKind.DutyHouse });
                return "open";
            }
            catch (ConflictException refused)
            {
                return refused.Code;
            }
        }
        for (var i = 0; i < 2; i++)
        {
            var now = (await host.Send(Rosa, new ListPools.Query())).Single(p => p.Kind == CareKind.DutyHouse);
            Assert.That(await Open(), Is.EqualTo(now.OpenNow ? "open" : "care_pool_closed"));
            host.Clock.AdvanceTo(now.ChangesAt!.Value.AddMinutes(1));
            Assert.That(
                (await host.Send(Rosa, new ListPools.Query())).Single(p => p.Kind == CareKind.DutyHouse).OpenNow,
                Is.Not.EqualTo(now.OpenNow)
            );
        }
        var referent = new TestUser(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.SasReferent) { Departements = ["57"] };
        var refused = (InvalidException)
            await Refused(() =>
                host.Send(
                    referent,
                    new SetPool.Command(
                        CareKind.DutyHouse,
                        "MMG",
                        "MEDECINE_GENERALE",
                        "0387000020",
                        [],
                        [new(DayOfWeek.Monday, new(8, 0), new(9, 0))]
                    )
                )
            );
        Assert.That(refused.Errors.Keys, Is.EquivalentTo(new[] { "hours", "phone" }));
    }

    [Test]
    public async Task S22_Beyond_her_communes_and_her_work_she_is_refused()
    {
        var sarrebourg = await host.Range(DemoCast.Kuhn.DirectoryPersonId!.Value, DemoCast.Cretes.Communes[0]);
        var ofTheSas = await host.Opened(TestUser.Regulator(organisation: DemoCast.Sas.Id), Given.Skill());
        var week = new OpeningHours(DayOfWeek.Monday, new(8, 0), new(9, 0));
        (Func<Task> Act, string Code)[] refusals =
        [
            (() => host.Send(Rosa, Case("57630")), "outside_own_territory"),
            (() => host.Send(Rosa, new HoldPlace.Command(sarrebourg)), "slot_unknown"),
            (() => host.Send(Rosa, new BookSlot.Command(sarrebourg, "VAL-001", new(34, Sex.Male))), "slot_unknown"),
            (() => host.Show(Rosa, ofTheSas), "orientation_unknown"),
            (() => host.Send(Rosa, new ClaimOrientation.Command(ofTheSas)), "orientation_unknown"),
            (() => host.Send(Rosa, new RecordOutcome.Command(Guid.CreateVersion7(), "fulfilled")), "forbidden"),
            (() => host.Send(Rosa, new ListInvitations.Query()), "forbidden"),
            (() => host.Send(Rosa, new SetPool.Command(CareKind.SosMedecins, "SOS", "MEDECINE_GENERALE", null, [], [week])), "forbidden"),
            (() => host.Send(Rosa, new SetWavePolicy.Command("57", 10, 5, 4, 12, 8, 20, 3)), "forbidden"),
            (() => host.Send(Rosa with { SecondFactor = false }, Case()), "second_factor_needed"),
            (() => host.Send(Rosa with { SecondFactor = false }, new HoldPlace.Command(sarrebourg)), "second_factor_needed"),
        ];
        foreach (var (act, code) in refusals)
            Assert.That((await Refused(act)).Code, Is.EqualTo(code));
    }
}
