using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform.Data;
using Parceo.SecureMail.Contracts;
using Parceo.Testing;
using static Parceo.Messaging.Tests.Features.Talk;

namespace Parceo.Messaging.Tests.Features;

/// <summary>What somebody has read may be changed by somebody else before they write: then they look again.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class RaceTests(Engine engine)
{
    private Talk talk = null!;

    [OneTimeSetUp]
    public async Task Start() => talk = await On(engine);

    private Task<T> Db<T>(Func<MessagingDb, Task<T>> work) => talk.Host.With(work);

    private async Task<Guid> Group() => (await talk.Host.Send(Roche, new OpenConversation.Command([Faure.Id, Zemmour.Id], "Ensemble"))).Id;

    [Test]
    public async Task S66_Of_a_message_written_while_people_are_told_of_the_one_before_they_are_told_as_well()
    {
        var group = await Group();
        // The queue stores messages on a thread of its own: here it is a matter of luck, and the head start varies.
        for (var round = 0; round < 20; round++)
        {
            await Name();
            await Task.WhenAll(
                Task.Run(() => talk.Host.SendAsSystem(new TellConversation.Command(group))),
                Task.Run(async () =>
                {
                    for (var i = 0; i < round; i++)
                        await Task.Yield();
                    await Name();
                })
            );
            Assert.That(
                await Db(db =>
                    db.Conversations.AnyAsync(c =>
                        c.Id == group && (c.TellFrom != null || c.Members.All(m => m.PersonId == Roche.Id || m.ToldSeq == c.LastMessageSeq))
                    )
                ),
                Is.True,
                $"round {round}"
            );
        }

        // By name: who was told a moment ago is not told again of other messages.
        Task Name() =>
            talk.Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "@tous", Mentions: [Faure.Id, Zemmour.Id]));
    }

    [Test]
    public Task D48_Who_confirms_while_the_alert_goes_out_is_alerted_no_more() =>
        Talk.Meanwhile.Everywhere(async () =>
        {
            var group = await Group();
            var asked = await talk.Host.Send(
                Roche,
                new PostEntry.Command(group, Guid.CreateVersion7(), Text: "Lu ?", Mentions: [Faure.Id], Priority: true)
            );
            return new(
                () => talk.Host.SendAsSystem(new AlertUnconfirmed.Command()),
                () => talk.Host.Send(Faure, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Confirm, asked.Seq)),
                async (_, when) =>
                {
                    var row = await Db(db => db.Confirmations.SingleAsync(c => c.ConversationId == group && c.Seq == asked.Seq));
                    Assert.That((row.ConfirmedAt is null, row.NextAt), Is.EqualTo((false, (DateTimeOffset?)null)), when);
                }
            );
        });

    [Test]
    public Task D17_Once_a_legal_hold_is_acknowledged_nothing_goes() =>
        Talk.Meanwhile.Everywhere(async () =>
        {
            var group = await Group();
            await talk.Write(Roche, group, "Preuve");
            await Db(async db =>
            {
                foreach (var e in await db.Entries.Where(e => e.ConversationId == group).ToListAsync())
                    db.Entry(e).Property(x => x.At).CurrentValue = e.At.AddDays(-400);
                return await db.SaveChangesAsync();
            });
            return new(
                () => talk.Host.SendAsSystem(new PruneMessages.Command()),
                () => talk.Host.Send(Caron, new SetLegalHold.Command(group, "Demande du tribunal")),
                async (_, when) => Assert.That(await Db(db => db.Entries.CountAsync(e => e.ConversationId == group)), Is.EqualTo(1), when)
            );
        });

    [Test]
    public Task A_file_sent_at_last_while_the_unsent_are_removed_stays() =>
        Talk.Meanwhile.Everywhere(async () =>
        {
            var group = await Group();
            var file = await talk.Host.Send(Roche, FileTests.Upload(group, "lettre.pdf", "%PDF-1.7"u8.ToArray()));
            await Db(async db =>
            {
                var row = await db.Files.SingleAsync(f => f.Id == file.Id);
                db.Entry(row).Property(x => x.At).CurrentValue = row.At.AddDays(-2);
                return await db.SaveChangesAsync();
            });
            return new(
                () => talk.Host.SendAsSystem(new RemoveUnsentFiles.Command()),
                () => talk.Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "", FileIds: [file.Id])),
                async (_, when) => Assert.That(await Db(db => db.Files.AnyAsync(f => f.Id == file.Id)), Is.True, when)
            );
        });

    [Test]
    public Task A_topic_that_two_resolve_is_resolved_once() =>
        Talk.Meanwhile.Everywhere(async () =>
        {
            var channel = await talk.Channel(true, Roche, Faure);
            var topic = (await talk.Host.Send(Roche, new OpenTopic.Command(channel, "Plan blanc"))).Id;
            return new(
                () => talk.Host.Send(Roche, new ResolveTopic.Command(topic, true)),
                () => talk.Host.Send(Faure, new ResolveTopic.Command(topic, true)),
                async (_, when) =>
                    Assert.That(await talk.Kinds(Karim, channel), Is.EqualTo(new[] { EntryKind.Topic, EntryKind.Resolve }), when)
            );
        });

    [Test]
    public Task Where_a_letter_stands_is_said_once_though_two_nodes_learn_it() =>
        Talk.Meanwhile.Everywhere(async () =>
        {
            var group = await Group();
            var letter = new MailEntry(
                Guid.CreateVersion7(),
                group,
                await talk.Write(Roche, group),
                Roche.Id,
                Roche.OrganisationId,
                talk.Host.Clock.GetUtcNow()
            );
            await Db(db =>
            {
                db.Add(letter);
                return db.SaveChangesAsync();
            });
            Task Settle() =>
                talk.Host.SendAsSystem(
                    new SettleMailEntry.Command(letter.Id, MailState.Sent, null, talk.Host.Clock.GetUtcNow().AddMinutes(1))
                );
            return new(Settle, Settle, async (_, when) =>
                Assert.That(await talk.Kinds(Roche, group), Is.EqualTo(new[] { EntryKind.Message, EntryKind.MailState }), when)
            );
        });
}
