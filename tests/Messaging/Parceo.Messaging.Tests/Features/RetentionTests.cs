using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Testing;
using static Parceo.Messaging.Tests.Features.Talk;
using static Parceo.Testing.Expect;

namespace Parceo.Messaging.Tests.Features;

/// <summary>D17. What is old is written as such: the host's clock is shared.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class RetentionTests(Engine engine)
{
    private Talk talk = null!;

    [OneTimeSetUp]
    public async Task Start() => talk = await On(engine);

    /// <summary>Makes all that is in it so many days older.</summary>
    private Task<int> Age(Guid conversation, int days) =>
        talk.Host.With<MessagingDb, int>(async db =>
        {
            foreach (var e in await db.Entries.Where(e => e.ConversationId == conversation).ToListAsync())
                db.Entry(e).Property(x => x.At).CurrentValue = e.At.AddDays(-days);
            foreach (var t in await db.Topics.Where(t => t.ConversationId == conversation).ToListAsync())
                db.Entry(t).Property(x => x.OpenedAt).CurrentValue = t.OpenedAt.AddDays(-days);
            foreach (var d in await db.Drafts.Where(d => d.ConversationId == conversation).ToListAsync())
                db.Entry(d).Property(x => x.At).CurrentValue = d.At.AddDays(-days);
            return await db.SaveChangesAsync();
        });

    private Task Prune() => talk.Host.SendAsSystem(new PruneMessages.Command());

    [Test]
    public async Task D17_What_is_old_goes_with_all_that_was_made_of_it_and_numbers_go_on()
    {
        var channel = await talk.Channel(true, Roche, Faure);
        var topic = (await talk.Host.Send(Roche, new OpenTopic.Command(channel, "Ancien"))).Id;
        var asked = await talk.Host.Send(
            Roche,
            new PostEntry.Command(channel, Guid.CreateVersion7(), Text: "Lu ?", Mentions: [Faure.Id], Priority: true, Topic: topic)
        );
        await talk.Host.Send(Faure, new PostEntry.Command(channel, Guid.CreateVersion7(), EntryKind.Take, asked.Seq));
        await talk.Host.Send(Faure, new SaveDraft.Command(channel, "Ancien"));
        await Age(channel, 40);
        var edit = await talk.Host.Send(
            Roche,
            new PostEntry.Command(channel, Guid.CreateVersion7(), EntryKind.Edit, asked.Seq, "Lu, vraiment ?")
        );
        var last = await talk.Write(Faure, channel, "Récent");
        await Prune();
        Assert.That(
            (await talk.Host.Send(Faure, new ListHistory.Query(channel))).Messages.Select(m => m.Seq),
            Has.Member(asked.Seq),
            "kept for a year"
        );

        await talk.Host.Send(Karim, new SetRetention.Command(channel, 30));
        Assert.That((await talk.Host.SendAsSystem(new CountExpired.Query())).Entries, Is.GreaterThanOrEqualTo(3));
        await Prune();
        var left = await talk.Host.Send(Faure, new ListHistory.Query(channel));
        Assert.That((left.Messages.Select(m => m.Text), left.First), Is.EqualTo((new[] { "Récent" }, edit.Seq)));
        Assert.That(await talk.Write(Roche, channel), Is.EqualTo(last + 1));
        Assert.That(
            await talk.Host.With<MessagingDb, int>(async db =>
                await db.Mentions.CountAsync(m => m.ConversationId == channel)
                + await db.Confirmations.CountAsync(m => m.ConversationId == channel)
                + await db.Assignments.CountAsync(m => m.ConversationId == channel)
                + await db.Topics.CountAsync(m => m.ConversationId == channel)
                + await db.Follows.CountAsync(f => f.TopicId == topic)
                + await db.Drafts.CountAsync(m => m.ConversationId == channel)
                + await db.Entries.CountAsync(e => e.ConversationId == channel && e.Seq == edit.Seq && e.Body != null)
            ),
            Is.Zero
        );
    }

    [Test]
    public async Task D17_A_long_conversation_goes_batch_by_batch()
    {
        var group = (await talk.Host.Send(Roche, new OpenConversation.Command([Faure.Id, Zemmour.Id], "Long"))).Id;
        await Task.WhenAll(Enumerable.Range(0, 260).Select(i => talk.Write(Roche, group, $"{i}")));
        await Age(group, 400);
        await Prune();
        Assert.That(
            (await talk.Host.Send(Faure, new ListEntries.Query(group, 0, 200))).Entries.Select(e => e.Seq),
            Is.EqualTo(Enumerable.Range(251, 10).Select(i => (long)i))
        );
        await Prune();
        Assert.That((await talk.Host.Send(Faure, new ListEntries.Query(group, 0, 200))).Entries, Is.Empty);
    }

    [Test]
    public async Task D17_A_legal_hold_keeps_everything_and_opens_nothing()
    {
        var group = (await talk.Host.Send(Roche, new OpenConversation.Command([Faure.Id, Zemmour.Id], "Litige"))).Id;
        await talk.Write(Roche, group, "Preuve");
        await Age(group, 400);
        Assert.That(
            await Refused(() => talk.Host.Send(Karim, new SetLegalHold.Command(group, "Litige"))),
            Is.InstanceOf<ForbiddenException>()
        );
        await talk.Host.Send(Caron, new SetLegalHold.Command(group, "Demande du tribunal"));
        await Prune();
        Assert.That((await talk.Head(Faure, group)).LegalHold, Is.True);
        Assert.That((await talk.Host.Send(Faure, new ListHistory.Query(group))).Messages.Single().Text, Is.EqualTo("Preuve"));
        var held = (await talk.Host.Send(Caron, new ListHeld.Query(Limit: 100))).Conversations.Single(c => c.Id == group);
        Assert.That((held.Title, held.People, held.Reason), Is.EqualTo(("Litige", 3, "Demande du tribunal")));
        foreach (
            var read in new Func<Task>[]
            {
                () => talk.Head(Caron, group),
                () => talk.Host.Send(Caron, new ListHistory.Query(group)),
                () => talk.Host.Send(Caron, new ListEntries.Query(group, 0)),
                () => talk.Host.Send(Caron, new GetDraft.Query(group)),
                () => talk.Write(Caron, group),
            }
        )
            Assert.That(await Why(read), Is.EqualTo("conversation_unknown"));
        await talk.Host.Send(Caron, new SetLegalHold.Command(group, null));
        Assert.That((await talk.Host.Send(Caron, new ListHeld.Query(Limit: 100))).Conversations.Select(c => c.Id), Does.Not.Contain(group));
        await Prune();
        Assert.That((await talk.Host.Send(Faure, new ListHistory.Query(group))).Messages, Is.Empty);
    }

    [Test]
    public async Task D17_A_community_keeps_less_and_no_room_of_it_more()
    {
        var (group, shorter, held) = (await Aged("Communauté", 60), await Aged("Plus court", 25), await Aged("Gardé", 60));
        await talk.Host.Send(Roche, new SetRetention.Command(shorter, 20));
        await talk.Host.Send(Caron, new SetLegalHold.Command(held, "Litige"));
        foreach (var days in new[] { 0, 6, 366 })
            Assert.That(
                await Why(() => talk.Host.Send(Caron, new SetCommunityRetention.Command(days))),
                Is.EqualTo("community_retention_invalid")
            );
        Assert.That(await Refused(() => talk.Host.Send(Karim, new SetCommunityRetention.Command(30))), Is.InstanceOf<ForbiddenException>());
        var others = (await talk.Host.Send(Caron, new ListHeld.Query(All: true, Limit: 100))).CommunityDays;
        Assert.That(others, Is.EqualTo(365));
        try
        {
            await talk.Host.Send(Caron, new SetCommunityRetention.Command(200));
            await talk.Host.Send(Caron, new SetCommunityRetention.Command(30));
            Assert.That(
                ((await talk.Head(Faure, group)).RetentionDays, (await talk.Head(Faure, shorter)).RetentionDays),
                Is.EqualTo((30, 20))
            );
            Assert.That(await Why(() => talk.Host.Send(Roche, new SetRetention.Command(group, 31))), Is.EqualTo("retention_invalid"));
            await Prune();
            foreach (var gone in new[] { group, shorter })
                Assert.That((await talk.Host.Send(Faure, new ListHistory.Query(gone))).Messages, Is.Empty);
            Assert.That((await talk.Host.Send(Faure, new ListHistory.Query(held))).Messages, Has.Count.EqualTo(1), "on hold");
        }
        finally
        {
            await talk.Host.Send(Caron, new SetCommunityRetention.Command(365));
        }
        Assert.That((await talk.Head(Faure, group)).RetentionDays, Is.EqualTo(365), "its own days were never changed");

        async Task<Guid> Aged(string title, int days)
        {
            var id = (await talk.Host.Send(Roche, new OpenConversation.Command([Faure.Id, Zemmour.Id], title))).Id;
            await talk.Write(Roche, id, "Ancien");
            await Age(id, days);
            return id;
        }
    }

    [Test]
    public async Task D17_Kept_shorter_never_longer_by_who_manages_it()
    {
        var group = (await talk.Host.Send(Roche, new OpenConversation.Command([Faure.Id, Zemmour.Id], "Court"))).Id;
        Assert.That(await Why(() => talk.Host.Send(Roche, new SetRetention.Command(group, 400))), Is.EqualTo("retention_invalid"));
        Assert.That(await Why(() => talk.Host.Send(Faure, new SetRetention.Command(group, 30))), Is.EqualTo("not_conversation_owner"));
        await talk.Host.Send(Roche, new SetRetention.Command(group, 30));
        Assert.That((await talk.Head(Faure, group)).RetentionDays, Is.EqualTo(30));
        var direct = (await talk.Host.Send(Roche, new OpenConversation.Command([Haddad.Id]))).Id;
        Assert.That(await Why(() => talk.Host.Send(Roche, new SetRetention.Command(direct, 30))), Is.EqualTo("not_conversation_owner"));
    }
}
