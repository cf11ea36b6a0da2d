using NUnit.Framework;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Testing;
using static Parceo.Messaging.Tests.Features.Talk;
using static Parceo.Testing.Expect;

namespace Parceo.Messaging.Tests.Features;

[TestFixtureSource(typeof(Engines))]
internal sealed class DeskTests(Engine engine)
{
    private Talk talk = null!;

    [OneTimeSetUp]
    public async Task Start() => talk = await On(engine);

    private async Task<Guid> Thread(TestUser by, Guid desk, string subject = "Rendez-vous") =>
        (await talk.Host.Send(by, new BeginDeskThread.Command(desk, subject))).Id;

    private async Task<IReadOnlyList<Guid>> Threads(TestUser who, Guid desk, ListDeskThreads.Filter show) =>
        [.. (await talk.Host.Send(who, new ListDeskThreads.Query(desk, show))).Threads.Select(t => t.Conversation.Id)];

    [Test]
    public async Task Whoever_writes_to_a_desk_reaches_all_who_answer_and_nobody_else()
    {
        var desk = await talk.Desk(Bost, Faure);
        var (mine, other) = (await Thread(Lenoir, desk, "Pansements"), await Thread(Roche, desk));
        await talk.Write(Lenoir, mine, "Qui passe demain ?");
        await talk.Write(Faure, mine, "Moi.");
        Assert.That(
            (await talk.Head(Lenoir, mine)).People.Where(p => p.In).Select(p => (p.Id, p.Role)),
            Is.EquivalentTo(new[] { (Lenoir.Id, MemberRole.Member), (Bost.Id, MemberRole.Desk), (Faure.Id, MemberRole.Desk) })
        );
        Assert.That(await Threads(Bost, desk, ListDeskThreads.Filter.Open), Is.EqualTo(new[] { mine, other }));
        var line = (await talk.Host.Send(Bost, new ListDeskThreads.Query(desk))).Threads[0];
        Assert.That((line.From, line.Conversation.Title, line.Conversation.Preview), Is.EqualTo(("Hugo Lenoir", "Pansements", "Moi.")));
        foreach (var stranger in new[] { Roche, Karim })
        {
            Assert.That(await Why(() => talk.Head(stranger, mine)), Is.EqualTo("conversation_unknown"));
            Assert.That(await Why(() => talk.Host.Send(stranger, new ListDeskThreads.Query(desk))), Is.EqualTo("desk_unknown"));
        }
    }

    [Test]
    public async Task A_thread_is_given_to_somebody_finished_and_taken_up_again()
    {
        var desk = await talk.Desk(Bost, Faure);
        var thread = await Thread(Roche, desk);
        Assert.That(await Why(() => talk.Host.Send(Roche, new AssignThread.Command(thread, Bost.Id))), Is.EqualTo("not_on_desk"));
        Assert.That(await Why(() => talk.Host.Send(Bost, new AssignThread.Command(thread, Roche.Id))), Is.EqualTo("assignee_not_on_desk"));
        await talk.Host.Send(Bost, new AssignThread.Command(thread, Faure.Id));
        Assert.That(await Threads(Faure, desk, ListDeskThreads.Filter.Mine), Is.EqualTo(new[] { thread }));
        Assert.That(await Threads(Bost, desk, ListDeskThreads.Filter.Unassigned), Is.Empty);
        await talk.Host.Send(Faure, new FinishThread.Command(thread, true));
        Assert.That(await Threads(Faure, desk, ListDeskThreads.Filter.Open), Is.Empty);
        Assert.That(await Threads(Faure, desk, ListDeskThreads.Filter.Done), Is.EqualTo(new[] { thread }));
        await talk.Host.Send(Bost, new FinishThread.Command(thread, false));
        Assert.That(await talk.Kinds(Roche, thread), Is.EqualTo(new[] { EntryKind.Assign, EntryKind.Done, EntryKind.Undone }));
        await talk.Host.Send(Faure, new FinishThread.Command(thread, true));
        await talk.Write(Roche, thread, "Encore une question");
        Assert.That(await Threads(Faure, desk, ListDeskThreads.Filter.Mine), Is.EqualTo(new[] { thread }), "an answer takes it up again");
    }

    [Test]
    public async Task Who_joins_or_leaves_the_desk_joins_or_leaves_its_threads()
    {
        var desk = await talk.Desk(Bost, Faure);
        var thread = await Thread(Roche, desk);
        await talk.Write(Roche, thread, "Avant");
        await talk.Host.Send(Bost, new AssignThread.Command(thread, Faure.Id));
        var before = (await talk.Host.Send(Karim, new ListDesks.Query())).Single(d => d.Id == desk);
        Assert.That((before.Mine, before.MayChange, before.Open), Is.EqualTo((false, true, (int?)null)));
        await talk.Host.Send(Karim, new ChangeDesk.Command(desk, before.Version, "Secrétariat", null, [Bost.Id, Zemmour.Id]));
        Assert.That(
            await Why(() => talk.Host.Send(Karim, new ChangeDesk.Command(desk, before.Version, "Autre", null, [Bost.Id]))),
            Is.EqualTo("desk_changed")
        );
        await Eventually(
            async () => await talk.IsIn(Zemmour, thread) && !await talk.IsIn(Faure, thread),
            Soon,
            "the threads to follow the desk"
        );
        await talk.Write(Roche, thread, "Après");
        Assert.That(await Why(() => talk.Host.Send(Faure, new ListEntries.Query(thread, 0))), Is.EqualTo("conversation_unknown"));
        Assert.That(await Why(() => talk.Write(Faure, thread, "Encore là")), Is.EqualTo("conversation_unknown"));
        Assert.That(
            (await talk.Host.Send(Zemmour, new ListHistory.Query(thread)))
                .Messages.Where(m => m.Kind == EntryKind.Message)
                .Select(m => m.Text),
            Is.EqualTo(new[] { "Avant", "Après" })
        );
        Assert.That(
            (await talk.Host.Send(Bost, new ListDesks.Query())).Single(d => d.Id == desk),
            Has.Property("Mine").True.And.Property("Open").EqualTo(1).And.Property("Unassigned").EqualTo(1),
            "nobody has what a leaver had"
        );
    }

    [Test]
    public async Task A_closed_desk_takes_no_new_thread_and_others_desks_are_not_ones_own()
    {
        var desk = await talk.Desk(Bost);
        var version = (await talk.Host.Send(Karim, new ListDesks.Query())).Single(d => d.Id == desk).Version;
        Assert.That(
            await Why(() =>
                talk.Host.Send(
                    Karim with
                    {
                        OrganisationId = Kuhn.OrganisationId,
                    },
                    new ChangeDesk.Command(desk, version, "Pris", null, [Bost.Id])
                )
            ),
            Is.EqualTo("desk_unknown")
        );
        Assert.That(
            await Refused(() => talk.Host.Send(Roche, new OpenDesk.Command("À moi", null, [Roche.Id]))),
            Is.InstanceOf<ForbiddenException>()
        );
        Assert.That(
            await Why(() => talk.Host.Send(Karim, new OpenDesk.Command("Ailleurs", null, [Kuhn.Id]))),
            Is.EqualTo("desk_staff_invalid")
        );
        await talk.Host.Send(Karim, new ChangeDesk.Command(desk, version, "Secrétariat", null, [Bost.Id], Closed: true));
        Assert.That(await Why(() => Thread(Roche, desk)), Is.EqualTo("desk_unknown"));
    }
}
