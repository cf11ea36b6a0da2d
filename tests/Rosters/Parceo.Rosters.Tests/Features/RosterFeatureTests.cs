using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Data;
using Parceo.Rosters.Domain;
using Parceo.Rosters.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Rosters.Tests.Features;

/// <summary>Rosters through the sender, on the demo world: Karim plans for CPTS du Val, doctors exchange, the SAS reads.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class RosterFeatureTests(Engine engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly string[] Val = [.. DemoCast.Val.Communes];
    private static readonly TestUser Karim = new(DemoCast.Sellami.Id, DemoCast.Val.Id, Roles.Coordinator) { Communes = Val },
        Olivier = new(DemoCast.Tran.Id, DemoCast.Cretes.Id, Roles.Coordinator) { Communes = [.. DemoCast.Cretes.Communes] },
        Marc =
            new(DemoCast.Viel.Id, DemoCast.Sas.Id, Roles.Regulator, Roles.SasReferent)
            {
                Departements = ["57"],
                PractitionerIds = [DemoCast.Viel.DirectoryPersonId!.Value],
            },
        Nadia = new(DemoCast.Prat.Id, DemoCast.Sas.Id, Roles.Regulator) { Departements = ["57"] },
        Roche = Doctor(DemoCast.Roche),
        Haddad = Doctor(DemoCast.Haddad),
        Weber = Doctor(DemoCast.Weber),
        Petit = Doctor(DemoCast.Petit);

    private readonly Meanwhile meanwhile = new();
    private ParceoHost host = null!;
    private int months;

    private static TestUser Doctor(CastMember who) =>
        new(who.Id, who.Organisation.Id, Roles.Professional) { PractitionerIds = [who.DirectoryPersonId!.Value], Communes = Val };

    private static Guid Id(TestUser doctor) => doctor.PractitionerIds.Single();

    [OneTimeSetUp]
    public async Task Start() =>
        host = await ParceoHost.Start(
            engine,
            demo: true,
            services: meanwhile.Watch<RostersDbSqlite, RostersDbPostgreSql, RostersDbSqlServer>
        );

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    /// <summary>A sector of its own in a month of its own: no test meets another's duties.</summary>
    private async Task<ShowRoster.Response> Prepared(bool publish = false, params Guid[] holders)
    {
        var month = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).AddMonths(2 + Interlocked.Increment(ref months));
        return await Prepared(month, publish, holders);
    }

    private async Task<ShowRoster.Response> Prepared(DateOnly month, bool publish, params Guid[] holders)
    {
        var sector = (
            await host.Send(
                Karim,
                new SetSector.Command(
                    null,
                    SectorKind.Effection,
                    $"Essai {Guid.CreateVersion7():n}",
                    null,
                    "0387000001",
                    3,
                    ["57463"],
                    DutyCalendar.Usual
                )
            )
        ).SectorId;
        await host.Send(Karim, new PrepareRoster.Command(sector, month));
        var roster = await host.Send(Karim, new ShowRoster.Query(sector, month));
        foreach (var (holder, duty) in holders.Zip(roster.Duties))
            await host.Send(Karim, new AssignDuty.Command(duty.Id, holder));
        if (publish)
            await Publish(roster.RosterId!.Value, await host.Send(Karim, new ShowRoster.Query(sector, month)));
        return await host.Send(Karim, new ShowRoster.Query(sector, month));
    }

    private Task<PublishRoster.Response> Publish(Guid roster, ShowRoster.Response seen) =>
        host.Send(Karim, new PublishRoster.Command(roster, seen.Gaps));

    private Task<ShowRoster.Response> Again(ShowRoster.Response roster) =>
        host.Send(Karim, new ShowRoster.Query(roster.SectorId, roster.Month));

    [Test]
    public async Task W14_A_month_is_prepared_once_filled_published_and_seen_by_the_SAS()
    {
        var roster = await Prepared();
        Assert.That((roster.State, roster.Gaps), Is.EqualTo((RosterState.Drafted, roster.Duties.Count)));
        Assert.That((await host.Send(Karim, new PrepareRoster.Command(roster.SectorId, roster.Month.AddDays(5)))).Added, Is.Zero);
        await host.Send(Karim, new AssignDuty.Command(roster.Duties[0].Id, Id(Roche)));
        Assert.That(
            (await host.Send(Roche, new ShowRoster.Query(roster.SectorId, roster.Month))).Duties,
            Is.Empty,
            "a draft is the planner's"
        );
        Assert.That((await host.Send(Nadia, new ShowRoster.Query(roster.SectorId, roster.Month))).Duties, Is.Empty);
        await Publish(roster.RosterId!.Value, await Again(roster));
        var seen = await host.Send(Nadia, new ShowRoster.Query(roster.SectorId, roster.Month));
        Assert.That((seen.State, seen.Own, seen.Duties[0].Holder!.Name), Is.EqualTo((RosterState.Published, false, "Dr Amandine Roche")));
        await Eventually(async () => await host.Send(Roche, new CountNotices(roster.RosterId)) == 1, Soon, "Dr Roche to be told");
        var onDuty = await host.Send(Nadia, new ListOnDuty.Query(seen.Duties[0].Start, seen.Duties[0].End));
        Assert.That(onDuty.Single(p => p.SectorId == roster.SectorId).Turns.Single().Name, Is.EqualTo("Dr Amandine Roche"));
    }

    [Test]
    public async Task Published_from_two_tabs_it_is_published_once_and_the_second_is_told()
    {
        var roster = await Prepared(publish: false, Id(Weber));
        var seen = await Again(roster);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(async _ =>
                {
                    try
                    {
                        await Publish(roster.RosterId!.Value, seen);
                        return "";
                    }
                    catch (RefusalException refused)
                    {
                        return refused.Code;
                    }
                })
        );
        Assert.That(answers, Is.EquivalentTo(new[] { "", "roster_published_before" }));
        Assert.That((await Again(roster)).Edition, Is.EqualTo(1));
        Assert.That((await Refused(() => Publish(roster.RosterId!.Value, seen))).Code, Is.EqualTo("roster_published_before"));
        await Eventually(async () => await host.Send(Weber, new CountNotices(roster.RosterId)) == 1, Soon, "Dr Weber to be told");
    }

    [Test]
    public async Task An_assignment_taken_back_undoes_nothing_that_somebody_else_did_since()
    {
        var duty = (await Prepared()).Duties[0].Id;
        var mine = await host.Send(Karim, new AssignDuty.Command(duty, Id(Weber)));
        await host.Send(Karim, new AssignDuty.Command(duty, Id(Petit)));
        Assert.That(
            (await Refused(() => host.Send(Karim, new AssignDuty.Command(duty, null, Version: mine.Version)))).Code,
            Is.EqualTo("duty_changed")
        );
    }

    [Test]
    public async Task A_house_added_or_changed_from_two_tabs_is_one_and_loses_nothing()
    {
        var add = new SetDutyHouse.Command(
            null,
            $"Maison {Guid.CreateVersion7():n}",
            "1 rue de l’Essai",
            "57463",
            "0387000020",
            null,
            [new([DayOfWeek.Monday], new(20, 0), new(0, 0))]
        );
        var id = (await host.Send(Karim, add)).HouseId;
        Assert.That((await Refused(() => host.Send(Karim, add))).Codes, Is.EqualTo(new[] { "house_exists" }));
        var seen = (await host.Send(Karim, new Contracts.ListDutyHouses.Query())).Single(h => h.Id == id).Version;
        await host.Send(Karim, add with { HouseId = id, Phone = "0387000021", Version = seen });
        Assert.That(
            (await Refused(() => host.Send(Karim, add with { HouseId = id, Note = "Sonnez.", Version = seen }))).Code,
            Is.EqualTo("house_changed")
        );
    }

    [Test]
    public async Task W14_A_month_fills_in_turn_and_as_the_last_one_and_each_is_taken_back()
    {
        var roster = await Prepared();
        var fill = new FillRoster.Command(roster.RosterId!.Value, FillMode.EachDay, [new(Id(Roche)), new(Id(Weber)), new(Id(Petit))]);
        var filled = await host.Send(Karim, fill);
        Assert.That(filled.Filled, Is.Not.Empty);
        Assert.That(filled.Shares.Sum(s => s.Duties), Is.EqualTo(filled.Filled.Count));
        Assert.That(filled.Gaps, Is.EqualTo(roster.Gaps - filled.Filled.Count));
        var after = await Again(roster);
        Assert.That(
            after.Duties,
            Has.None.Matches<ShowRoster.DutyLine>(d => d.OfWeek > 0),
            "nobody has more in a week than the sector allows"
        );

        // The month after takes them over, in the same places.
        var next = await host.Send(Karim, new PrepareRoster.Command(roster.SectorId, roster.Month.AddMonths(1)));
        var copied = await host.Send(Karim, new FillRoster.Command(next.RosterId, FillMode.LastMonth, []));
        Assert.That(copied.Filled, Is.Not.Empty);
        Assert.That((await host.Send(Karim, new UndoFill.Command(next.RosterId, copied.Filled))).Freed, Is.EqualTo(copied.Filled.Count));
        Assert.That((await host.Send(Karim, new UndoFill.Command(roster.RosterId.Value, filled.Filled))).Gaps, Is.EqualTo(roster.Gaps));
        Assert.That(
            (await Refused(() => host.Send(Karim, new FillRoster.Command(next.RosterId, FillMode.LastMonth, [])))).Code,
            Is.EqualTo("fill_no_month_before")
        );
        Assert.That((await Refused(() => host.Send(Olivier, fill))).Status, Is.EqualTo(404), "another organisation's");
        Assert.That(
            (
                (InvalidException)await Refused(() => host.Send(Karim, fill with { People = [new(Guid.CreateVersion7())] }))
            ).Errors.Values.SelectMany(e => e),
            Is.EqualTo(new[] { "duty_person_unknown" })
        );
    }

    [Test]
    public async Task A_month_fills_as_the_last_one_without_who_has_left_the_directory_and_says_what_stays_empty_for_that()
    {
        var roster = await Prepared();
        var fill = new FillRoster.Command(roster.RosterId!.Value, FillMode.EachDay, [new(Id(Roche)), new(Id(Weber))]);
        await host.Send(Karim, fill);
        var next = (await host.Send(Karim, new PrepareRoster.Command(roster.SectorId, roster.Month.AddMonths(1)))).RosterId;
        Task<int> Leaves(Guid who) =>
            host.With<RostersDb, int>(db =>
                db.Duties.Where(d => d.RosterId == roster.RosterId && d.HolderId == who)
                    .ExecuteUpdateAsync(u => u.SetProperty(d => d.HolderId, Guid.CreateVersion7()))
            );
        async Task<Guid[]> Proposed() =>
            [.. (await host.Send(Karim, new ListUsualHolders.Query(roster.SectorId, roster.Month.AddMonths(1)))).Select(u => u.PersonId)];
        var whole = await host.Send(Karim, new FillRoster.Command(next, FillMode.LastMonth, []));
        Assert.That(whole.Unknown, Is.Zero);
        Assert.That(await Proposed(), Is.EquivalentTo(new[] { Id(Roche), Id(Weber) }));
        await host.Send(Karim, new UndoFill.Command(next, whole.Filled));

        await Leaves(Id(Weber));
        var without = await host.Send(Karim, new FillRoster.Command(next, FillMode.LastMonth, []));
        Assert.That(without.Shares.Select(s => s.Name), Is.EqualTo(new[] { "Dr Amandine Roche" }));
        // In some months a week's limit would have kept a few of these empty, too.
        Assert.That(without.Unknown, Is.AtLeast(whole.Filled.Count - without.Filled.Count).And.Positive);
        Assert.That(await Proposed(), Is.EqualTo(new[] { Id(Roche) }), "nor are they ticked in the form");
        await host.Send(Karim, new UndoFill.Command(next, without.Filled));

        await Leaves(Id(Roche));
        var nobody = await host.Send(Karim, new FillRoster.Command(next, FillMode.LastMonth, []));
        Assert.That(nobody.Filled, Is.Empty);
        Assert.That(nobody.Unknown, Is.AtLeast(whole.Filled.Count).And.GreaterThan(without.Unknown));
    }

    [Test]
    public async Task D27_Two_planners_who_fill_at_once_put_nobody_on_two_duties()
    {
        var one = await Prepared();
        var other = await Prepared(one.Month, publish: false);
        FillRoster.Command Of(ShowRoster.Response r) => new(r.RosterId!.Value, FillMode.EachDuty, [new(Id(Roche))]);
        await Task.WhenAll(host.Send(Karim, Of(one)), host.Send(Karim, Of(other)));
        var held = (await Again(one))
            .Duties.Concat((await Again(other)).Duties)
            .Where(d => d.Holder?.Id == Id(Roche))
            .OrderBy(d => d.Start)
            .ToList();
        Assert.That(held, Is.Not.Empty);
        Assert.That(held.Zip(held.Skip(1)), Has.All.Matches<(ShowRoster.DutyLine A, ShowRoster.DutyLine B)>(p => p.A.End <= p.B.Start));
    }

    [Test]
    public async Task After_publication_a_change_needs_a_reason_is_kept_and_told()
    {
        var roster = await Prepared(true, Id(Roche));
        var duty = roster.Duties[0].Id;
        Assert.That(
            (await Refused(() => host.Send(Karim, new AssignDuty.Command(duty, Id(Weber))))).Code,
            Is.EqualTo("duty_reason_missing")
        );
        await host.Send(Karim, new AssignDuty.Command(duty, Id(Weber), "Malade"));
        var changed = await Again(roster);
        Assert.That(
            (changed.State, changed.Changes.Single().Before, changed.Changes.Single().After, changed.Changes.Single().Reason),
            Is.EqualTo((RosterState.Changed, "Dr Amandine Roche", "Dr Sarah Weber", "Malade"))
        );
        await Eventually(
            async () => await host.Send(Roche, new CountNotices(duty)) == 1 && await host.Send(Weber, new CountNotices(duty)) == 1,
            Soon,
            "both to be told"
        );
    }

    [Test]
    public async Task D27_Nobody_is_on_two_duties_at_once_however_many_planners_try()
    {
        var first = await Prepared();
        var sectors = new List<ShowRoster.Response> { first };
        for (var i = 0; i < 3; i++)
            sectors.Add(await Prepared(first.Month, false));
        var outcomes = await Task.WhenAll(
            sectors.Select(async s =>
            {
                try
                {
                    await host.Send(Karim, new AssignDuty.Command(s.Duties[3].Id, Id(Petit)));
                    return "assigned";
                }
                catch (ConflictException refused)
                {
                    return refused.Code;
                }
            })
        );
        Assert.That(outcomes.Order(), Is.EqualTo((string[])["assigned", "duty_overlap", "duty_overlap", "duty_overlap"]));
    }

    [Test]
    public async Task W14_An_exchange_needs_both_and_of_two_who_agree_one_has_it()
    {
        var roster = await Prepared(true, Id(Roche), Id(Haddad));
        var duty = roster.Duties[0].Id;
        Assert.That(
            (await Refused(() => host.Send(Haddad, new ProposeSwap.Command(duty)))).Code,
            Is.EqualTo("duty_unknown"),
            "only one's own"
        );
        var swap = (await host.Send(Roche, new ProposeSwap.Command(duty))).SwapId;
        Assert.That((await Refused(() => host.Send(Roche, new ProposeSwap.Command(duty)))).Code, Is.EqualTo("swap_exists"));
        Assert.That((await Refused(() => host.Send(Roche, new AnswerSwap.Command(swap, true)))).Code, Is.EqualTo("swap_with_oneself"));
        var outcomes = await Task.WhenAll(
            new[] { Haddad, Weber, Petit, Haddad, Weber, Petit }.Select(async doctor =>
            {
                try
                {
                    await host.Send(doctor, new AnswerSwap.Command(swap, true));
                    return "accepted";
                }
                catch (ConflictException refused)
                {
                    return refused.Code;
                }
            })
        );
        Assert.That(
            outcomes.GroupBy(o => o).ToDictionary(g => g.Key, g => g.Count()),
            Is.EquivalentTo(new Dictionary<string, int> { ["accepted"] = 1, ["swap_closed"] = 5 })
        );
        var after = await Again(roster);
        Assert.That(
            (after.Duties[0].Holder!.Name == after.Swaps.Single().To, after.Swaps.Single().State, after.Changes.Count, after.State),
            Is.EqualTo((true, SwapState.Accepted, 1, RosterState.Changed))
        );
        await Eventually(async () => await host.Send(Roche, new CountNotices(duty)) == 1, Soon, "Dr Roche to be told");
    }

    [Test]
    public async Task A_proposal_to_one_is_secret_to_others_and_may_be_declined_or_withdrawn()
    {
        var roster = await Prepared(true, Id(Roche), Id(Haddad));
        var swap = (await host.Send(Roche, new ProposeSwap.Command(roster.Duties[0].Id, ReturnDutyId: roster.Duties[1].Id))).SwapId;
        Assert.That((await Refused(() => host.Send(Weber, new AnswerSwap.Command(swap, true)))).Code, Is.EqualTo("swap_unknown"));
        Assert.That(
            (await host.Send(Haddad, new ListMyDuties.Query())).ToAnswer.Single(s => s.Id == swap).ReturnStart,
            Is.EqualTo(roster.Duties[1].Start)
        );
        await host.Send(Haddad, new AnswerSwap.Command(swap, false));
        var other = (await host.Send(Roche, new ProposeSwap.Command(roster.Duties[0].Id, Id(Haddad)))).SwapId;
        await host.Send(Roche, new WithdrawSwap.Command(other));
        Assert.That((await Refused(() => host.Send(Haddad, new AnswerSwap.Command(other, true)))).Code, Is.EqualTo("swap_closed"));
        var third = (await host.Send(Roche, new ProposeSwap.Command(roster.Duties[0].Id, ReturnDutyId: roster.Duties[1].Id))).SwapId;
        await host.Send(Haddad, new AnswerSwap.Command(third, true));
        var after = await Again(roster);
        Assert.That((after.Duties[0].Holder!.Name, after.Duties[1].Holder!.Name), Is.EqualTo(("Dr Bilal Haddad", "Dr Amandine Roche")));
    }

    [Test]
    public async Task Proposals_that_nobody_answered_in_time_do_not_hide_the_others()
    {
        var roster = await Prepared(true, Id(Haddad));
        var duties = roster.Duties.Select(d => d.Id).Take(61).ToList();
        // Each proposed to whoever wants it; all but the last were a year ago.
        await host.With<RostersDb, int>(async db =>
        {
            foreach (var duty in await db.Duties.Where(d => duties.Contains(d.Id)).ToListAsync())
            {
                var (of, past) = (db.Entry(duty), duty.Id == duties[^1] ? 0 : -365);
                (of.Property(d => d.HolderId).CurrentValue, of.Property(d => d.HolderName).CurrentValue) = (Id(Haddad), "Dr Bilal Haddad");
                (of.Property(d => d.Start).CurrentValue, of.Property(d => d.End).CurrentValue) = (
                    duty.Start.AddDays(past),
                    duty.End.AddDays(past)
                );
                db.Add(new Swap(Guid.CreateVersion7(), duty, null, null, null, null, host.Clock.GetUtcNow().AddDays(past)));
            }
            return await db.SaveChangesAsync();
        });
        var mine = (await host.Send(Weber, new ListMyDuties.Query())).ToAnswer.Where(p => p.Sector == roster.Name);
        Assert.That(mine.Select(p => p.Start), Is.EqualTo(new[] { roster.Duties[60].Start }));
    }

    [Test]
    public async Task The_planners_change_and_an_agreement_at_once_leave_one_truth()
    {
        var roster = await Prepared(true, Id(Roche));
        var duty = roster.Duties[0].Id;
        var swap = (await host.Send(Roche, new ProposeSwap.Command(duty, Id(Haddad)))).SwapId;
        async Task<bool> Done(Task act)
        {
            try
            {
                await act;
                return true;
            }
            catch (ConflictException)
            {
                return false;
            }
        }
        var (agreed, decided) = (
            Done(host.Send(Haddad, new AnswerSwap.Command(swap, true))),
            Done(host.Send(Karim, new AssignDuty.Command(duty, Id(Weber), "Décision")))
        );
        await Task.WhenAll(agreed, decided);
        var after = await Again(roster);
        Assert.That(after.Duties[0].Holder!.Name, Is.EqualTo("Dr Sarah Weber"), "the planner came last, or the proposal fell");
        Assert.That(after.Swaps.Single().State, Is.EqualTo(agreed.Result ? SwapState.Accepted : SwapState.Lapsed));
    }

    [Test]
    public async Task A_proposal_of_a_duty_that_moves_at_the_same_moment_is_refused_and_the_new_holder_may_propose_it()
    {
        var roster = await Prepared(true, Id(Roche));
        var duty = roster.Duties[0].Id;
        var came = meanwhile.After(1, "edition", () => host.Send(Karim, new AssignDuty.Command(duty, Id(Weber), "Décision")));
        Assert.That((await Refused(() => host.Send(Roche, new ProposeSwap.Command(duty, Id(Haddad))))).Code, Is.EqualTo("duty_unknown"));
        Assert.That(came(), Is.True);
        await host.Send(Weber, new ProposeSwap.Command(duty, Id(Haddad)));
    }

    [Test]
    public async Task Whoever_could_says_so_and_an_OSNP_is_assigned_by_account()
    {
        var line = (
            await host.Send(
                Marc,
                new SetSector.Command(null, SectorKind.RegulationLine, "Ligne OSNP", null, null, 5, [], DutyCalendar.Usual)
            )
        ).SectorId;
        var month = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).AddMonths(1);
        await host.Send(Marc, new PrepareRoster.Command(line, month));
        var duty = (await host.Send(Marc, new ShowRoster.Query(line, month))).Duties[2].Id;
        await host.Send(Nadia, new VolunteerForDuty.Command(duty, true));
        await host.Send(Nadia, new VolunteerForDuty.Command(duty, true));
        var offer = (await host.Send(Marc, new ShowRoster.Query(line, month))).Duties[2].Offers.Single();
        Assert.That((offer.Name, offer.IsAccount), Is.EqualTo(("Nadia Prat", true)));
        await host.Send(Marc, new AssignDuty.Command(duty, offer.Id));
        var prepared = await host.Send(Marc, new ShowRoster.Query(line, month));
        await host.Send(Marc, new PublishRoster.Command(prepared.RosterId!.Value, prepared.Gaps));
        Assert.That((await host.Send(Nadia, new ListMyDuties.Query())).Duties.Select(d => d.Id), Does.Contain(duty));
    }

    [Test]
    public async Task S15_Others_neither_see_drafts_nor_change_anything()
    {
        var roster = await Prepared(true, Id(Roche));
        Assert.Multiple(async () =>
        {
            Assert.That(
                (await Refused(() => host.Send(Olivier, new ShowRoster.Query(roster.SectorId, roster.Month)))).Status,
                Is.EqualTo(404)
            );
            Assert.That(
                (await Refused(() => host.Send(Olivier, new AssignDuty.Command(roster.Duties[0].Id, Id(Weber), "Non")))).Status,
                Is.EqualTo(404)
            );
            Assert.That(
                (await Refused(() => host.Send(Marc, new AssignDuty.Command(roster.Duties[0].Id, Id(Weber), "Non")))).Status,
                Is.EqualTo(404),
                "the SAS reads, its planner plans its own lines"
            );
            Assert.That((await Refused(() => host.Send(Marc, new PublishRoster.Command(roster.RosterId!.Value)))).Status, Is.EqualTo(404));
            Assert.That((await Refused(() => host.Send(Marc, new ShowSector.Query(roster.SectorId)))).Status, Is.EqualTo(404));
            Assert.That(
                (await Refused(() => host.Send(Roche, new AssignDuty.Command(roster.Duties[0].Id, Id(Weber))))).Status,
                Is.EqualTo(403)
            );
            Assert.That((await Refused(() => host.Send(Karim, new ProposeSwap.Command(roster.Duties[0].Id)))).Status, Is.EqualTo(403));
            Assert.That((await Refused(() => host.Send(Roche, new ShowSheet.Query()))).Status, Is.EqualTo(403));
            Assert.That(
                (await host.Send(Olivier, new ListSectors.Query(roster.Month))).Select(s => s.Id),
                Does.Not.Contain(roster.SectorId)
            );
        });
    }

    [Test]
    public async Task The_sheet_of_the_day_says_who_where_and_which_slots()
    {
        var sheet = await host.Send(Nadia, new ShowSheet.Query());
        Assert.Multiple(() =>
        {
            Assert.That(sheet.OnDuty.Select(p => p.Name), Does.Contain("Metz").And.Contain("Ligne 1, médecin régulateur"));
            Assert.That(sheet.OnDuty[0].Kind, Is.EqualTo(SectorKind.RegulationLine), "lines first");
            Assert.That(sheet.OnDuty.SelectMany(p => p.Turns).Count(t => t.Name is not null), Is.GreaterThan(0));
            Assert.That(sheet.Houses.Select(h => h.Name), Does.Contain("Maison médicale de garde de Metz"));
            Assert.That(sheet.Slots, Is.Not.Null);
        });
        Assert.That((await host.Send(Karim, new ShowSheet.Query())).Slots, Is.Null, "a coordinator searches no slots");
    }

    [TestCase("Secteur \uFFFD", TestName = "S35_A_letter_that_decoding_replaced_is_refused")]
    [TestCase("Secteur \uD83D", TestName = "S35_Half_a_character_is_refused")]
    [TestCase("Secteur \u202Etset", TestName = "S36_A_mark_that_turns_the_text_is_refused")]
    public async Task Texts_come_in_as_in_every_module(string text)
    {
        var command = new SetSector.Command(null, SectorKind.Effection, text, null, null, 3, [], DutyCalendar.Usual);
        Assert.That((await Refused(() => host.Send(Karim, command))).Codes, Does.Contain("sector_name_invalid"));
        var rule = DutyCalendar.Usual[0] with { Label = text };
        Assert.That(
            (await Refused(() => host.Send(Karim, command with { Name = "Essai", Rules = [rule] }))).Codes,
            Does.Contain("roster_rule_invalid")
        );
    }

    [Test]
    public async Task Sectors_and_houses_come_by_name_and_not_by_its_bytes()
    {
        var mark = Guid.CreateVersion7().ToString("n");
        foreach (var name in new[] { $"Zola {mark}", $"évreux {mark}", $"Épinal {mark}" })
            await host.Send(Karim, new SetSector.Command(null, SectorKind.Pharmacy, name, null, null, 3, [], DutyCalendar.Usual));
        var month = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);
        var shown = (await host.Send(Karim, new ListSectors.Query(month))).Select(s => s.Name).Where(n => n.Contains(mark)).ToList();
        Assert.That(shown, Is.EqualTo(new[] { $"Épinal {mark}", $"évreux {mark}", $"Zola {mark}" }));
    }

    [Test]
    public async Task S53_The_same_key_makes_one_sector()
    {
        var command = new SetSector.Command(
            null,
            SectorKind.Effection,
            $"Une fois {Guid.CreateVersion7():n}",
            null,
            null,
            3,
            [],
            DutyCalendar.Usual
        );
        var key = Guid.CreateVersion7().ToString();
        var (one, two) = (await host.Send(Karim, command, key), await host.Send(Karim, command, key));
        Assert.That(two, Is.EqualTo(one));
    }

    [Test]
    public async Task Queries_read_an_index()
    {
        if (engine == Engine.SqlServer)
            Assert.Ignore("The plans of SQLite and PostgreSQL are read; SQL Server shows its own in another way.");
        var (from, to, holder) = (host.Clock.GetUtcNow(), host.Clock.GetUtcNow().AddDays(1), Id(Roche));
        var plans = await host.With<RostersDb, List<string>>(async db =>
        {
            var lines = new List<string>();
            foreach (
                var sql in new[]
                {
                    db.Duties.Where(d => d.HolderId == holder && d.Start > from && d.Start < to && d.End > from).ToQueryString(),
                    db.Duties.Where(d => d.Departement == "57" && d.Published && d.Start > from && d.Start < to).ToQueryString(),
                }
            )
            {
                lines.Add(await Explain(db, sql));
            }
            return lines;
        });
        Assert.That(plans[0], Does.Contain("ix_rosters_duty_holder_id_start"), plans[0]);
        Assert.That(plans[1], Does.Contain("ix_rosters_duty_").And.Contain("start"), plans[1]);
    }

    private static async Task<string> Explain(RostersDb db, string sql)
    {
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        var sqlite = db.Database.IsSqlite();
        // EF prints parameters as settings of SQLite's shell or as comments; the plan needs their values.
        var (text, values) = Parameters(sql);
        if (!sqlite)
        {
            await using var off = connection.CreateCommand();
            off.CommandText = "SET enable_seqscan = off"; // few rows here: what it would use with many
            await off.ExecuteNonQueryAsync();
        }
#pragma warning disable CA2100 // the model's own SQL
        command.CommandText =
            (sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ")
            + values.Aggregate(text, (t, v) => t.Replace(v.Key, v.Value, StringComparison.Ordinal));
#pragma warning restore CA2100
        var plan = new System.Text.StringBuilder();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            plan.AppendLine(reader.GetString(sqlite ? 3 : 0));
        return plan.ToString();
    }

    private static (string Sql, Dictionary<string, string> Values) Parameters(string sql)
    {
        var values = new Dictionary<string, string>();
        var text = new System.Text.StringBuilder();
        foreach (var line in sql.Split('\n'))
        {
            var match = System.Text.RegularExpressions.Regex.Match(line, @"^(?:\.param set|--) ?(@\w+)(?:=| )(\S.*?)(?: \(.*)?\r?$");
            if (match.Success)
                values[match.Groups[1].Value] = match.Groups[2].Value.Trim() is var v && v.StartsWith('\'') ? v : $"'{v}'";
            else
                text.AppendLine(line);
        }
        return (text.ToString(), values.OrderByDescending(v => v.Key.Length).ToDictionary());
    }
}
