using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Features;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;

namespace Parceo.Access.Tests.Features;

/// <summary>S25: a role that reaches patients, and that of administrator, is given by two where there are two.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class SecondPersonTests(Engine engine)
{
    private ParceoHost host = null!;
    private SignedIn people = null!;
    private Guid first,
        second;

    [OneTimeSetUp]
    public async Task Start() => people = new SignedIn(host = await ParceoHost.Start(engine));

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    /// <summary>An organisation with two administrators, both with a recent proof.</summary>
    [SetUp]
    public async Task Two()
    {
        var (email, _) = await people.Administrator();
        first = (await people.Enrol((await people.SignIn(email)).SessionId!.Value)).Session;
        second = await Join(Roles.Administrator);
        Assert.That(await Waiting(first), Is.Empty, "nobody else could confirm the second administrator");
    }

    [Test]
    public async Task S25_An_invitation_into_care_waits_for_the_other_administrator_and_then_opens_what_it_says()
    {
        var nurse = await Join(Roles.CoordinationNurse);
        Assert.That(await Organisation(nurse), Is.Null);
        var row = (await Waiting(second)).Single();
        Assert.That((row.Role, row.IsInvitation, row.IsMine), Is.EqualTo((Roles.CoordinationNurse, false, false)));
        Assert.That((await Waiting(first)).Single().IsMine, Is.True);
        Assert.That(await people.As(first, new CountProposedRoles.Query()), Is.Zero);
        Assert.That(await people.As(second, new CountProposedRoles.Query()), Is.EqualTo(1));
        var told = Waits((await Organisation(first))!.Id);
        await Told(second, told);
        Assert.That(
            await people.As(first, new GrantRole.Command(await Person(await Join(Roles.Treasurer)), Roles.Effector, null, null))
                is { Waits: true }
        );
        var other = (await Waiting(second)).Single(r => r.Id != row.Id);
        await Told(second, told); // one line for both
        var trace = await people.Db(db =>
            db.Set<AuditRow>().SingleAsync(r => r.Action == "GrantRole" && r.ObjectId == other.Id.ToString())
        );
        Assert.That(Pages.JournalText.Of(trace.Action, trace.ObjectType), Is.EqualTo("Rôle proposé"));
        await people.As(second, new RefuseRole.Command(other.Id));
        await Told(second, told);

        Assert.That(await Tried(first, new ConfirmRole.Command(row.Id)), Is.EqualTo("second_person_needed"));
        Assert.That(await Tried(second, new ConfirmRole.Command(row.Id)), Is.EqualTo("done"));
        Assert.That((await Organisation(nurse))!.Roles, Is.EqualTo(new[] { Roles.CoordinationNurse }), "in the session that was open");
        Assert.That(await Waiting(second), Is.Empty);
        Assert.That(await Tried(second, new ConfirmRole.Command(row.Id)), Is.EqualTo("proposal_unknown"), "once");
        await Told(second, told, times: 0);
    }

    [Test]
    public async Task S25_The_page_of_a_person_says_who_confirms_and_a_program_gets_no_care_by_one_alone()
    {
        var person = await Person(await Join(Roles.Treasurer));
        await people.As(first, new GrantRole.Command(person, Roles.Effector, null, null));
        Assert.That((await people.As(first, new ShowPerson.Query(person))).Proposed.Single().MayConfirm, Is.False);
        var waiting = (await people.As(second, new ShowPerson.Query(person))).Proposed.Single();
        Assert.That((waiting.MayConfirm, waiting.By), Is.EqualTo((true, "Zoé Quidam")));
        Assert.That(await Tried(second, new ConfirmRole.Command(waiting.Id)), Is.EqualTo("done"));

        var givable = await people.As(first, new ListGivableRoles.Query());
        Assert.That(givable.CareByOperator, Is.True);
        foreach (var role in givable.ToPrograms)
            Assert.That(await Tried(first, new RegisterProgram.Command("Agenda", role)), Is.EqualTo("done"), role);
    }

    [Test]
    public async Task S25_Confirmed_before_it_is_accepted_nobody_waits()
    {
        var (email, token) = await Invite(first, Roles.Professional);
        var row = (await Waiting(second)).Single();
        Assert.That((row.Email, row.IsInvitation), Is.EqualTo((email, true)));
        Assert.That(await Tried(first, new ConfirmRole.Command(row.Id)), Is.EqualTo("second_person_needed"));
        await people.As(second, new ConfirmRole.Command(row.Id));
        var doctor = await Accept(email, token);
        Assert.That((await Organisation(doctor))!.Roles, Is.EqualTo(new[] { Roles.Professional }));
    }

    [Test]
    public async Task S25_A_second_address_of_ones_own_does_not_help_neither_by_a_role_nor_as_an_administrator()
    {
        var own = await Join(Roles.Treasurer); // reads no patient: at once
        var person = (await people.As(own, new Contracts.GetMe()))!.Id;
        Assert.That((await people.As(first, new GrantRole.Command(person, Roles.Effector, null, null))).Waits, Is.True);
        Assert.That((await people.As(first, new GrantRole.Command(person, Roles.Administrator, null, null))).Waits, Is.True);
        Assert.That(
            await Tried(first, new GrantRole.Command(person, Roles.Effector, null, null)),
            Is.EqualTo("role_already_proposed"),
            "told twice it is one"
        );
        Assert.That((await Organisation(own))!.Roles, Is.EqualTo(new[] { Roles.Treasurer }));
        Assert.That(
            (await people.As(first, new ShowPerson.Query(person))).Proposed.Select(p => p.Role),
            Is.EquivalentTo(new[] { Roles.Effector, Roles.Administrator })
        );

        var rows = await Waiting(second);
        await people.As(second, new RefuseRole.Command(rows.Single(r => r.Role == Roles.Administrator).Id));
        var answer = await people.As(second, new ConfirmRoles.Command([.. rows.Select(r => r.Id)]));
        Assert.That(answer.Confirmed, Is.EqualTo(1));
        Assert.That(answer.Refused, Is.EqualTo(new[] { "proposal_unknown" }), "and of the other one is told why not");
        Assert.That((await Organisation(own))!.Roles, Is.EquivalentTo(new[] { Roles.Treasurer, Roles.Effector }));
    }

    [Test]
    public async Task S25_Whom_a_role_is_for_does_not_confirm_it()
    {
        var me = (await people.As(second, new Contracts.GetMe()))!.Id;
        // A third one, or the second could not be the one who is needed.
        var (email, token) = await Invite(first, Roles.Administrator);
        await people.As(second, new ConfirmRole.Command((await Waiting(second)).Single().Id));
        var third = (await people.Enrol(await Accept(email, token))).Session;
        Assert.That((await people.As(first, new GrantRole.Command(me, Roles.Effector, null, null))).Waits, Is.True);
        var row = (await Waiting(second)).Single();
        Assert.That(row.IsMine, Is.True);
        Assert.That(await Tried(second, new ConfirmRole.Command(row.Id)), Is.EqualTo("second_person_needed"));
        Assert.That(await Tried(third, new ConfirmRole.Command(row.Id)), Is.EqualTo("done"));
    }

    [Test]
    public async Task S25_Nothing_of_another_organisation_is_confirmed_and_an_invitation_is_refused_with_its_link()
    {
        var (email, token) = await Invite(first, Roles.Professional);
        var row = (await Waiting(second)).Single();
        var (stranger, _) = await people.Administrator();
        var elsewhere = (await people.Enrol((await people.SignIn(stranger)).SessionId!.Value)).Session;
        Assert.That(await Tried(elsewhere, new ConfirmRole.Command(row.Id)), Is.EqualTo("proposal_unknown"));
        Assert.That(await Tried(elsewhere, new RefuseRole.Command(row.Id)), Is.EqualTo("proposal_unknown"));
        Assert.That(await Tried(elsewhere, new WithdrawInvitation.Command(row.Id)), Is.EqualTo("invitation_unknown"));
        await people.As(second, new WithdrawInvitation.Command(row.Id));
        var refused = Assert.ThrowsAsync<NotFoundException>(() =>
            people.Anonymously(new AcceptInvitation.Command(token, "Zoé Quidam", SignedIn.Password))
        )!;
        Assert.That(refused.Code, Is.EqualTo("link_unknown"));
        Assert.That(await people.Db(db => db.People.AnyAsync(p => p.Email == email)), Is.False);
    }

    [Test]
    public async Task S25_Whom_the_operator_invites_waits_for_nobody()
    {
        var name = (await Organisation(first))!.Name;
        var email = $"u{Guid.CreateVersion7():n}@exemple.fr";
        // Somebody has to be able to help where the administrators are gone.
        var token = (
            await host.SendAsSystem(new CreateAdministrator.Command(email, "Zoé Quidam", name, OrganisationKind.HealthHouse))
        ).Token;
        Assert.That((await Organisation(await Accept(email, token)))!.Roles, Is.EqualTo(new[] { Roles.Administrator }));
    }

    [Test]
    public async Task S25_Invited_twice_it_waits_once_and_after_its_end_no_more()
    {
        var nurse = await Join(Roles.CoordinationNurse);
        var email = (await Waiting(second)).Single().Email;
        Assert.That(
            await Tried(first, new InvitePerson.Command(email, "Zoé Quidam", Roles.CoordinationNurse)),
            Is.EqualTo("role_already_proposed")
        );
        // Another role for the account that is there by now: joined after signing in, it waits as well.
        var again = (await people.As(first, new InvitePerson.Command(email, "Zoé Quidam", Roles.Professional))).Token;
        await people.As(nurse, new JoinByInvitation.Command(again));
        Assert.That((await Waiting(second)).Select(r => r.Role), Is.EquivalentTo(new[] { Roles.CoordinationNurse, Roles.Professional }));
        Assert.That(await Organisation(nurse), Is.Null);

        var treasurer = (await people.As(await Join(Roles.Treasurer), new Contracts.GetMe()))!.Id;
        var until = people.Now.AddMinutes(2);
        await people.As(first, new GrantRole.Command(treasurer, Roles.Effector, null, until));
        var row = (await Waiting(second)).Single(r => r.Role == Roles.Effector);
        host.Clock.AdvanceTo(until.AddMinutes(1));
        Assert.That((await Waiting(second)).Select(r => r.Role), Has.None.EqualTo(Roles.Effector));
        Assert.That(await Tried(second, new ConfirmRole.Command(row.Id)), Is.EqualTo("proposal_unknown"));
    }

    [Test]
    public async Task S25_Who_is_alone_by_now_confirms_what_they_proposed()
    {
        var nurse = await Join(Roles.CoordinationNurse);
        var row = (await Waiting(first)).Single();
        Assert.That(row.IsMine, Is.True);
        var other = await people.As(second, new Contracts.GetMe());
        var membership = (await people.As(first, new ShowPerson.Query(other!.Id))).Memberships.Single(m => m.Name == Roles.Administrator);
        await people.As(first, new EndMembership.Command(membership.Id));
        await Told(first, about: other.Id); // whoever ends it is told, too: it is done once
        Assert.That((await Waiting(first)).Single().IsMine, Is.False);
        await people.As(first, new ConfirmRole.Command(row.Id));
        Assert.That((await Organisation(nurse))!.Roles, Is.EqualTo(new[] { Roles.CoordinationNurse }));
    }

    [Test]
    public async Task S25_An_organisation_made_below_ones_own_is_no_place_to_be_alone()
    {
        var below = (
            await people.As(first, new CreateOrganisation.Command(OrganisationKind.HealthHouse, $"Maison {Guid.CreateVersion7():n}"))
        ).Id;
        await people.As(first, new SwitchOrganisation.Command(below));
        var nurse = await Join(Roles.CoordinationNurse);
        Assert.That(await Organisation(nurse), Is.Null);
        Assert.That(await people.As(second, new CountProposedRoles.Query()), Is.EqualTo(1), "who administers the one above is asked");
        var row = (await Waiting(second)).Single();
        Assert.That(row.Organisation, Does.StartWith("Maison"));
        await people.As(second, new ConfirmRole.Command(row.Id));
        Assert.That((await Organisation(nurse))!.Id, Is.EqualTo(below));
    }

    [Test]
    public async Task S25_Who_somebody_is_in_the_directory_waits_with_the_role_and_is_nobodys_when_it_is_refused()
    {
        var professional = Guid.CreateVersion7();
        var nurse = await Join(Roles.CoordinationNurse);
        await people.As(second, new ConfirmRole.Command((await Waiting(second)).Single().Id));
        var person = (await people.Credential(nurse))!.PersonId;
        Task<Guid?> Linked() => people.Db(db => db.People.Where(p => p.Id == person).Select(p => p.DirectoryPersonId).SingleAsync());

        Assert.That((await people.As(first, new LinkPractitioner.Command(person, professional))).Waits, Is.True);
        Assert.That(await Linked(), Is.Null);
        await people.As(second, new RefuseRole.Command((await Waiting(second)).Single().Id));
        Assert.That(await Linked(), Is.Null);

        await people.As(first, new LinkPractitioner.Command(person, professional));
        await people.As(second, new ConfirmRole.Command((await Waiting(second)).Single().Id));
        Assert.That(await Linked(), Is.EqualTo(professional));
        Assert.That(
            await people.Db(db => db.Memberships.CountAsync(m => m.PersonId == person)),
            Is.EqualTo(1),
            "the role was held already"
        );
    }

    [Test]
    public async Task S25_A_role_for_later_opens_nothing_before_and_a_closed_account_gets_none()
    {
        var person = (await people.As(await Join(Roles.Treasurer), new Contracts.GetMe()))!;
        var email = await people.Db(db => db.People.Where(p => p.Id == person.Id).Select(p => p.Email).SingleAsync());
        await people.As(first, new GrantRole.Command(person.Id, Roles.Effector, people.Now.AddDays(3), people.Now.AddDays(9)));
        var row = (await Waiting(second)).Single();
        Assert.That((row.From, row.Until), Is.Not.EqualTo(((DateTimeOffset?)null, (DateTimeOffset?)null)));
        await host.SendAsSystem(new DisablePerson.Command(email!, Enable: false));
        Assert.That(await Tried(second, new ConfirmRole.Command(row.Id)), Is.EqualTo("proposal_unknown"));
        await host.SendAsSystem(new DisablePerson.Command(email!, Enable: true));
        await people.As(second, new ConfirmRole.Command(row.Id));
        var role = (await people.As(first, new ShowPerson.Query(person.Id))).Memberships.Single(m => m.Name == Roles.Effector);
        Assert.That((role.IsLive, role.From), Is.EqualTo((false, row.From!.Value)));
    }

    [Test]
    public async Task S25_Who_somebody_is_waits_also_when_an_invitation_says_it_to_who_has_the_role()
    {
        var professional = Guid.CreateVersion7();
        var guest = await Join(Roles.Treasurer);
        var person = await Person(guest);
        var email = await people.Db(db => db.People.Where(p => p.Id == person).Select(p => p.Email).SingleAsync());
        await people.As(first, new EndMembership.Command((await people.As(first, new ShowPerson.Query(person))).Memberships.Single().Id));
        var token = (await people.As(first, new InvitePerson.Command(email!, "Zoé Quidam", Roles.Effector))).Token;
        await people.Db(db =>
            db.Links.Where(l => l.Email == email && l.Role == Roles.Effector)
                .ExecuteUpdateAsync(s => s.SetProperty(l => l.DirectoryPersonId, professional))
        );
        // The role comes another way, and is agreed to; who they are is not.
        await people.Db(async db =>
        {
            db.Memberships.Add(
                new(Guid.CreateVersion7(), person, (await Organisation(first))!.Id, Roles.Effector, people.Now.AddMinutes(-1))
            );
            return await db.SaveChangesAsync();
        });
        await people.As(guest, new JoinByInvitation.Command(token));
        Task<Guid?> Linked() => people.Db(db => db.People.Where(p => p.Id == person).Select(p => p.DirectoryPersonId).SingleAsync());
        Assert.That(await Linked(), Is.Null);
        await people.As(second, new ConfirmRole.Command((await Waiting(second)).Single().Id));
        Assert.That(await Linked(), Is.EqualTo(professional));
    }

    [Test]
    public async Task S25_A_proposal_that_ran_out_keeps_nobody_from_the_next_and_a_waiting_invitation_is_told()
    {
        var person = await Person(await Join(Roles.Treasurer));
        var grant = new GrantRole.Command(person, Roles.Effector, null, people.Now.AddMinutes(2));
        await people.As(first, grant);
        Assert.That(await Tried(first, grant), Is.EqualTo("role_already_proposed"));
        host.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.That(await Tried(first, grant with { Until = people.Now.AddDays(1) }), Is.EqualTo("done"));
        await people.As(second, new RefuseRole.Command((await Waiting(second)).Single().Id));

        var told = Waits((await Organisation(first))!.Id);
        await Told(second, told, times: 0);
        await Invite(first, Roles.Effector);
        await Told(second, told);
        await people.As(second, new ConfirmRole.Command((await Waiting(second)).Single().Id));
        await Told(second, told, times: 0);
    }

    [Test]
    public async Task S25_Ending_another_administrator_takes_a_recent_proof()
    {
        var other = (await people.As(second, new Contracts.GetMe()))!.Id;
        var role = (await people.As(first, new ShowPerson.Query(other))).Memberships.Single(m => m.Name == Roles.Administrator);
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.That(await Tried(first, new EndMembership.Command(role.Id)), Is.EqualTo("step_up_needed"));
        Assert.That(await Tried(second, new EndMembership.Command(role.Id)), Is.EqualTo("done"), "one's own needs none");
    }

    [Test]
    public async Task S52_Confirmed_and_refused_at_once_it_is_one_of_the_two()
    {
        for (var round = 0; round < 5; round++)
        {
            var nurse = await Join(Roles.CoordinationNurse);
            var id = (await Waiting(second)).Single().Id;
            var answers = await Task.WhenAll(
                Tried(second, new ConfirmRole.Command(id)),
                Tried(first, new RefuseRole.Command(id)),
                Tried(second, new ConfirmRole.Command(id))
            );
            Assert.That(answers.Count(a => a == "done"), Is.EqualTo(1), string.Join(", ", answers));
            Assert.That(await Organisation(nurse) is null, Is.EqualTo(answers[1] == "done"));
            var person = (await people.Credential(nurse))!.PersonId;
            Assert.That(
                await people.Db(db => db.Memberships.CountAsync(m => m.PersonId == person)),
                Is.EqualTo(answers[1] == "done" ? 0 : 1)
            );
        }
    }

    private async Task<Guid> Person(Guid session) => (await people.Credential(session))!.PersonId;

    /// <summary>What notices of roles that wait are about.</summary>
    private static Guid Waits(Guid organisation)
    {
        var bytes = organisation.ToByteArray(bigEndian: true);
        bytes[^1] ^= 1;
        return new Guid(bytes, bigEndian: true);
    }

    private async Task Told(Guid session, Guid about, int times = 1)
    {
        var me = new TestUser(await Person(session), (await Organisation(session))!.Id, Roles.Administrator);
        await Expect.Eventually(
            async () => await host.Send(me, new Notifications.Contracts.CountNotices(about)) == times,
            TimeSpan.FromSeconds(30),
            "the notice"
        );
    }

    private async Task<(string Email, string Token)> Invite(Guid session, string role)
    {
        var email = $"u{Guid.CreateVersion7():n}@exemple.fr";
        return (email, (await people.As(session, new InvitePerson.Command(email, "Zoé Quidam", role))).Token);
    }

    private async Task<Guid> Accept(string email, string token)
    {
        await people.Anonymously(new AcceptInvitation.Command(token, "Zoé Quidam", SignedIn.Password));
        return (await people.SignIn(email)).SessionId!.Value;
    }

    /// <summary>Invited by the first one; an administrator with a second factor.</summary>
    private async Task<Guid> Join(string role)
    {
        var (email, token) = await Invite(first, role);
        var session = await Accept(email, token);
        return role == Roles.Administrator ? (await people.Enrol(session)).Session : session;
    }

    private Task<IReadOnlyList<ListProposedRoles.Row>> Waiting(Guid session) => people.As(session, new ListProposedRoles.Query());

    private async Task<MyOrganisation?> Organisation(Guid session) => (await people.As(session, new Contracts.GetMe()))!.Organisation;

    private async Task<string> Tried<T>(Guid session, MediatR.IRequest<T> request)
    {
        try
        {
            await people.As(session, request);
            return "done";
        }
        catch (RefusalException refused)
        {
            return refused.Code;
        }
    }
}
