using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Features;
using Parceo.Platform;
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

        Assert.That(await Tried(first, new ConfirmRoles.Command([row.Id])), Is.EqualTo("second_person_needed"));
        Assert.That(await Tried(second, new ConfirmRoles.Command([row.Id])), Is.EqualTo("done"));
        Assert.That((await Organisation(nurse))!.Roles, Is.EqualTo(new[] { Roles.CoordinationNurse }), "in the session that was open");
        Assert.That(await Waiting(second), Is.Empty);
        Assert.That(await Tried(second, new ConfirmRoles.Command([row.Id])), Is.EqualTo("proposal_unknown"), "once");
    }

    [Test]
    public async Task S25_Confirmed_before_it_is_accepted_nobody_waits()
    {
        var (email, token) = await Invite(first, Roles.Professional);
        var row = (await Waiting(second)).Single();
        Assert.That((row.Email, row.IsInvitation), Is.EqualTo((email, true)));
        Assert.That(await Tried(first, new ConfirmRoles.Command([row.Id])), Is.EqualTo("second_person_needed"));
        await people.As(second, new ConfirmRoles.Command([row.Id]));
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
            (await people.As(first, new ShowPerson.Query(person))).Proposed,
            Is.EquivalentTo(new[] { Roles.Effector, Roles.Administrator })
        );

        var rows = await Waiting(second);
        await people.As(second, new RefuseRole.Command(rows.Single(r => r.Role == Roles.Administrator).Id));
        Assert.That(
            await Tried(second, new ConfirmRoles.Command([.. rows.Select(r => r.Id)])),
            Is.EqualTo("proposal_unknown"),
            "all or nothing"
        );
        Assert.That((await Organisation(own))!.Roles, Is.EqualTo(new[] { Roles.Treasurer }));
        await people.As(second, new ConfirmRoles.Command([rows.Single(r => r.Role == Roles.Effector).Id]));
        Assert.That((await Organisation(own))!.Roles, Is.EquivalentTo(new[] { Roles.Treasurer, Roles.Effector }));
    }

    [Test]
    public async Task S25_Whom_a_role_is_for_does_not_confirm_it()
    {
        var me = (await people.As(second, new Contracts.GetMe()))!.Id;
        // A third one, or the second could not be the one who is needed.
        var (email, token) = await Invite(first, Roles.Administrator);
        await people.As(second, new ConfirmRoles.Command([(await Waiting(second)).Single().Id]));
        var third = (await people.Enrol(await Accept(email, token))).Session;
        Assert.That((await people.As(first, new GrantRole.Command(me, Roles.Effector, null, null))).Waits, Is.True);
        var row = (await Waiting(second)).Single();
        Assert.That(row.IsMine, Is.True);
        Assert.That(await Tried(second, new ConfirmRoles.Command([row.Id])), Is.EqualTo("second_person_needed"));
        Assert.That(await Tried(third, new ConfirmRoles.Command([row.Id])), Is.EqualTo("done"));
    }

    [Test]
    public async Task S25_Nothing_of_another_organisation_is_confirmed_and_an_invitation_is_refused_with_its_link()
    {
        var (email, token) = await Invite(first, Roles.Professional);
        var row = (await Waiting(second)).Single();
        var (stranger, _) = await people.Administrator();
        var elsewhere = (await people.Enrol((await people.SignIn(stranger)).SessionId!.Value)).Session;
        Assert.That(await Tried(elsewhere, new ConfirmRoles.Command([row.Id])), Is.EqualTo("proposal_unknown"));
        Assert.That(await Tried(elsewhere, new RefuseRole.Command(row.Id)), Is.EqualTo("proposal_unknown"));
        await people.As(second, new RefuseRole.Command(row.Id));
        var refused = Assert.ThrowsAsync<NotFoundException>(() =>
            people.Anonymously(new AcceptInvitation.Command(token, "Zoé Quidam", SignedIn.Password))
        )!;
        Assert.That(refused.Code, Is.EqualTo("link_unknown"));
        Assert.That(await people.Db(db => db.People.AnyAsync(p => p.Email == email)), Is.False);
    }

    [Test]
    public async Task S52_Confirmed_and_refused_at_once_it_is_one_of_the_two()
    {
        for (var round = 0; round < 5; round++)
        {
            var nurse = await Join(Roles.CoordinationNurse);
            var id = (await Waiting(second)).Single().Id;
            var answers = await Task.WhenAll(
                Tried(second, new ConfirmRoles.Command([id])),
                Tried(first, new RefuseRole.Command(id)),
                Tried(second, new ConfirmRoles.Command([id]))
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
