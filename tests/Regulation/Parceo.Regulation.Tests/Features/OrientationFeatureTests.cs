using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Regulation.Tests.Features;

[TestFixtureSource(typeof(Engines))]
internal sealed class OrientationFeatureTests(Engine engine)
{
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(engine);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task W1_1_A_case_is_opened_without_identity_and_taken_at_once()
    {
        var nadia = TestUser.Regulator();
        var id = await host.Opened(nadia, Given.Skill());
        var shown = await host.Show(nadia, id);
        Assert.Multiple(() =>
        {
            Assert.That(
                (shown.Orientation.State, shown.Orientation.ClaimedBy, shown.PatientName),
                Is.EqualTo((OrientationState.Searching, (Guid?)nadia.Id, (string?)null))
            );
            Assert.That(shown.Orientation.LocationLabel, Does.Contain("Metz"));
            Assert.That(shown.Steps.Select(s => s.State), Is.EqualTo(new[] { OrientationState.Open, OrientationState.Searching }));
        });
    }

    [Test]
    public async Task D24_The_mt_question_must_be_answered_and_make_sense()
    {
        var nadia = TestUser.Regulator();
        async Task<string> With(OpenOrientation.MtAnswer mt) =>
            ((InvalidException)await Refused(() => host.Send(nadia, Given.Opening(Given.Skill()) with { Mt = mt }))).Errors.Values.First()[
                0
            ];
        Assert.Multiple(async () =>
        {
            Assert.That(await With(new()), Is.EqualTo("mt_answer_missing"));
            Assert.That(await With(new(null, MtReason.Unavailable48h)), Is.EqualTo("mt_answer_invalid"));
            Assert.That(await With(new(Guid.CreateVersion7(), MtReason.None)), Is.EqualTo("mt_answer_invalid"));
            Assert.That(await With(new(Guid.CreateVersion7(), MtReason.Unavailable48h)), Is.EqualTo("mt_unknown"));
        });
    }

    [Test]
    public async Task D25_Beyond_48_h_is_refused_or_labelled()
    {
        var nadia = TestUser.Regulator();
        var late = Given.Opening(Given.Skill(), WantedWithin.Beyond);
        var refused = (InvalidException)await Refused(() => host.Send(nadia, late));
        Assert.That(refused.Errors["outsideSnp"], Is.EqualTo(new[] { "beyond_48h" }));
        var opened = await host.Send(nadia, late with { OutsideSnp = true });
        Assert.That((await host.Show(nadia, opened.OrientationId)).Orientation.OutsideSnp, Is.True);
    }

    [Test]
    public async Task D30_Another_organisation_sees_nothing_and_can_do_nothing()
    {
        var (nadia, other) = (TestUser.Regulator(), TestUser.Regulator());
        var id = await host.Opened(nadia, Given.Skill());
        Assert.That((await host.Send(other, new ListOrientations.Query())).Orientations, Is.Empty);
        Func<Task>[] acts =
        [
            () => host.Show(other, id),
            () => host.Send(other, new ClaimOrientation.Command(id)),
            () => host.Send(other, new StartSolicitation.Command(id)),
            () => host.Send(other, new StopSolicitation.Command(id)),
            () => host.Send(other, new WidenNow.Command(id)),
            () => host.Send(other, new IdentifyPatient.Command(id, "x", null)),
            () => host.Send(other, new HandOver.Command(id, "x")),
            () => host.Send(other, new EscalateOrientation.Command(id, EscalatedTo.Emergency)),
            () => host.Send(other, new CloseOrientation.Command(id)),
            () => host.Send(other, new ReopenOrientation.Command(id)),
            () => host.Send(other, new AnswerMtQuestion.Command(id, new(NotUsedBecause: MtReason.Unknown))),
        ];
        foreach (var act in acts)
            Assert.That((await Refused(act)).Code, Is.EqualTo("orientation_unknown"));
    }

    [Test]
    public async Task S22_A_place_outside_the_own_territory_is_refused() =>
        Assert.That(
            (await Refused(() => host.Send(TestUser.Regulator("54"), Given.Opening(Given.Skill())))).Code,
            Is.EqualTo("outside_own_territory")
        );

    [Test]
    public async Task S3_Without_a_second_factor_nobody_orients() =>
        Assert.That(
            (await Refused(() => host.Send(TestUser.Regulator() with { SecondFactor = false }, new ListOrientations.Query()))).Code,
            Is.EqualTo("second_factor_needed")
        );

    [Test]
    public async Task Two_desks_on_one_queue_do_not_work_on_the_same_case()
    {
        var nadia = TestUser.Regulator();
        var marc = TestUser.Regulator(organisation: nadia.OrganisationId);
        var id = await host.Opened(nadia, Given.Skill());
        Assert.That((await Refused(() => host.Send(marc, new ClaimOrientation.Command(id)))).Code, Is.EqualTo("orientation_claimed"));
        await host.Send(nadia, new HandOver.Command(id, "Rappeler la fille à 19 h"));
        await host.Send(marc, new ClaimOrientation.Command(id));
        var shown = await host.Show(marc, id);
        Assert.That((shown.Orientation.ClaimedBy, shown.Handover), Is.EqualTo(((Guid?)marc.Id, "Rappeler la fille à 19 h")));
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        await host.Send(nadia, new ClaimOrientation.Command(id));
        Assert.That((await host.Show(nadia, id)).Orientation.ClaimedBy, Is.EqualTo(nadia.Id), "a lease ends by itself");
    }

    [Test]
    public async Task Of_two_desks_that_take_a_waiting_case_at_once_one_has_it()
    {
        var nadia = TestUser.Regulator();
        var id = (await host.Send(nadia, Given.Opening(Given.Skill()) with { ForTheQueue = true })).OrientationId;
        var desks = Enumerable.Range(0, 6).Select(_ => TestUser.Regulator(organisation: nadia.OrganisationId)).ToList();
        var outcomes = await Task.WhenAll(
            desks.Select(async d =>
            {
                try
                {
                    await host.Send(d, new ClaimOrientation.Command(id));
                    return "ok";
                }
                catch (RefusalException e)
                {
                    return e.Code;
                }
            })
        );
        Assert.That(
            outcomes.Order(),
            Is.EqualTo(
                new[]
                {
                    "ok",
                    "orientation_claimed",
                    "orientation_claimed",
                    "orientation_claimed",
                    "orientation_claimed",
                    "orientation_claimed",
                }
            )
        );
    }

    [Test]
    public async Task S29_Words_names_and_notes_are_sealed_at_rest()
    {
        var nadia = TestUser.Regulator();
        var id = (await host.Send(nadia, Given.Opening(Given.Skill(), text: "Lombalgie aiguë sans signe de gravité"))).OrientationId;
        await host.Send(nadia, new IdentifyPatient.Command(id, "Tom Bayer", "06 39 98 12 47"));
        var file = await host.With<RegulationDb, PatientFile>(db => db.Files.SingleAsync(f => f.OrientationId == id));
        var shown = await host.Show(nadia, id);
        Assert.Multiple(() =>
        {
            Assert.That(System.Text.Encoding.UTF8.GetString(file.Identity!), Does.Not.Contain("Bayer"));
            Assert.That(System.Text.Encoding.UTF8.GetString(file.Clinical!), Does.Not.Contain("Lombalgie"));
            Assert.That((shown.PatientName, shown.Details.Text), Is.EqualTo(("Tom Bayer", "Lombalgie aiguë sans signe de gravité")));
        });
    }

    [Test]
    public async Task S31_A_read_of_a_case_leaves_its_trace()
    {
        var nadia = TestUser.Regulator();
        var id = await host.Opened(nadia, Given.Skill());
        await host.Show(nadia, id);
        var traces = await host.With<RegulationDb, List<(string, string?)>>(async db =>
            [
                .. (await db.Set<Platform.Audit.AuditRow>().Where(a => a.ActorId == nadia.Id).OrderBy(a => a.At).ToListAsync()).Select(a =>
                    (a.Action, a.ObjectId)
                ),
            ]
        );
        Assert.That(traces, Is.EqualTo(new[] { ("OpenOrientation", id.ToString()), ("ShowOrientation", id.ToString()) }));
    }

    [Test]
    public async Task A_kind_asks_for_what_it_needs()
    {
        var nadia = TestUser.Regulator();
        var admission = Given.Opening("SM18") with { Kind = CareKind.GeriatricAdmission };
        var death = Given.Opening("INFIRMIER") with { Kind = CareKind.HomeDeathCertificate };
        Assert.Multiple(async () =>
        {
            Assert.That(
                ((InvalidException)await Refused(() => host.Send(nadia, admission))).Errors["details"],
                Is.EqualTo(new[] { "bed_confirmation_missing" })
            );
            Assert.That(
                ((InvalidException)await Refused(() => host.Send(nadia, death))).Errors["details"],
                Is.EqualTo(new[] { "obstacle_not_excluded" })
            );
        });
        var opened = await host.Send(nadia, admission with { Details = new(BedConfirmedBy: "Dr Klein", Gir: 3, Lives: "home") });
        Assert.That(
            (await host.Show(nadia, opened.OrientationId)).Details,
            Is.EqualTo(new ClinicalDetails(null, BedConfirmedBy: "Dr Klein", Gir: 3, Lives: "home"))
        );
    }

    [TestCase(CareKind.Psychiatry, "SM42"), TestCase(CareKind.Geriatrics, "SM18")]
    public async Task A_kind_without_a_pool_finds_those_of_its_specialty_as_the_directory_codes_it(CareKind kind, string code)
    {
        var (nadia, asked) = (TestUser.Regulator(), await host.Effectors(code, 2));
        var id = (await host.Send(nadia, Given.Opening("") with { Kind = kind, Skill = null })).OrientationId;
        await host.Send(nadia, new StartSolicitation.Command(id, null, 10));
        Assert.That(
            (await host.Show(nadia, id)).Asked.Select(a => a.PractitionerId),
            Is.SupersetOf(asked.Select(a => a.PractitionerIds.Single()))
        );
    }

    [Test]
    public async Task Who_sets_how_waves_run_sees_the_pools_without_working_on_cases()
    {
        var referent = new TestUser(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.SasReferent) { Departements = ["57"] };
        Assert.That((await host.Send(referent, new ListPools.Query())).Select(p => p.Kind), Is.EquivalentTo(Enum.GetValues<CareKind>()));
        Assert.That(
            (await Refused(() => host.Send(TestUser.Effector(Guid.CreateVersion7()), new ListPools.Query()))).Code,
            Is.EqualTo("forbidden")
        );
    }

    [Test]
    public async Task A_pool_out_of_its_hours_takes_nothing()
    {
        var marc = new TestUser(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.Regulator, Roles.SasReferent) { Departements = ["57"] };
        var yesterday = LocalTime.In(host.Clock.GetUtcNow(), "Europe/Paris").AddDays(-2).DayOfWeek;
        await host.Send(
            marc,
            new SetPool.Command(
                CareKind.SosMedecins,
                "SOS Médecins Metz",
                "MEDECINE_GENERALE",
                null,
                [],
                [new(yesterday, new(8, 0), new(9, 0))]
            )
        );
        Assert.That(
            (await Refused(() => host.Send(marc, Given.Opening("MEDECINE_GENERALE") with { Kind = CareKind.SosMedecins }))).Code,
            Is.EqualTo("care_pool_closed")
        );
        Assert.That((await host.Send(marc, new ListPools.Query())).Single(p => p.Kind == CareKind.SosMedecins).OpenNow, Is.False);
    }

    [Test]
    public async Task Escalation_closes_the_case_and_a_closed_one_is_not_escalated_again()
    {
        var nadia = TestUser.Regulator();
        var id = await host.Opened(nadia, Given.Skill());
        await host.Send(nadia, new EscalateOrientation.Command(id, EscalatedTo.DutyHouse));
        var shown = await host.Show(nadia, id);
        Assert.That(
            (shown.Orientation.State, shown.EscalatedTo, shown.Orientation.ClaimedBy),
            Is.EqualTo((OrientationState.Escalated, (EscalatedTo?)EscalatedTo.DutyHouse, (Guid?)null))
        );
        Assert.That(
            (await Refused(() => host.Send(nadia, new EscalateOrientation.Command(id, EscalatedTo.Emergency)))).Code,
            Is.EqualTo("escalation_impossible")
        );
        Assert.That(
            (await host.Send(nadia, new ListOrientations.Query(Closed: true))).Orientations.Select(c => c.Id),
            Is.EqualTo(new[] { id })
        );
    }

    [Test]
    public async Task S53_The_same_key_opens_one_case()
    {
        var nadia = TestUser.Regulator();
        var command = Given.Opening(Given.Skill());
        var first = await host.Send(nadia, command, "k1");
        Assert.That((await host.Send(nadia, command, "k1")).OrientationId, Is.EqualTo(first.OrientationId));
        Assert.That((await host.Send(nadia, new ListOrientations.Query())).Orientations, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task D50_A_policy_is_dated_and_belongs_to_the_territory()
    {
        var marc = new TestUser(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.SasReferent) { Departements = ["68"] };
        var before = await host.Send(marc, new ShowWavePolicy.Query("68"));
        await host.Send(marc, new SetWavePolicy.Command("68", 10, 5, 4, 12, 8, 20, 3, "Comité de pilotage"));
        var after = await host.Send(marc, new ShowWavePolicy.Query("68"));
        Assert.Multiple(async () =>
        {
            Assert.That((before.Plan, before.History), Is.EqualTo((WavePlan.Default, (IReadOnlyList<ShowWavePolicy.Row>)[])));
            Assert.That((after.Plan.Size1, after.History.Single().Source), Is.EqualTo((5, "Comité de pilotage")));
            Assert.That(
                (await Refused(() => host.Send(marc, new SetWavePolicy.Command("57", 10, 5, 4, 12, 8, 20, 3)))).Code,
                Is.EqualTo("not_own_territory")
            );
        });
    }
}
