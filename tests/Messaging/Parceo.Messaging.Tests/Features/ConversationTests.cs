using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;
using Parceo.Platform.State;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Messaging.Tests.Features;

[TestFixtureSource(typeof(Engines))]
internal sealed class ConversationTests(Engine engine) : MessagingHost(engine)
{
    [Test]
    public async Task The_same_two_people_always_have_the_same_conversation_even_when_both_begin_at_once()
    {
        var begun = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    i % 2 == 0
                        ? Host.Send(Noel, new OpenConversation.Command([Kuhn.Id]))
                        : Host.Send(Kuhn, new OpenConversation.Command([Noel.Id]))
                )
        );
        Assert.That(begun.Select(b => b.Id).Distinct().ToList(), Has.Count.EqualTo(1));
        var line = (await Host.Send(Kuhn, new ListConversations.Query(Limit: 100))).Conversations.Single(c => c.Id == begun[0].Id);
        Assert.That((line.Title, line.Kind), Is.EqualTo(("Gaëlle Noël", ConversationKind.Direct)));
    }

    [Test]
    public async Task S54_Numbers_have_no_gap_whoever_writes_at_once()
    {
        var group = await Group(Roche, Faure, Zemmour, Karim);
        TestUser[] writers = [Roche, Faure, Zemmour, Karim];
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Write(writers[i % 4], group, $"message {i}")));
        var all = await Host.Send(Roche, new ListEntries.Query(group, 0, 200));
        Assert.That(all.Entries.Select(e => e.Seq), Is.EqualTo(Enumerable.Range(1, 100).Select(i => (long)i)));
        Assert.That(all.Entries.Select(e => e.Body!.Text).Distinct().Count(), Is.EqualTo(100));
        Assert.That(all.Last, Is.EqualTo(100));
    }

    [Test]
    public async Task S54_The_same_client_id_is_stored_once_and_answered_the_same()
    {
        var group = await Group(Roche, Faure);
        var id = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Write(Roche, group, "une fois", id)));
        Assert.That(answers.Distinct().ToList(), Has.Count.EqualTo(1));
        Assert.That(await Write(Roche, group, "une fois", id), Is.EqualTo(answers[0]));
        Assert.That(await Thread(Faure, group), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task S29_An_altered_or_exchanged_message_is_one_that_cannot_be_read_and_takes_no_other_with_it()
    {
        var group = await Group(Roche, Faure);
        foreach (var n in Enumerable.Range(1, 5))
            await Write(Roche, group, $"message {n}");
        var altered = await Host.With<MessagingDb, List<Guid>>(async db =>
        {
            var entries = await db.Entries.AsNoTracking().Where(e => e.ConversationId == group).OrderBy(e => e.Seq).ToListAsync();
            var flipped = (byte[])entries[4].Body!.Clone();
            flipped[^1] ^= 1;
            foreach (var (entry, body) in new[] { (entries[1], entries[2].Body), (entries[2], entries[1].Body), (entries[4], flipped) })
                await db.Entries.Where(e => e.Id == entry.Id).ExecuteUpdateAsync(u => u.SetProperty(e => e.Body, body));
            return [entries[1].Id, entries[2].Id, entries[4].Id];
        });

        string[] shown = ["message 1", FieldCipher.Illegible, FieldCipher.Illegible, "message 4", FieldCipher.Illegible];
        Assert.That((await Thread(Faure, group)).Select(l => l.Text), Is.EqualTo(shown), "as a page of its history");
        Assert.That(
            (await Host.Send(Faure, new ListEntries.Query(group, 0, 200))).Entries.Select(e => e.Body?.Text),
            Is.EqualTo(shown),
            "as what was missed"
        );
        Assert.That(
            (await Host.Send(Faure, new ListConversations.Query(Limit: 100))).Conversations.Single(c => c.Id == group).Preview,
            Is.EqualTo(FieldCipher.Illegible)
        );
        Assert.That(
            (await Host.Services.GetRequiredService<ServiceState>().Look(CancellationToken.None))
                .Single(r => r.Figure.Name == "sealing.unreadable")
                .IsHigh,
            Is.True,
            "somebody is told"
        );
        var ids = altered.ConvertAll(id => id.ToString());
        await Eventually(
            () =>
                Host.With<MessagingDb, bool>(async db =>
                    await db.Set<AuditRow>().CountAsync(r => r.Action == UnreadableValues.Action && ids.Contains(r.ObjectId!)) == 3
                ),
            TimeSpan.FromSeconds(30),
            "a trace of each"
        );
    }

    [Test]
    public async Task S23_Who_is_not_a_member_finds_nothing_whatever_the_request()
    {
        var group = await Group(Roche, Faure);
        await Write(Roche, group, "entre nous");
        Func<Task>[] tries =
        [
            () => Write(Zemmour, group, "intrus"),
            () => Thread(Zemmour, group),
            () => Host.Send(Zemmour, new ListEntries.Query(group, 0)),
            () => Host.Send(Zemmour, new ShowConversation.Query(group)),
            () => Host.Send(Zemmour, new MarkRead.Command(group, 1)),
            () => Host.Send(Zemmour, new ShowTyping.Query(group)),
            () => Host.Send(Zemmour, new ShowPresence.Query(group)),
            () => Host.Send(Zemmour, new InvitePeople.Command(group, [Zemmour.Id])),
            () => Host.Send(Zemmour, new EndMembership.Command(group, Faure.Id)),
        ];
        foreach (var attempt in tries)
            Assert.That((await Refused(attempt)).Code, Is.EqualTo("conversation_unknown"));
        Assert.That(
            (await Host.Send(Zemmour, new ListConversations.Query(Limit: 100))).Conversations.Select(c => c.Id),
            Does.Not.Contain(group)
        );
        Assert.That(await Host.Send(Zemmour, new ListMissed.Query([new(group, 0)])), Is.Empty);
    }

    [Test]
    public async Task S24_Who_left_writes_and_reads_nothing_more_even_in_the_middle_of_a_burst()
    {
        var group = await Group(Roche, Faure, Zemmour);
        var burst = Task.WhenAll(Enumerable.Range(0, 60).Select(i => Write(Faure, group, $"a{i}")));
        var leaving = Host.Send(Roche, new EndMembership.Command(group, Zemmour.Id));
        var intrusions = Enumerable
            .Range(0, 30)
            .Select(async i =>
            {
                try
                {
                    await Write(Zemmour, group, $"z{i}");
                }
                catch (Platform.NotFoundException)
                { /* too late */
                }
            });
        await Task.WhenAll([burst, leaving, .. intrusions]);
        var entries = (await Host.Send(Roche, new ListEntries.Query(group, 0, 200))).Entries;
        var left = entries.Single(e => e.Kind == EntryKind.Leave).Seq;
        Assert.That(entries.Where(e => e.By == Zemmour.Id && e.Seq > left), Is.Empty);
        Assert.That(entries.Select(e => e.Seq), Is.EqualTo(Enumerable.Range(1, entries.Count).Select(i => (long)i)));
        Assert.That((await Refused(() => Thread(Zemmour, group))).Code, Is.EqualTo("conversation_unknown"));
    }

    [Test]
    public async Task A_guest_is_marked_sees_what_follows_and_brings_nobody()
    {
        var group = await Group(Roche, Faure);
        await Write(Roche, group, "avant");
        await Host.Send(Roche, new InvitePeople.Command(group, [Hugo.Id], WithHistory: true));
        await Write(Roche, group, "après");
        Assert.That((await Thread(Hugo, group)).Where(l => l.Kind == EntryKind.Message).Select(l => l.Text), Is.EqualTo(new[] { "après" }));
        Assert.That(
            (await Host.Send(Roche, new ShowConversation.Query(group))).People.Single(p => p.Id == Hugo.Id).Role,
            Is.EqualTo(MemberRole.Guest)
        );
        Assert.That((await Refused(() => Host.Send(Hugo, new InvitePeople.Command(group, [Karim.Id])))).Code, Is.EqualTo("guest_may_not"));
    }

    [Test]
    public async Task S54_An_edit_replaces_a_deletion_leaves_nothing_and_only_the_author_does_either()
    {
        var group = await Group(Roche, Faure);
        var first = await Write(Roche, group, "jambe gauche");
        await Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Edit, first.Seq, "jambe droite"));
        Assert.That(
            (
                await Refused(() => Host.Send(Faure, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Edit, first.Seq, "x")))
            ).Code,
            Is.EqualTo("entry_not_yours")
        );
        Assert.That(
            (await Refused(() => Host.Send(Faure, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Delete, first.Seq)))).Code,
            Is.EqualTo("entry_not_yours")
        );
        var line = (await Thread(Faure, group)).Single();
        Assert.That((line.Text, line.Edited is not null), Is.EqualTo(("jambe droite", true)));
        await Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Delete, first.Seq));
        line = (await Thread(Faure, group)).Single();
        Assert.That((line.Text, line.Deleted), Is.EqualTo(((string?)null, true)));
        var kept = await Host.With<MessagingDb, List<byte[]?>>(db =>
            db.Entries.Where(e => e.ConversationId == group && e.Kind != EntryKind.Delete).Select(e => e.Body).ToListAsync()
        );
        Assert.That(kept, Has.Count.EqualTo(2).And.All.Null);
        Assert.That((await Host.Send(Faure, new ListEntries.Query(group, 0))).Entries.Select(e => e.Body?.Text), Is.All.Null);
        Assert.That(
            (await Host.Send(Faure, new ListConversations.Query(Limit: 100))).Conversations.Single(c => c.Id == group).Preview,
            Is.EqualTo("Message supprimé")
        );
    }

    [Test]
    public async Task Reactions_confirmations_and_who_takes_it_are_folded_and_one_person_at_a_time_takes_it()
    {
        var group = await Group(Roche, Faure, Zemmour);
        var asked = await Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "Rupture d’apixaban", Priority: true));
        await Host.Send(Faure, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.React, asked.Seq, Emoji: "👍"));
        await Host.Send(Zemmour, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.React, asked.Seq, Emoji: "👍"));
        await Host.Send(Zemmour, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Unreact, asked.Seq, Emoji: "👍"));
        await Host.Send(Faure, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Confirm, asked.Seq));
        var takers = await Task.WhenAll(
            new[] { Faure, Zemmour }.Select(async who =>
            {
                try
                {
                    await Host.Send(who, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Take, asked.Seq));
                    return who.Id;
                }
                catch (Platform.ConflictException refused)
                {
                    Assert.That(refused.Code, Is.EqualTo("already_taken"));
                    return Guid.Empty;
                }
            })
        );
        var line = (await Thread(Roche, group)).Single();
        Assert.That(takers.Count(t => t != Guid.Empty), Is.EqualTo(1));
        Assert.That(line.TakenBy, Is.EqualTo(takers.Single(t => t != Guid.Empty)));
        Assert.That(line.Reactions.Single().People, Is.EqualTo(new[] { Faure.Id }));
        Assert.That((line.Priority, line.ConfirmedBy.Single()), Is.EqualTo((true, Faure.Id)));
        Assert.That(line.AskedOf, Is.EquivalentTo(new[] { Faure.Id, Zemmour.Id }));
        Assert.That(
            (await Host.Send(Zemmour, new ListConversations.Query(Limit: 100))).Conversations.Single(c => c.Id == group).ToConfirm,
            Is.EqualTo(1)
        );
    }

    [Test]
    public async Task Counters_are_right_and_the_furthest_device_counts()
    {
        var group = await Group(Roche, Faure);
        for (var i = 0; i < 5; i++)
            await Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), Text: $"m{i}", Mentions: i < 2 ? [Faure.Id] : null));
        await Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.React, 1, Emoji: "👍")); // an entry, not a message to read
        async Task<(int, int)> Waiting() =>
            (await Host.Send(Faure, new ListConversations.Query(Limit: 100)))
                .Conversations.Where(c => c.Id == group)
                .Select(c => (c.Unread, c.Mentions))
                .Single();
        Assert.That(await Waiting(), Is.EqualTo((5, 2)));
        await Task.WhenAll(Enumerable.Range(1, 4).Reverse().Select(seq => Host.Send(Faure, new MarkRead.Command(group, seq))));
        Assert.That(await Waiting(), Is.EqualTo((1, 0)));
        await Host.Send(Faure, new MarkRead.Command(group, 9999));
        Assert.That(await Waiting(), Is.EqualTo((0, 0)));
        Assert.That(
            (await Host.Send(Roche, new ShowConversation.Query(group))).People.Single(p => p.Id == Faure.Id).ReadSeq,
            Is.EqualTo(6)
        );
    }

    [Test]
    public async Task S29_Nothing_of_what_is_written_stands_in_the_database_in_clear()
    {
        var (group, word) = (await Group(Roche, Faure), $"canari{Guid.CreateVersion7():n}");
        await Write(Roche, group, $"Mme {word} va mieux");
        var rows = await Host.With<MessagingDb, List<Entry>>(db => db.Entries.Where(e => e.ConversationId == group).ToListAsync());
        Assert.That(rows, Is.Not.Empty);
        Assert.That(rows.Any(r => Encoding.UTF8.GetString(r.Body!).Contains(word, StringComparison.Ordinal)), Is.False);
        Assert.That((await Thread(Faure, group)).Single().Text, Does.Contain(word));
    }

    [Test]
    public async Task S31_Every_entry_leaves_a_trace_with_its_author_in_the_same_transaction()
    {
        var group = await Group(Roche, Faure);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Write(i % 2 == 0 ? Roche : Faure, group, $"m{i}")));
        var traces = await Host.With<MessagingDb, List<AuditRow>>(db =>
            db.Set<AuditRow>().Where(a => a.ObjectId == group.ToString() && a.Action == "PostEntry.Message").ToListAsync()
        );
        Assert.That(
            traces.GroupBy(t => t.ActorId).ToDictionary(g => g.Key, g => g.Count()),
            Is.EqualTo(new Dictionary<Guid, int> { [Roche.Id] = 10, [Faure.Id] = 10 })
        );
    }

    [TestCase("", "message_empty")]
    [TestCase("   ", "message_empty")]
    [TestCase("a\u202Eb", "message_text_invalid")]
    public async Task Bad_input_is_refused_in_words(string text, string code)
    {
        var group = await Group(Roche, Faure);
        var refused = (Platform.InvalidException)await Refused(() => Write(Roche, group, text));
        Assert.That(refused.Errors.Values.SelectMany(v => v), Does.Contain(code));
    }

    [Test]
    public async Task History_is_read_by_pages_and_around_an_entry()
    {
        var group = await Group(Roche, Faure);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Write(Roche, group, $"m{i}")));
        var newest = await Host.Send(Faure, new ListHistory.Query(group, Limit: 20));
        Assert.That((newest.Messages[0].Seq, newest.Messages[^1].Seq, newest.Older), Is.EqualTo((41L, 60L, true)));
        var before = await Host.Send(Faure, new ListHistory.Query(group, Before: 41, Limit: 50));
        Assert.That((before.Messages[0].Seq, before.Messages[^1].Seq, before.Older), Is.EqualTo((1L, 40L, false)));
        var around = await Host.Send(Faure, new ListHistory.Query(group, Around: 30, Limit: 10));
        Assert.That((around.Messages[0].Seq, around.Messages[^1].Seq, around.Older, around.Newer), Is.EqualTo((25L, 34L, true, true)));
    }
}
