using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Access.Contracts;
using Parceo.Access.Features;
using Parceo.Demo;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;
using Parceo.Platform.Modules;

namespace Parceo.Access.Tests.Features;

/// <summary>What an administrator finds on the first day, and what the data officer reads afterwards.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class FirstDayTests(Engine engine)
{
    private ParceoHost host = null!;
    private SignedIn people = null!;

    [OneTimeSetUp]
    public async Task Start() => people = new SignedIn(host = await ParceoHost.Start(engine, demo: true));

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private async Task<(Guid Session, Guid Organisation)> Installer()
    {
        var (email, name) = ($"u{Guid.CreateVersion7():n}@exemple.fr", $"CPTS {Guid.CreateVersion7():n}");
        var token = (await host.SendAsSystem(new CreateAdministrator.Command(email, "Zoé Quidam", name, OrganisationKind.Community))).Token;
        await people.Anonymously(new AcceptInvitation.Command(token, "Zoé Quidam", SignedIn.Password));
        var (_, session, _) = await people.Enrol((await people.SignIn(email)).SessionId!.Value);
        return (session, (await people.As(session, new Contracts.GetMe()))!.Organisation!.Id);
    }

    [Test]
    public async Task The_steps_of_the_first_day_tick_themselves()
    {
        var (session, organisation) = await Installer();
        async Task<Dictionary<string, bool?>> Steps() =>
            (await people.As(session, new ShowFirstSteps.Query())).Steps.ToDictionary(s => s.What.Name, s => s.IsDone);
        var before = await Steps();
        Assert.Multiple(() =>
        {
            Assert.That(
                before.Keys,
                Is.EqualTo(
                    new[]
                    {
                        "access.territory",
                        "directory.import",
                        "access.own-role",
                        "access.mail",
                        "access.invitations",
                        "slots.slot",
                        "messaging.channel",
                    }
                )
            );
            Assert.That(before["directory.import"], Is.True, "the demonstration has a directory");
            Assert.That(before.Where(s => s.Key != "directory.import").Select(s => s.Value), Is.All.False);
        });

        var read = await people.As(session, new ReadTerritory.Query("Metz\nmarly, 57130", ["57"]));
        Assert.That(read.Communes, Does.Contain("57463").And.Contain("57447"));
        await people.As(session, new SetTerritory.Command(organisation, read.Communes, []));
        await people.As(
            session,
            new GrantRole.Command((await people.As(session, new Contracts.GetMe()))!.Id, Roles.Coordinator, null, null)
        );
        await people.As(session, new RecordMailTest.Command());
        var after = await Steps();
        Assert.That(
            new[] { "access.territory", "access.own-role", "access.mail", "slots.slot" }.Select(s => after[s]),
            Is.All.True,
            "the demonstration's doctors have slots in Metz"
        );
    }

    [Test]
    public async Task What_only_whoever_runs_the_installation_may_do_is_said_to_be_theirs()
    {
        var (session, _) = await Installer();
        var theirs = await people.As(session, new ShowFirstSteps.Query());
        Assert.That(theirs.Steps.Where(s => s.IsOperators && !s.IsMine).Select(s => s.What.Name), Is.EqualTo(new[] { "directory.import" }));
        Assert.That(theirs.Operator, Is.EqualTo(DemoCast.Val.Name));
        var ours = await people.As(await people.Demo(DemoCast.Sellami), new ShowFirstSteps.Query());
        Assert.That(ours.Steps.Single(s => s.What.Name == "directory.import").IsMine, Is.True);
    }

    [Test]
    public async Task The_first_days_last_while_something_is_missing_that_one_may_do()
    {
        var (session, organisation) = await Installer();
        Task<int> Waits() => people.As(session, new CountFirstSteps.Query());
        Assert.That(await Waits(), Is.EqualTo(1));
        var email = $"u{Guid.CreateVersion7():n}@exemple.fr";
        var token = (await people.As(session, new InvitePerson.Command(email, "Ada Min", Roles.Treasurer))).Token;
        await people.Anonymously(new AcceptInvitation.Command(token, "Ada Min", SignedIn.Password));
        Assert.That(await Waits(), Is.EqualTo(1), "somebody else is there, and steps are missing");

        var steps = (await people.As(session, new ShowFirstSteps.Query())).Steps.ToDictionary(s => s.What.Name);
        Assert.That(steps["messaging.channel"].IsMine || steps["slots.slot"].IsMine, Is.False, "nobody is led to a closed door");
        Assert.That(steps["messaging.channel"].IsOperators, Is.False);
        await people.As(session, new SetTerritory.Command(organisation, ["57463"], []));
        await people.As(session, new RecordMailTest.Command());
        await people.As(session, new GrantRole.Command((await people.Credential(session))!.PersonId, Roles.Coordinator, null, null));
        Assert.That(await Waits(), Is.EqualTo(1), "who coordinates opens the first channel");
    }

    [Test]
    public async Task Only_roles_that_the_organisation_has_are_offered()
    {
        var karim = await people.Demo(DemoCast.Sellami);
        var regulates = new TestUser(Guid.CreateVersion7(), DemoCast.Sas.Id, Roles.Administrator);
        var (community, service) = (
            (await people.As(karim, new ListGivableRoles.Query())).ToPeople,
            (await host.Send(regulates, new ListGivableRoles.Query())).ToPeople
        );
        Assert.That(community, Does.Contain(Roles.SingleNumberDesk).And.Not.Contain(Roles.Regulator).And.Not.Contain(Roles.SasReferent));
        Assert.That(service, Does.Contain(Roles.Regulator).And.Not.Contain(Roles.SingleNumberDesk));
        using var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", DemoCast.Sellami.Id.ToString()));
        foreach (
            var path in new[]
            {
                "/administration/invitations",
                $"/administration/personnes/{DemoCast.Caron.Id}",
                "/administration/integrations",
            }
        )
        {
            var page = await (await browser.Get(path)).Content.ReadAsStringAsync();
            Assert.That(
                page,
                Does.Contain($"<option value=\"{Roles.Coordinator}\"").And.Not.Contain($"<option value=\"{Roles.Regulator}\""),
                path
            );
        }
    }

    [Test]
    public async Task S32_How_somebody_came_stands_in_the_trail_of_the_organisation_they_came_to()
    {
        var karim = await people.Demo(DemoCast.Sellami);
        var officer = new TestUser(Guid.CreateVersion7(), DemoCast.Val.Id, Roles.PrivacyOfficer);
        var email = $"u{Guid.CreateVersion7():n}@exemple.fr";
        var token = (await people.As(karim, new InvitePerson.Command(email, "Ada Min", Roles.Treasurer))).Token;
        await people.Anonymously(new AcceptInvitation.Command(token, "Ada Min", SignedIn.Password));
        await people.SignIn(email);
        var person = await people.Db(db => db.People.Where(p => p.Email == email).Select(p => p.Id).SingleAsync());
        var rows = (await host.Send(officer, new ReadJournal.Query { ObjectType = "person", ObjectId = person.ToString() })).Rows;
        Assert.That(rows.Select(r => r.Action), Does.Contain("AcceptInvitation"));

        // With an account that works elsewhere.
        var (elsewhere, _) = await people.Administrator();
        var guest = (await people.SignIn(elsewhere)).SessionId!.Value;
        var second = (await people.As(karim, new InvitePerson.Command(elsewhere, "Zoé Quidam", Roles.Treasurer))).Token;
        await people.As(guest, new JoinByInvitation.Command(second));
        var their = (await people.Credential(guest))!.PersonId;
        Assert.That(
            (await host.Send(officer, new ReadJournal.Query { Actor = their })).Rows.Select(r => r.Action),
            Does.Contain("JoinByInvitation")
        );
    }

    [Test]
    public async Task S22_only_the_first_territory_of_a_community_is_its_own_word()
    {
        var (session, organisation) = await Installer();
        Task<string> Set(string[] communes, params string[] departements) =>
            Tried(() => people.As(session, new SetTerritory.Command(organisation, communes, departements)));
        Assert.That(await Set([], "57"), Is.EqualTo("territory_too_large"), "no département by oneself");
        Assert.That(await Set(["57463", "57672"]), Is.EqualTo("done"));
        Assert.That(await Set(["57463", "57672", "57447"]), Is.EqualTo("territory_too_large"), "nor more, later");
        Assert.That(await Set(["57463"]), Is.EqualTo("done"));
    }

    private static async Task<string> Tried(Func<Task> act)
    {
        try
        {
            await act();
            return "done";
        }
        catch (RefusalException refused)
        {
            return refused.Code;
        }
    }

    [Test]
    public async Task Communes_are_read_by_name_postal_code_or_number_and_what_is_not_is_said()
    {
        var karim = await people.Demo(DemoCast.Sellami);
        var read = await people.As(
            karim,
            new ReadTerritory.Query("METZ ; montigny les metz\nWoippy (57751)\nMarly\n57140\nNulle-Part\nSaint-Denis", ["57"])
        );
        Assert.Multiple(() =>
        {
            Assert.That(read.Communes, Does.Contain("57463").And.Contain("57480").And.Contain("57751").And.Contain("57447"));
            Assert.That(read.Unread, Is.EqualTo(new[] { "Nulle-Part" }));
            Assert.That(read.Ambiguous.Select(a => a.Text), Is.EqualTo(new[] { "Saint-Denis" }), "none of Moselle, several elsewhere");
        });
    }

    [Test]
    public async Task S32_The_data_officer_reads_the_trail_follows_one_and_leaves_a_line()
    {
        var (karim, mireille) = (await people.Demo(DemoCast.Sellami), await people.Demo(DemoCast.Caron));
        await people.As(karim, new InvitePerson.Command($"j{Guid.CreateVersion7():n}@exemple.fr", "Ada Min", Roles.Professional));
        await Expect.Refused(() => people.As(karim, new GrantRole.Command(DemoCast.Sellami.Id, Roles.Effector, null, null)));
        Task<ReadJournal.Response> Read(ReadJournal.Query query) => people.As(mireille, query);

        var his = (await Read(new() { Actor = DemoCast.Sellami.Id })).Rows;
        var invited = his.First(r => r.Action == "InvitePerson");
        var thing = (await Read(new() { ObjectType = invited.ObjectType, ObjectId = invited.ObjectId })).Rows;
        var refused = (await Read(new() { Refusals = true, Person = "sellami" })).Rows;
        var none = (await Read(new() { To = people.Now.AddYears(-1) })).Rows;
        Assert.Multiple(() =>
        {
            Assert.That(his.Select(r => r.Actor).Distinct(), Is.EqualTo(new[] { "Karim Sellami" }));
            Assert.That(thing.Select(r => r.Action), Does.Contain("InvitePerson"));
            Assert.That(refused.Select(r => r.Outcome), Does.Contain("not_for_yourself").And.Not.Contain("ok"));
            Assert.That(none, Is.Empty);
        });
        var traced = await people.Db(db =>
            db.Set<AuditRow>().CountAsync(a => a.ActorId == DemoCast.Caron.Id && a.Action == "ReadJournal" && a.Outcome == "ok")
        );
        Assert.That(traced, Is.EqualTo(4), "each look");
        Assert.That((await Expect.Refused(() => people.As(karim, new ReadJournal.Query()))).Status, Is.EqualTo(403), "no administrator's");
        Assert.That(
            (await Read(new() { Actor = DemoCast.Tran.Id })).Rows,
            Is.Empty,
            "what somebody does in another organisation is in its trail"
        );
    }

    [Test]
    public void The_journal_names_in_French_what_there_is()
    {
        var requests = host.Services.GetRequiredService<ModuleCatalog>().Requests.Select(r => RequestName.Of(r.Key)).ToHashSet();
        var named = Pages.JournalText.Choices.Select(c => c.Value).ToHashSet();
        Assert.That(named.Where(name => !requests.Contains(name)), Is.Empty);
        var traced = host
            .Services.GetRequiredService<ModuleCatalog>()
            .Requests.Select(r => r.Key)
            .Where(r => !r.IsDefined(typeof(SystemOnlyAttribute), false))
            .Where(r => r.Name == "Command" || r.IsDefined(typeof(AuditedAttribute), false))
            .Select(RequestName.Of);
        Assert.That(traced.Where(name => !named.Contains(name)), Is.Empty, "what people do and read has a name that people read");
        Assert.That(Pages.JournalText.Of("ListChannels", null), Is.EqualTo("Lecture"), "refused: what else is there of it?");
    }

    [Test]
    public async Task S63_The_trail_is_read_page_by_page_without_a_gap()
    {
        var (karim, mireille) = (await people.Demo(DemoCast.Sellami), await people.Demo(DemoCast.Caron));
        for (var i = 0; i < 60; i++)
            await people.As(karim, new RecordMailTest.Command());
        var query = new ReadJournal.Query { Action = "RecordMailTest" };
        var first = await people.As(mireille, query);
        var second = await people.As(mireille, query with { After = first.Next });
        Assert.That((first.Rows.Count, second.Rows.Count + first.Rows.Count), Is.EqualTo((50, 60)));
        Assert.That(first.Rows.Concat(second.Rows).Select(r => r.Id).Distinct().Count(), Is.EqualTo(60));
    }

    [Test]
    public async Task People_are_in_order_of_their_family_names_and_filtered()
    {
        var karim = await people.Demo(DemoCast.Sellami);
        var all = (await people.As(karim, new ListPeople.Query(null, null))).People.Select(p => p.Name).ToList();
        var secretaries = (await people.As(karim, new ListPeople.Query(null, null, Roles.Delegate))).People.Select(p => p.Id);
        Assert.Multiple(() =>
        {
            Assert.That(
                all.FindIndex(n => n.Contains("Aubry", StringComparison.Ordinal)),
                Is.LessThan(all.FindIndex(n => n.Contains("Bost", StringComparison.Ordinal))),
                "Lise Aubry before Jeanne Bost"
            );
            Assert.That(secretaries, Is.EqualTo(new[] { DemoCast.Bost.Id }));
        });
    }
}
