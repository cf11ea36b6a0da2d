using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Access.Contracts;
using Parceo.Access.Domain;
using Parceo.Access.Features;
using Parceo.Demo;
using Parceo.Platform;
using Parceo.Platform.Data;

namespace Parceo.Access.Tests.Features;

[TestFixtureSource(typeof(Engines))]
public sealed class RightsTests(Engine engine)
{
    private ParceoHost host = null!;
    private SignedIn people = null!;

    [OneTimeSetUp]
    public async Task Start() => people = new SignedIn(host = await ParceoHost.Start(engine, demo: true));

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task The_demo_world_is_seeded_once()
    {
        async Task<int[]> Counts() =>
            await people.Db(async db =>
                new[]
                {
                    await db.People.CountAsync(),
                    await db.Memberships.CountAsync(),
                    await db.Delegations.CountAsync(),
                    await db.Organisations.CountAsync(),
                }
            );
        var before = await Counts();
        await DemoWorld.SeedDemo(host.Services, default);
        Assert.That(await Counts(), Is.EqualTo(before));
        Assert.That(before[0], Is.GreaterThanOrEqualTo(DemoCast.All.Count));
    }

    [Test]
    public async Task A_regulator_has_a_departement_and_an_effector_an_agenda()
    {
        var nadia = (await people.Credential(await people.Demo(DemoCast.Prat)))!.Rights;
        var haddad = (await people.Credential(await people.Demo(DemoCast.Haddad)))!.Rights;
        Assert.Multiple(() =>
        {
            Assert.That(nadia.Departements, Is.EqualTo(new[] { "57" }));
            Assert.That(nadia.PractitionerIds, Is.Empty);
            Assert.That(haddad.Communes, Does.Contain("57463"));
            Assert.That(haddad.PractitionerIds, Is.EqualTo(new[] { DemoCast.Haddad.DirectoryPersonId!.Value }));
        });
    }

    [Test]
    public async Task S10_S25_roles_are_granted_to_others_only_and_after_a_recent_proof()
    {
        var karim = await people.Demo(DemoCast.Sellami);
        Assert.That(
            (await Expect.Refused(() => people.As(karim, new GrantRole.Command(DemoCast.Sellami.Id, Roles.Regulator, null, null)))).Code,
            Is.EqualTo("not_for_yourself")
        );

        await people.As(karim, new GrantRole.Command(DemoCast.Faure.Id, Roles.ProjectLead, null, null));
        Assert.That((await people.Credential(await people.Demo(DemoCast.Faure)))!.Rights.Roles, Does.Contain(Roles.ProjectLead));

        host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.That(
            (await Expect.Refused(() => people.As(karim, new GrantRole.Command(DemoCast.Faure.Id, Roles.Treasurer, null, null)))).Code,
            Is.EqualTo("step_up_needed")
        );
    }

    [Test]
    public async Task S25_who_installs_takes_the_coordination_while_alone_and_whoever_watches_is_told()
    {
        var (email, organisation) = await people.Administrator();
        var (_, session, _) = await people.Enrol((await people.SignIn(email)).SessionId!.Value);
        var me = (await people.As(session, new Contracts.GetMe()))!;
        GrantRole.Command Take(string role) => new(me.Id, role, null, null);
        var officer = await Member(Roles.PrivacyOfficer, null, me.Organisation!.Id);

        Assert.That((await Expect.Refused(() => people.As(session, Take(Roles.Effector)))).Code, Is.EqualTo("not_for_yourself"));
        await people.As(session, Take(Roles.Coordinator));

        Assert.That((await people.Credential(session))!.Rights.Roles, Does.Contain(Roles.Coordinator));
        await Expect.Eventually(
            async () => await Waiting(officer, me.Id) == 1 && await Waiting(me.Id, me.Id) == 1,
            TimeSpan.FromSeconds(30),
            "the data officer and the administrator to be told"
        );
        var traced = await people.Db(db =>
            db.Set<Platform.Audit.AuditRow>().CountAsync(a => a.ActorId == me.Id && a.Action == "GrantRole" && a.Outcome == "ok")
        );
        Assert.That(traced, Is.EqualTo(1));
    }

    [Test]
    public async Task S25_whoever_watches_is_told_of_roles_that_reach_patients_and_the_one_who_gets_them_is_not_asked()
    {
        var (email, organisation) = await people.Administrator();
        var (_, session, _) = await people.Enrol((await people.SignIn(email)).SessionId!.Value);
        var me = (await people.As(session, new Contracts.GetMe()))!;
        var officer = await Member(Roles.PrivacyOfficer, null, me.Organisation!.Id);
        var colleague = await Member(Roles.Treasurer, null, me.Organisation.Id);
        Task<int> Told() => Waiting(officer, me.Organisation.Id);

        await people.As(session, new GrantRole.Command(colleague, Roles.ProjectLead, null, null));
        await people.As(session, new GrantRole.Command(colleague, Roles.Professional, null, null));
        await Expect.Eventually(async () => await Told() == 1, TimeSpan.FromSeconds(30), "the data officer to be told");
        Assert.That(await Waiting(colleague, me.Organisation.Id), Is.Zero);

        var second = $"u{Guid.CreateVersion7():n}@exemple.fr";
        var token = (await people.As(session, new InvitePerson.Command(second, "Zoé Bis", Roles.Effector))).Token;
        await host.SendAsSystem(new Notifications.Contracts.ClearNotices(me.Organisation.Id));
        Assert.That(await Told(), Is.Zero);
        await people.Anonymously(new AcceptInvitation.Command(token, "Zoé Bis", SignedIn.Password));
        await Expect.Eventually(async () => await Told() == 1, TimeSpan.FromSeconds(30), "the data officer to be told of a second address");
    }

    [Test]
    public async Task S25_with_a_second_administrator_nobody_takes_the_coordination()
    {
        var (email, _) = await people.Administrator();
        var (_, session, _) = await people.Enrol((await people.SignIn(email)).SessionId!.Value);
        var me = (await people.As(session, new Contracts.GetMe()))!;
        await Member(Roles.Administrator, null, me.Organisation!.Id);
        Assert.That(
            (await Expect.Refused(() => people.As(session, new GrantRole.Command(me.Id, Roles.Coordinator, null, null)))).Code,
            Is.EqualTo("not_for_yourself")
        );
    }

    private Task<int> Waiting(Guid person, Guid topic) =>
        host.Send(new TestUser(person, Guid.CreateVersion7()), new Notifications.Contracts.CountNotices(topic));

    [Test]
    public async Task S20_only_the_physician_lets_a_secretary_read_the_reports()
    {
        var (a, secretary) = (await Effector(), await Member(Roles.Delegate, null));
        var karim = await people.Demo(DemoCast.Sellami);
        GrantDelegation.Command Grant(params string[] actions) => new(secretary, a.Practitioner, actions, people.Now.AddMonths(1));
        Assert.That(
            (
                (InvalidException)await Expect.Refused(() => people.As(karim, Grant("feedback.see", "feedback.read")))
            ).Errors.Values.SelectMany(v => v),
            Does.Contain("granted_by_name_only")
        );
        await people.As(karim, Grant("feedback.see"));
        var (doctor, theirs) = (await Session(a.Person), await Session(secretary));
        var delegation = (await people.As(doctor, new ListMyDelegates.Query())).Single();
        AllowByName.Command Allow(params string[] actions) => new(delegation.Id, actions);

        Assert.That((await people.Credential(theirs))!.Rights.MayFor("feedback.read", a.Practitioner), Is.False);
        Assert.That(
            (await Expect.Refused(() => people.As(karim, Allow("feedback.read")))).Status,
            Is.EqualTo(404),
            "no administrator does"
        );
        Assert.That((await Expect.Refused(() => people.As(theirs, Allow("feedback.read")))).Status, Is.EqualTo(404), "nor the secretary");
        Assert.That((await Expect.Refused(() => people.As(doctor, Allow("slots.publish")))).Status, Is.EqualTo(400));

        await people.As(doctor, Allow("feedback.read"));
        Assert.That((await people.Credential(theirs))!.Rights.MayFor("feedback.read", a.Practitioner), Is.True);
        await people.As(doctor, Allow());
        Assert.That((await people.Credential(theirs))!.Rights.MayFor("feedback.read", a.Practitioner), Is.False);
        Assert.That((await people.Credential(theirs))!.Rights.MayFor("feedback.see", a.Practitioner), Is.True, "the rest stays");
    }

    [Test]
    public async Task S9_an_ended_role_is_gone_at_once()
    {
        var (karim, gaelle) = (await people.Demo(DemoCast.Sellami), await people.Demo(DemoCast.Noel));
        var role = (await people.As(karim, new ShowPerson.Query(DemoCast.Noel.Id))).Memberships.Single(m => m.IsLive);
        Assert.That((await people.Credential(gaelle))!.Rights.Roles, Is.Not.Empty);

        await people.As(karim, new EndMembership.Command(role.Id));

        Assert.That((await people.Credential(gaelle))!.Rights.Roles, Is.Empty);
    }

    [Test]
    public async Task The_last_administrator_stays()
    {
        var olivier = await people.Demo(DemoCast.Tran);
        var role = (await people.As(olivier, new ShowPerson.Query(DemoCast.Tran.Id))).Memberships.Single(m =>
            m.Name == Roles.Administrator
        );
        Assert.That(
            (await Expect.Refused(() => people.As(olivier, new EndMembership.Command(role.Id)))).Code,
            Is.EqualTo("last_administrator")
        );
    }

    [Test]
    public async Task S15_an_administrator_sees_and_changes_the_own_organisation_only()
    {
        var olivier = await people.Demo(DemoCast.Tran);
        var roche = await people.Db(db => db.Memberships.FirstAsync(m => m.PersonId == DemoCast.Roche.Id));
        var session = await people.Demo(DemoCast.Roche);

        Assert.That(
            (await people.As(olivier, new ListPeople.Query(null, null))).People.Select(p => p.Id),
            Does.Contain(DemoCast.Kuhn.Id).And.Not.Contain(DemoCast.Roche.Id)
        );
        Assert.That((await Expect.Refused(() => people.As(olivier, new ShowPerson.Query(DemoCast.Roche.Id)))).Status, Is.EqualTo(404));
        Assert.That((await Expect.Refused(() => people.As(olivier, new EndMembership.Command(roche.Id)))).Status, Is.EqualTo(404));
        Assert.That((await Expect.Refused(() => people.As(olivier, new EndSession.Command(session)))).Status, Is.EqualTo(404));
        Assert.That(
            (await Expect.Refused(() => people.As(olivier, new GrantRole.Command(DemoCast.Roche.Id, Roles.Treasurer, null, null)))).Status,
            Is.EqualTo(404)
        );
        Assert.That((await Expect.Refused(() => people.As(olivier, new ShowOrganisation.Query(DemoCast.Val.Id)))).Status, Is.EqualTo(404));
        Assert.That(
            (await Expect.Refused(() => people.As(olivier, new SwitchOrganisation.Command(DemoCast.Val.Id)))).Status,
            Is.EqualTo(404)
        );
    }

    [Test]
    public async Task S13_others_administer_nothing()
    {
        var nadia = await people.Demo(DemoCast.Prat);
        Assert.That((await Expect.Refused(() => people.As(nadia, new ListPeople.Query(null, null)))).Status, Is.EqualTo(403));
        Assert.That(
            (await Expect.Refused(() => people.As(nadia, new InvitePerson.Command("a@exemple.fr", "Quelqu'un", Roles.Effector)))).Status,
            Is.EqualTo(403)
        );
        Assert.That((await Expect.Refused(() => people.Anonymously(new ListPeople.Query(null, null)))).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task S20_a_delegate_acts_for_named_professionals_by_named_actions_until_revoked()
    {
        var (karim, jeanne) = (await people.Demo(DemoCast.Sellami), await people.Demo(DemoCast.Bost));
        var before = (await people.Credential(jeanne))!.Rights;
        var delegation = (await people.As(karim, new ShowPerson.Query(DemoCast.Bost.Id))).Delegations.Single();
        Assert.Multiple(() =>
        {
            Assert.That(before.PractitionerIds, Is.EqualTo(new[] { DemoCast.Roche.DirectoryPersonId!.Value }));
            Assert.That(before.Permissions, Does.Contain("slots.publish"));
        });

        Assert.That(
            (
                await Expect.Refused(() =>
                    people.As(
                        karim,
                        new GrantDelegation.Command(
                            DemoCast.Bost.Id,
                            DemoCast.Roche.DirectoryPersonId!.Value,
                            ["slots.publish"],
                            people.Now.AddMonths(13)
                        )
                    )
                )
            ).Code,
            Is.EqualTo("delegation_too_long")
        );
        Assert.That(
            (
                await Expect.Refused(() =>
                    people.As(
                        karim,
                        new GrantDelegation.Command(
                            DemoCast.Bost.Id,
                            DemoCast.Kuhn.DirectoryPersonId!.Value,
                            ["slots.publish"],
                            people.Now.AddMonths(1)
                        )
                    )
                )
            ).Code,
            Is.EqualTo("practitioner_elsewhere")
        );
        Assert.That(
            (
                await Expect.Refused(async () =>
                    await people.As(await people.Demo(DemoCast.Kuhn), new RevokeDelegation.Command(delegation.Id))
                )
            ).Status,
            Is.EqualTo(404)
        );

        await people.As(await people.Demo(DemoCast.Roche), new RevokeDelegation.Command(delegation.Id));

        var after = (await people.Credential(jeanne))!.Rights;
        Assert.Multiple(() =>
        {
            Assert.That(after.PractitionerIds, Is.Empty);
            Assert.That(after.Permissions, Does.Not.Contain("slots.publish"));
        });
        Assert.DoesNotThrowAsync(() => DemoWorld.SeedDemo(host.Services, default), "a revoked delegation does not trouble the next start");
    }

    [Test]
    public async Task S20_delegations_are_pairs_and_end_with_what_the_professional_may_do()
    {
        var (a, b) = (await Effector(), await Effector());
        var secretary = await Member(Roles.Delegate, null);
        foreach (var (practitioner, action) in new[] { (a.Practitioner, "slots.publish"), (b.Practitioner, "slots.record-outcome") })
        {
            await people.Db(async db =>
            {
                db.Delegations.Add(
                    new Delegation(
                        Guid.CreateVersion7(),
                        secretary,
                        practitioner,
                        DemoCast.Val.Id,
                        [action],
                        people.Now,
                        people.Now.AddMonths(1)
                    )
                );
                return await db.SaveChangesAsync();
            });
        }
        var session = await Session(secretary);
        var rights = (await people.Credential(session))!.Rights;
        Assert.Multiple(() =>
        {
            Assert.That(rights.Permissions, Is.EquivalentTo(new[] { "slots.publish", "slots.record-outcome" }));
            Assert.That(rights.MayFor("slots.publish", a.Practitioner) && rights.MayFor("slots.record-outcome", b.Practitioner), Is.True);
            Assert.That(rights.MayFor("slots.record-outcome", a.Practitioner) || rights.MayFor("slots.publish", b.Practitioner), Is.False);
        });

        await people.Db(async db =>
        {
            (await db.Memberships.SingleAsync(m => m.PersonId == a.Person)).End(people.Now);
            (await db.People.SingleAsync(p => p.Id == b.Person)).Disable(people.Now);
            return await db.SaveChangesAsync();
        });
        host.Clock.Advance(TimeSpan.FromSeconds(31)); // S9: other people's credentials are read anew every 30 seconds

        var after = (await people.Credential(session))!.Rights;
        Assert.That((after.Permissions.Count, after.PractitionerIds.Count), Is.EqualTo((0, 0)));
    }

    private async Task<(Guid Person, Guid Practitioner)> Effector()
    {
        var practitioner = Guid.CreateVersion7();
        return (await Member(Roles.Effector, practitioner), practitioner);
    }

    private Task<Guid> Member(string role, Guid? practitioner, Guid? organisation = null) =>
        people.Db(async db =>
        {
            var person = new Data.Person(Guid.CreateVersion7(), $"m{Guid.CreateVersion7():n}@exemple.fr", "Membre Essai", null, people.Now);
            person.Is(practitioner);
            db.People.Add(person);
            db.Memberships.Add(new Membership(Guid.CreateVersion7(), person.Id, organisation ?? DemoCast.Val.Id, role, people.Now));
            await db.SaveChangesAsync();
            return person.Id;
        });

    private Task<Guid> Session(Guid person, Guid? organisation = null) =>
        people.Db(async db =>
        {
            var session = new Session(
                Guid.CreateVersion7(),
                person,
                organisation ?? DemoCast.Val.Id,
                "pwd+totp",
                people.Now,
                people.Now,
                null,
                "Essai"
            );
            db.Sessions.Add(session);
            await db.SaveChangesAsync();
            return session.Id;
        });

    [Test]
    public async Task S31_a_denial_inside_a_handler_is_traced_like_any_other()
    {
        var karim = await people.Demo(DemoCast.Sellami);
        Task<int> Denials() =>
            people.Db(db =>
                db.Set<Platform.Audit.AuditRow>()
                    .CountAsync(a => a.ActorId == DemoCast.Sellami.Id && a.Action == "GrantRole" && a.Outcome == "not_for_yourself")
            );
        var before = await Denials();
        await Expect.Refused(() => people.As(karim, new GrantRole.Command(DemoCast.Sellami.Id, Roles.Treasurer, null, null)));
        Assert.That(await Denials() - before, Is.EqualTo(1));
    }

    [Test]
    public async Task S31_a_404_decided_in_a_handler_is_a_denial_too_and_names_what_was_asked_for()
    {
        var (karim, unknown) = (await people.Demo(DemoCast.Sellami), Guid.CreateVersion7());
        var refused = await Expect.Refused(() => people.As(karim, new ShowPerson.Query(unknown)));
        Assert.That(refused.Status, Is.EqualTo(404));
        var row = await people.Db(db =>
            db.Set<Platform.Audit.AuditRow>().SingleAsync(a => a.ActorId == DemoCast.Sellami.Id && a.ObjectId == unknown.ToString())
        );
        Assert.That((row.Action, row.Outcome, row.ObjectType), Is.EqualTo(("ShowPerson", refused.Code, "person")));
    }

    [Test]
    public async Task S25_nobody_invites_oneself_by_any_spelling()
    {
        var karim = await people.Demo(DemoCast.Sellami);
        foreach (var spelling in new[] { DemoCast.Sellami.Email, DemoCast.Sellami.Email.ToUpperInvariant() })
            Assert.That(
                (await Expect.Refused(() => people.As(karim, new InvitePerson.Command(spelling, "Karim Sellami", Roles.Treasurer)))).Code,
                Is.EqualTo("not_for_yourself")
            );
    }

    [Test]
    public async Task S22_only_an_access_service_makes_regulators([Values(Roles.Regulator, Roles.SasReferent)] string role)
    {
        var karim = await people.Demo(DemoCast.Sellami);
        Assert.That(
            (await Expect.Refused(() => people.As(karim, new GrantRole.Command(DemoCast.Faure.Id, role, null, null)))).Code,
            Is.EqualTo("role_elsewhere")
        );
        Assert.That(
            (await Expect.Refused(() => people.As(karim, new InvitePerson.Command("ailleurs@exemple.fr", "Quelqu’un", role)))).Code,
            Is.EqualTo("role_elsewhere")
        );

        var sas = await Session(await Member(Roles.Administrator, null, DemoCast.Sas.Id), DemoCast.Sas.Id);
        Assert.DoesNotThrowAsync(() =>
            people.As(sas, new InvitePerson.Command($"r{Guid.CreateVersion7():n}@exemple.fr", "Quelqu’un", role))
        );
    }

    [Test]
    public async Task S25_an_administrator_makes_places_of_work_below_the_own_and_nothing_that_regulates()
    {
        var val = await people.Demo(DemoCast.Sellami);
        foreach (var kind in Enum.GetValues<OrganisationKind>())
        {
            var make = () => people.As(val, new CreateOrganisation.Command(kind, $"{kind} {Guid.CreateVersion7():n}"));
            if (kind is OrganisationKind.AccessService or OrganisationKind.Community or OrganisationKind.Agency)
                Assert.That((await Expect.Refused(make)).Code, Is.EqualTo("organisation_kind_elsewhere"), $"{kind}");
            else
                Assert.That((await make()).Id, Is.Not.EqualTo(Guid.Empty), $"{kind}");
        }
    }

    [Test]
    public async Task S22_a_territory_stays_inside_the_givers_own()
    {
        var karim = await people.Demo(DemoCast.Sellami);
        foreach (
            var (organisation, communes, departements) in new (Guid, string[], string[])[]
            {
                (DemoCast.Tilleuls.Id, ["57463", "57672"], []),
                (DemoCast.Tilleuls.Id, [], ["57"]),
                (DemoCast.Val.Id, [], ["57"]),
                (DemoCast.Val.Id, ["57672"], []),
            }
        )
            Assert.That(
                (await Expect.Refused(() => people.As(karim, new SetTerritory.Command(organisation, communes, departements)))).Code,
                Is.EqualTo("territory_too_large")
            );
        Assert.DoesNotThrowAsync(() => people.As(karim, new SetTerritory.Command(DemoCast.Tilleuls.Id, ["57463"], [])));
    }

    [Test]
    public async Task S11_the_command_line_gives_the_first_territory()
    {
        var name = $"SAS {Guid.CreateVersion7():n}";
        async Task Run(params string[] more)
        {
            await using var scope = host.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("test");
            var command = new Commands.AdminCreate(
                scope.ServiceProvider.GetRequiredService<ISender>(),
                host.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()
            );
            Assert.That(
                await command.Run(
                    [
                        "--email",
                        $"a{Guid.CreateVersion7():n}@exemple.fr",
                        "--name",
                        "Ada Min",
                        "--organisation",
                        name,
                        "--kind",
                        "AccessService",
                        .. more,
                    ],
                    default
                ),
                Is.Zero
            );
        }
        Task<List<string>> Territory() =>
            people.Db(db =>
                db.Organisations.Where(o => o.Name == name)
                    .SelectMany(o => o.Departements)
                    .Select(d => d.Departement)
                    .OrderBy(d => d)
                    .ToListAsync()
            );

        await Run("--departements", "57, 54");
        Assert.That(await Territory(), Is.EqualTo(new[] { "54", "57" }));
        await Run();
        Assert.That(await Territory(), Is.EqualTo(new[] { "54", "57" }), "unchanged when not given");
        Assert.That(await Expect.Refused(() => Run("--departements", "57000")), Is.TypeOf<InvalidException>());
    }

    [Test]
    public async Task One_professional_is_one_account_whoever_links_them_at_the_same_time()
    {
        var (practitioner, karim) = (Guid.CreateVersion7(), await people.Demo(DemoCast.Sellami));
        await Member(Roles.Professional, practitioner);
        Assert.That(
            (await Expect.Refused(() => Member(Roles.Professional, practitioner))).Code,
            Is.EqualTo("concurrent_change"),
            "the database says so itself"
        );
        var other = await Member(Roles.Professional, null);
        Assert.That(
            (await Expect.Refused(() => people.As(karim, new LinkPractitioner.Command(other, practitioner)))).Code,
            Is.EqualTo("practitioner_taken")
        );
    }

    [Test]
    public async Task S24_whoever_left_is_no_longer_the_organisations_business()
    {
        var (karim, gone) = (await people.Demo(DemoCast.Sellami), await Member(Roles.Professional, null));
        var session = await Session(gone);
        async Task<bool> Listed() => (await people.As(karim, new ListPeople.Query("Membre Essai", null))).People.Any(p => p.Id == gone);
        Assert.That(await Listed(), Is.True);
        await people.Db(async db =>
        {
            (await db.Memberships.SingleAsync(m => m.PersonId == gone)).End(people.Now);
            return await db.SaveChangesAsync();
        });

        Assert.That(await Listed(), Is.False);
        Assert.That((await people.As(karim, new ShowPerson.Query(gone))).Sessions, Is.Empty);
        Assert.That((await Expect.Refused(() => people.As(karim, new EndSession.Command(session)))).Code, Is.EqualTo("session_unknown"));
    }

    [Test]
    public async Task Two_administrators_who_end_each_other_at_once_leave_one()
    {
        for (var round = 0; round < 10; round++)
        {
            var organisation = await people.Db(async db =>
            {
                var made = new Organisation(
                    Guid.CreateVersion7(),
                    OrganisationKind.HealthHouse,
                    $"Maison {Guid.CreateVersion7():n}",
                    null,
                    people.Now
                );
                db.Organisations.Add(made);
                await db.SaveChangesAsync();
                return made.Id;
            });
            var (a, b) = (await Member(Roles.Administrator, null, organisation), await Member(Roles.Administrator, null, organisation));
            var (asA, asB) = (await Session(a, organisation), await Session(b, organisation));
            var roles = await people.Db(db =>
                db.Memberships.Where(m => m.OrganisationId == organisation).ToDictionaryAsync(m => m.PersonId, m => m.Id)
            );
            async Task End(Guid session, Guid role)
            {
                try
                {
                    await people.As(session, new EndMembership.Command(role));
                }
                catch (RefusalException)
                { /* the one who came second */
                }
            }

            await Task.WhenAll(End(asA, roles[b]), End(asB, roles[a]));

            Assert.That(
                await people.Db(db => db.Memberships.CountAsync(m => m.OrganisationId == organisation && m.Until == null)),
                Is.EqualTo(1),
                $"round {round}"
            );
        }
    }

    [Test]
    public async Task Working_elsewhere_changes_what_one_may_do()
    {
        var roche = await people.Demo(DemoCast.Roche);
        await people.As(roche, new SwitchOrganisation.Command(DemoCast.Val.Id));
        Assert.That((await people.Credential(roche))!.Rights.Roles, Does.Contain(Roles.Effector));
        await people.As(roche, new SwitchOrganisation.Command(DemoCast.Tilleuls.Id));
        var credential = (await people.Credential(roche))!;
        Assert.Multiple(() =>
        {
            Assert.That(credential.OrganisationId, Is.EqualTo(DemoCast.Tilleuls.Id));
            Assert.That(credential.Rights.Roles, Is.EqualTo(new[] { Roles.Professional }));
            Assert.That(credential.Rights.Communes, Is.EqualTo(new[] { "57463" }));
        });
        await people.As(roche, new SwitchOrganisation.Command(DemoCast.Val.Id));
    }

    [Test]
    public async Task S28_a_token_has_scopes_an_end_and_only_a_hash_in_the_database()
    {
        var token = (await host.SendAsSystem(new IssueToken.Command(DemoCast.Prat.Email, "essai", 2, ["slots.search"], null))).Token;
        using var client = host.Client(token);
        async Task<int> Status() => (int)(await client.GetAsync(new Uri("/api/access/me", UriKind.Relative))).StatusCode;

        var me = await client.GetStringAsync(new Uri("/api/access/me", UriKind.Relative));
        Assert.Multiple(() =>
        {
            Assert.That(token, Does.Match("^prc_[A-Za-z0-9_-]{43}$"));
            Assert.That(me, Does.Contain("\"permissions\":[\"slots.search\"]"));
        });
        var hash = Secrets.Hash(token);
        Assert.That(await people.Db(db => db.Tokens.CountAsync(t => t.Hash == hash)), Is.EqualTo(1));

        host.Clock.Advance(TimeSpan.FromDays(2));
        Assert.That(await Status(), Is.EqualTo(401));
        using var wrong = host.Client(token[..^1] + (token[^1] == 'A' ? 'B' : 'A'));
        Assert.That((int)(await wrong.GetAsync(new Uri("/api/access/me", UriKind.Relative))).StatusCode, Is.EqualTo(401));
    }

    [Test]
    public async Task S28_a_token_never_can_more_than_its_owner()
    {
        var faure = await people.Demo(DemoCast.Faure);
        Assert.That(
            (await Expect.Refused(() => people.As(faure, new CreateApiToken.Command("trop", 5, ["slots.book"])))).Code,
            Is.EqualTo("permission_unknown")
        );
    }

    [Test]
    public async Task Lists_are_paged_without_a_gap_or_a_repetition()
    {
        var session = await people.Demo(DemoCast.Sellami);
        await people.Db(async db =>
        {
            for (var i = 0; i < 60; i++)
            {
                var person = new Data.Person(Guid.CreateVersion7(), $"page{i:00}@exemple.fr", $"Page {i:00}", null, people.Now);
                db.People.Add(person);
                db.Memberships.Add(new Membership(Guid.CreateVersion7(), person.Id, DemoCast.Val.Id, Roles.Professional, people.Now));
            }
            return await db.SaveChangesAsync();
        });
        var seen = new List<Guid>();
        string? next = null;
        do
        {
            var page = await people.As(session, new ListPeople.Query("page", next));
            seen.AddRange(page.People.Select(p => p.Id));
            next = page.Next;
        } while (next is not null);
        Assert.That(seen, Has.Count.EqualTo(60).And.Unique);
    }
}
