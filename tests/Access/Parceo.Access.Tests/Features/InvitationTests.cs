using Microsoft.EntityFrameworkCore;
using Parceo.Access.Domain;
using Parceo.Access.Features;
using Parceo.Demo;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Data;

namespace Parceo.Access.Tests.Features;

/// <summary>Bringing a community in: many at once, each once, taken back, given again, and who they are in the directory.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class InvitationTests(Engine engine)
{
    private ParceoHost host = null!;
    private SignedIn people = null!;

    [OneTimeSetUp]
    public async Task Start() => people = new SignedIn(host = await ParceoHost.Start(engine, demo: true));

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private static string Address() => $"i{Guid.CreateVersion7():n}@exemple.fr";

    [Test]
    public async Task A_pasted_list_invites_who_can_be_and_says_of_each_other_line_why_not()
    {
        var karim = await people.Demo(DemoCast.Sellami);
        var (one, two, three) = (Address(), Address(), Address());
        var list = $"""
            adresse;nom;rôle
            {one};Claire Petit;secrétariat
            Jean de La Fontaine <{two}>
            {three}	Ada Min	Bureau, trésorerie
            pas une adresse;Quelqu’un
            {one};Claire Petit
            {DemoCast.Roche.Email};Amandine Roche
            {DemoCast.Sellami.Email};Karim Sellami
            r{Address()};Un Régulateur;régulateur
            """;
        var answer = await people.As(karim, new InviteMany.Command(list, Roles.Professional));
        var pending = (await people.As(karim, new ListPendingInvitations.Query())).Where(p => new[] { one, two, three }.Contains(p.Email));
        Assert.Multiple(() =>
        {
            Assert.That(answer.Sent.Select(s => s.Email), Is.EqualTo(new[] { one, two, three }));
            Assert.That(
                answer.Refused.Select(r => (r.Number, r.Code)),
                Is.EqualTo(
                    new[]
                    {
                        (5, "line_unreadable"),
                        (6, "already_invited"),
                        (7, "already_member"),
                        (8, "not_for_yourself"),
                        (9, "role_elsewhere"),
                    }
                )
            );
            Assert.That(
                pending.Select(p => (p.Name, p.Role)),
                Is.EquivalentTo(
                    new[] { ("Claire Petit", Roles.Delegate), ("Jean de La Fontaine", Roles.Professional), ("Ada Min", Roles.Treasurer) }
                )
            );
        });
        var again = await people.As(karim, new InviteMany.Command(list, Roles.Professional));
        Assert.That(again.Sent, Is.Empty, "a list pasted twice invites nobody twice");
    }

    [Test]
    public async Task S6_A_reminder_voids_the_link_before_and_one_that_is_taken_back_opens_nothing()
    {
        var karim = await people.Demo(DemoCast.Sellami);
        var email = Address();
        var first = (await people.As(karim, new InvitePerson.Command(email, "Ada Min", Roles.Professional))).Token;
        var id = (await people.As(karim, new ListPendingInvitations.Query())).Single(p => p.Email == email).Id;

        host.Clock.Advance(TimeSpan.FromHours(80));
        karim = await people.Demo(DemoCast.Sellami);
        Assert.That((await people.As(karim, new ListPendingInvitations.Query())).Single(p => p.Id == id).IsOver, Is.True);
        var second = (await people.As(karim, new RenewInvitations.Command([id]))).Sent.Single().Token;
        Assert.That((await Expect.Refused(() => people.Anonymously(new ShowInvitation.Query(first)))).Code, Is.EqualTo("link_unknown"));
        Assert.That((await people.Anonymously(new ShowInvitation.Query(second))).Email, Is.EqualTo(email));

        var olivier = await people.Demo(DemoCast.Tran);
        Assert.That((await Expect.Refused(() => people.As(olivier, new WithdrawInvitation.Command(id)))).Status, Is.EqualTo(404));
        Assert.That((await Expect.Refused(() => people.As(olivier, new RenewInvitations.Command([id])))).Status, Is.EqualTo(404));
        await people.As(karim, new WithdrawInvitation.Command(id));
        Assert.That((await Expect.Refused(() => people.Anonymously(new ShowInvitation.Query(second)))).Code, Is.EqualTo("link_unknown"));
        Assert.That(
            (await Expect.Refused(() => people.Anonymously(new AcceptInvitation.Command(second, "Ada Min", SignedIn.Password)))).Code,
            Is.EqualTo("link_unknown")
        );
        Assert.That(
            (await people.As(karim, new InvitePerson.Command(email, "Ada Min", Roles.Professional))).Token,
            Is.Not.Empty,
            "and may be invited again"
        );
    }

    [Test]
    public async Task Somebody_found_in_the_directory_is_that_professional_once_they_accept()
    {
        var karim = await people.Demo(DemoCast.Sellami);
        var nurses = (await people.As(karim, new FindPeople.Query(Q: "infirmière", Place: "Metz", Limit: 5))).People;
        var (nurse, other) = (nurses[^1], nurses[^2]);
        var (email, second) = (Address(), Address());
        var answer = await people.As(
            karim,
            new InviteMany.Command($"{email};{nurse.NationalId[^11..]}\n{second};{other.Id}\n{Address()};{nurse.Id}", Roles.Professional)
        );
        Assert.Multiple(() =>
        {
            Assert.That(
                answer.Sent.Select(s => s.Name),
                Is.EqualTo(new[] { TextRules.WithoutTitle(nurse.Name), TextRules.WithoutTitle(other.Name) })
            );
            Assert.That(answer.Refused.Single().Code, Is.EqualTo("practitioner_taken"), "one invitation for one professional");
        });
        await people.Anonymously(new AcceptInvitation.Command(answer.Sent[0].Token, answer.Sent[0].Name, SignedIn.Password));
        var session = (await people.SignIn(email)).SessionId!.Value;
        Assert.That((await people.As(session, new Contracts.GetMe()))!.ActsFor, Is.EqualTo(new[] { nurse.Id }));
        Assert.That(
            (await people.As(karim, new InviteMany.Command($"{Address()};Un Nom;10000000000", Roles.Professional))).Refused.Single().Code,
            Is.EqualTo("rpps_unknown")
        );
    }

    [Test]
    public async Task A_reset_link_is_handed_over_for_ones_own_people_only()
    {
        var karim = await people.Demo(DemoCast.Sellami);
        var email = Address();
        var token = (await people.As(karim, new InvitePerson.Command(email, "Ada Min", Roles.Professional))).Token;
        await people.Anonymously(new AcceptInvitation.Command(token, "Ada Min", SignedIn.Password));
        var ada = await people.Db(db => db.People.Where(p => p.Email == email).Select(p => p.Id).SingleAsync());

        var link = (await people.As(karim, new HandResetLink.Command(ada))).Token;
        await people.Anonymously(new ResetPassword.Command(link, "cinq chevaux traversent"));
        Assert.That((await people.SignIn(email)).SessionId, Is.Null);
        Assert.That((await people.SignIn(email, "cinq chevaux traversent")).SessionId, Is.Not.Null);

        var olivier = await people.Demo(DemoCast.Tran);
        Assert.That((await Expect.Refused(() => people.As(olivier, new HandResetLink.Command(ada)))).Status, Is.EqualTo(404));
        await people.Db(async db =>
        {
            db.Memberships.Add(new Membership(Guid.CreateVersion7(), ada, DemoCast.Cretes.Id, Roles.Professional, people.Now));
            return await db.SaveChangesAsync();
        });
        Assert.That((await Expect.Refused(() => people.As(karim, new HandResetLink.Command(ada)))).Code, Is.EqualTo("account_elsewhere"));
        Assert.That(
            (await Expect.Refused(() => people.As(karim, new HandResetLink.Command(DemoCast.Sellami.Id)))).Code,
            Is.EqualTo("not_for_yourself")
        );
    }
}
