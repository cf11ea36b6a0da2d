using Microsoft.EntityFrameworkCore;
using Parceo.Access.Domain;
using Parceo.Access.Features;
using Parceo.Demo;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;

namespace Parceo.Access.Tests.Features;

/// <summary>An invitation that runs out unanswered is given again by itself: once, some at a time. The mail server is away here; mails go through a real one in the tests of SecureMail.</summary>
[TestFixtureSource(typeof(Engines))]
public sealed class ReminderTests(Engine engine)
{
    private ParceoHost host = null!;
    private SignedIn people = null!;

    [SetUp]
    public async Task Start() =>
        people = new SignedIn(
            host = await ParceoHost.Start(
                engine,
                demo: true,
                settings: new Dictionary<string, string?> { ["Mail:Smtp:Host"] = "localhost", ["Mail:Smtp:Port"] = "9" }
            )
        );

    [TearDown]
    public async Task Stop() => await host.DisposeAsync();

    private async Task<List<string>> Invite(int count)
    {
        var emails = Enumerable.Range(0, count).Select(_ => $"r{Guid.CreateVersion7():n}@exemple.fr").ToList();
        var karim = await people.Demo(DemoCast.Sellami);
        var sent = await people.As(
            karim,
            new InviteMany.Command(string.Join('\n', emails.Select(e => $"{e};Ada Min")), Roles.Professional)
        );
        Assert.That(sent.Sent, Has.Count.EqualTo(count));
        return emails;
    }

    private async Task After(TimeSpan time)
    {
        host.Clock.Advance(time);
        await host.SendAsSystem(new NoteReminders.Command());
    }

    private Task<List<OneTimeLink>> Reminded(IReadOnlyList<string> emails) =>
        people.Db(db => db.Links.AsNoTracking().Where(l => emails.Contains(l.Email) && l.RemindedAt != null).ToListAsync());

    [Test]
    public async Task Once_when_it_has_run_out_and_leaves_a_trace()
    {
        var emails = await Invite(1);
        await After(TimeSpan.FromHours(71));
        Assert.That(await Reminded(emails), Is.Empty, "its link is still good");
        await After(TimeSpan.FromHours(2));
        var link = (await Reminded(emails)).Single();
        await Expect.Eventually(
            async () => (await Reminded(emails)).Single().RenewedAt is not null,
            TimeSpan.FromSeconds(30),
            "the invitation to be given again"
        );
        Assert.That(
            await people.Db(db => db.Set<AuditRow>().AnyAsync(r => r.Action == "RemindInvited" && r.ObjectId == link.Id.ToString())),
            Is.True
        );
        await After(TimeSpan.FromHours(80));
        Assert.That((await Reminded(emails)).Single().RemindedAt, Is.EqualTo(link.RemindedAt), "never twice");
    }

    [Test]
    public async Task Not_what_was_answered_taken_back_or_given_again_by_somebody()
    {
        var emails = await Invite(3);
        var karim = await people.Demo(DemoCast.Sellami);
        var pending = await people.As(karim, new ListPendingInvitations.Query());
        Guid Id(int i) => pending.Single(p => p.Email == emails[i]).Id;
        await people.As(karim, new WithdrawInvitation.Command(Id(0)));
        var again = await people.As(karim, new RenewInvitations.Command([Id(1), Id(2)]));
        await people.Anonymously(
            new AcceptInvitation.Command(again.Sent.Single(s => s.Email == emails[2]).Token, "Ada Min", SignedIn.Password)
        );
        await After(TimeSpan.FromHours(100));
        Assert.That(await Reminded(emails), Is.Empty);
    }

    [Test]
    public async Task Never_over_a_link_that_was_handed_over_meanwhile()
    {
        var email = (await Invite(1)).Single();
        await After(TimeSpan.FromHours(73));
        var id = (await Reminded([email])).Single().Id;
        Assert.That(await host.SendAsSystem(new RemindInvited.Command(id)), Is.Not.Null);
        Assert.That(await host.SendAsSystem(new RemindInvited.Command(id)), Is.Not.Null, "the mail before did not leave: another link");
        var karim = await people.Demo(DemoCast.Sellami);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var handed = (await people.As(karim, new RenewInvitations.Command([id]))).Sent.Single().Token;
        Assert.That(await host.SendAsSystem(new RemindInvited.Command(id)), Is.Null);
        Assert.That((await people.Anonymously(new ShowInvitation.Query(handed))).Email, Is.EqualTo(email));
    }

    [Test]
    public async Task Fifty_at_a_time_and_nothing_that_lay_for_weeks()
    {
        var emails = await Invite(53);
        await After(TimeSpan.FromHours(73));
        Assert.That(await Reminded(emails), Has.Count.EqualTo(50));
        await host.SendAsSystem(new NoteReminders.Command());
        Assert.That(await Reminded(emails), Has.Count.EqualTo(53));
        var old = await Invite(1);
        await After(TimeSpan.FromDays(18));
        Assert.That(await Reminded(old), Is.Empty);
    }
}
