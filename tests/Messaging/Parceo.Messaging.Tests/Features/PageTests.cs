using NUnit.Framework;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Testing;
using static Parceo.Messaging.Tests.Features.Talk;

namespace Parceo.Messaging.Tests.Features;

/// <summary>What the pages about conversations ask: members, topics, confirmations, searching with filters.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class PageTests(Engine engine)
{
    private Talk talk = null!;

    [OneTimeSetUp]
    public async Task Start() => talk = await On(engine);

    [Test]
    public async Task Members_come_by_pages_and_name_and_those_who_left_apart()
    {
        var group = (await talk.Host.Send(Roche, new OpenConversation.Command([Faure.Id, Zemmour.Id, Haddad.Id, Lenoir.Id], "Plaies"))).Id;
        await talk.Host.Send(Zemmour, new EndMembership.Command(group, Zemmour.Id));
        List<string> seen = [];
        Guid? next = null;
        do
        {
            var page = await talk.Host.Send(Roche, new ListMembers.Query(group, Limit: 2, Next: next));
            Assert.That((page.Count, page.Left), Is.EqualTo((4, 1)));
            seen.AddRange(page.Members.Select(m => m.Name));
            next = page.Next;
        } while (next is not null);
        Assert.That(seen, Has.Count.EqualTo(4).And.Unique.And.Some.Contains("Lenoir").And.None.Contains("Zemmour"));
        Assert.That(
            seen.Select(n => TextRules.Fold(TextRules.WithoutTitle(n))),
            Is.Ordered.Using<string>(StringComparer.Ordinal),
            "by name, not by title and bytes"
        );
        var gone = (await talk.Host.Send(Roche, new ListMembers.Query(group, Gone: true))).Members.Single();
        Assert.That((gone.Id, gone.LeftAt is not null), Is.EqualTo((Zemmour.Id, true)));
        Assert.That(
            (await talk.Host.Send(Roche, new ListMembers.Query(group))).Members.Single(m => m.Id == Lenoir.Id).Role,
            Is.EqualTo(MemberRole.Guest)
        );
        foreach (var stranger in new[] { Zemmour, Kuhn })
            Assert.That(await Why(() => talk.Host.Send(stranger, new ListMembers.Query(group))), Is.EqualTo("conversation_unknown"));
        Assert.That(
            await Why(() => talk.Host.Send(Roche, new ListMembers.Query(group, Next: Guid.CreateVersion7()))),
            Is.EqualTo("next_invalid")
        );
    }

    [Test]
    public async Task Topics_come_by_pages_open_and_settled_apart_with_what_is_in_them()
    {
        var channel = await talk.Channel(true, Roche, Faure);
        var topics = new List<Guid>();
        foreach (var title in new[] { "Un", "Deux", "Trois" })
            topics.Add((await talk.Host.Send(Roche, new OpenTopic.Command(channel, title))).Id);
        var written = await talk.Write(Faure, channel, "Dedans", topics[0]);
        await talk.Host.Send(Faure, new ResolveTopic.Command(topics[1], true));
        var first = await talk.Host.Send(Faure, new ListTopics.Query(channel, Limit: 1));
        var second = await talk.Host.Send(Faure, new ListTopics.Query(channel, Limit: 1, Next: first.Next));
        Assert.That(new[] { first.Topics.Single().Title, second.Topics.Single().Title }, Is.EqualTo(new[] { "Trois", "Un" }));
        Assert.That((second.Topics[0].Messages, second.Topics[0].Followed), Is.EqualTo((1, false)));
        Assert.That(second.Topics[0].OpenedBy, Does.EndWith("Roche"));
        Assert.That(
            (second.Topics[0].Unread, second.Topics[0].LastBy, second.Topics[0].LastText),
            Is.EqualTo((0, (Guid?)Faure.Id, "Dedans"))
        );
        var asRoche = (await talk.Host.Send(Roche, new ListTopics.Query(channel))).Topics.Single(t => t.Id == topics[0]);
        foreach (var text in new[] { "Corrigé", "Sans nom" })
            await talk.Host.Send(Faure, new PostEntry.Command(channel, Guid.CreateVersion7(), EntryKind.Edit, written, text));
        Assert.That(
            (await talk.Host.Send(Roche, new ListTopics.Query(channel))).Topics.Single(t => t.Id == topics[0]).LastText,
            Is.EqualTo("Sans nom"),
            "what was edited away is shown nowhere"
        );
        Assert.That((asRoche.Unread, first.Topics[0].LastBy), Is.EqualTo((1, (Guid?)null)), "a channel is read by topics");
        var settled = (await talk.Host.Send(Roche, new ListTopics.Query(channel, Resolved: true))).Topics.Single();
        Assert.That((settled.Id, settled.ResolvedAt is not null, settled.Followed), Is.EqualTo((topics[1], true, true)));
        Assert.That(await Why(() => talk.Host.Send(Haddad, new ListTopics.Query(channel))), Is.EqualTo("conversation_unknown"));
        Assert.That(await Why(() => talk.Host.Send(Roche, new ListTopics.Query(channel, Next: channel))), Is.EqualTo("next_invalid"));
    }

    [Test]
    public async Task Alerts_of_many_conversations_take_one_read()
    {
        List<(Guid Group, long Seq)> asked = [];
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var group = (await talk.Host.Send(Roche, new OpenConversation.Command([Faure.Id], "Ruptures"))).Id;
            asked.Add(
                (group, (await talk.Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "!", Priority: true))).Seq)
            );
        }
        var again = Talk.Meanwhile.After(2, "", () => Task.CompletedTask);
        await talk.Host.SendAsSystem(new AlertUnconfirmed.Command());
        Assert.That(again(), Is.False, "a second read");
        foreach (var (group, seq) in asked)
            Assert.That(
                (await talk.Host.Send(Roche, new ListConfirmations.Query(group))).Messages.Single(m => m.Seq == seq).People.Single().Alerts,
                Is.Positive
            );
    }

    [Test]
    public async Task Who_confirmed_is_told_with_the_time_and_nobody_sees_what_was_before_them()
    {
        var group = (await talk.Host.Send(Roche, new OpenConversation.Command([Faure.Id, Zemmour.Id], "Ruptures"))).Id;
        var asked = await talk.Host.Send(
            Roche,
            new PostEntry.Command(group, Guid.CreateVersion7(), Text: "Apixaban en rupture", Priority: true)
        );
        await talk.Host.Send(Faure, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Confirm, asked.Seq));
        await talk.Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Edit, asked.Seq, "Apixaban de retour"));
        var message = (await talk.Host.Send(Zemmour, new ListConfirmations.Query(group))).Messages.Single();
        Assert.That((message.Seq, message.Text, message.By), Is.EqualTo((asked.Seq, "Apixaban de retour", Roche.Id)));
        Assert.That(
            message.People.Select(p => (p.Id, p.At is not null)),
            Is.EqualTo(new[] { (Zemmour.Id, false), (Faure.Id, true) }),
            "who waits first"
        );
        var line = (await talk.Host.Send(Zemmour, new ListHistory.Query(group))).Messages.Single(m => m.Seq == asked.Seq);
        Assert.That((line.ConfirmedBy.Single(), line.ConfirmedAt.Single()), Is.EqualTo((Faure.Id, message.People[1].At!.Value)));
        await talk.Host.Send(Roche, new InvitePeople.Command(group, [Lenoir.Id]));
        Assert.That(
            (await talk.Host.Send(Lenoir, new ListConfirmations.Query(group))).Messages,
            Is.Empty,
            "a guest sees from the joining on"
        );
        Assert.That(await Why(() => talk.Host.Send(Haddad, new ListConfirmations.Query(group))), Is.EqualTo("conversation_unknown"));
        Assert.That(await Why(() => talk.Host.Send(Roche, new ListConfirmations.Query(group, Next: -1))), Is.EqualTo("next_invalid"));
    }

    [Test]
    public async Task Search_is_narrowed_by_author_and_time_with_or_without_words()
    {
        var group = (await talk.Host.Send(Roche, new OpenConversation.Command([Faure.Id, Zemmour.Id], "Filtres"))).Id;
        await talk.Write(Roche, group, "Commande de compresses");
        await talk.Write(Faure, group, "Compresses reçues");
        var now = talk.Host.Clock.GetUtcNow();
        async Task<IEnumerable<string>> Find(TestUser who, SearchMessages.Query query) =>
            (await talk.Host.Send(who, query with { ConversationId = group })).Hits.Select(h => h.Excerpt);
        Assert.That(await Find(Zemmour, new("compresses", Faure.Id)), Is.EqualTo(new[] { "Compresses reçues" }));
        Assert.That(
            await Find(Zemmour, new(PersonId: Roche.Id)),
            Is.EqualTo(new[] { "Commande de compresses" }),
            "an author alone is enough"
        );
        Assert.That(await Find(Zemmour, new(From: now.AddMinutes(-5), To: now.AddMinutes(5))), Has.Exactly(2).Items);
        Assert.That(await Find(Zemmour, new("compresses", To: now.AddMinutes(-5))), Is.Empty);
        Assert.That(await Find(Zemmour, new("compresses", From: now.AddMinutes(5))), Is.Empty);
        Assert.That(
            (await talk.Host.Send(Kuhn, new SearchMessages.Query(PersonId: Faure.Id))).Hits.Select(h => h.ConversationId),
            Does.Not.Contain(group),
            "whatever is asked, only one's own is looked through"
        );
        foreach (
            var (query, code) in new[]
            {
                (new SearchMessages.Query(), "search_nothing"),
                (new(" "), "search_nothing"),
                (new("c", Faure.Id), "search_nothing"),
                (new("'-", Faure.Id), "search_nothing"),
                (new(PersonId: Guid.Empty), "search_person_invalid"),
                (new("compresses", From: now, To: now), "search_period_invalid"),
                (new("compresses", From: now, To: now.AddDays(-1)), "search_period_invalid"),
            }
        )
            Assert.That(await Why(() => talk.Host.Send(Faure, query)), Is.EqualTo(code));
    }
}
