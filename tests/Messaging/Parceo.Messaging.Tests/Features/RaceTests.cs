using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Testing;
using static Parceo.Messaging.Tests.Features.Talk;

namespace Parceo.Messaging.Tests.Features;

/// <summary>What a job has read may be changed by somebody before it writes: then it looks again.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class RaceTests(Engine engine)
{
    private const int Rounds = 40;
    private Talk talk = null!;

    [OneTimeSetUp]
    public async Task Start() => talk = await On(engine);

    private Task<T> Db<T>(Func<MessagingDb, Task<T>> work) => talk.Host.With(work);

    /// <summary>Both at once, on threads of their own; the first has a head start that grows from round to round.</summary>
    private static Task AtOnce(int round, Func<Task> first, Func<Task> second) =>
        Task.WhenAll(Task.Run(first), Task.Run(async () => { for (var i = 0; i < round % 20; i++) await Task.Yield(); await second(); }));

    [Test]
    public async Task S66_Of_a_message_written_while_people_are_told_of_the_one_before_they_are_told_as_well()
    {
        var group = (await talk.Host.Send(Roche, new OpenConversation.Command([Faure.Id, Zemmour.Id], "Ensemble"))).Id;
        for (var round = 0; round < Rounds; round++)
        {
            await Name();
            await AtOnce(round, () => talk.Host.SendAsSystem(new TellConversation.Command(group)), Name);
            Assert.That(await Db(db => db.Conversations.AnyAsync(c => c.Id == group && (c.TellFrom != null || c.Members.All(m => m.PersonId == Roche.Id || m.ToldSeq == c.LastMessageSeq)))), Is.True, $"round {round}");
        }

        // By name: who was told a moment ago is not told again of other messages.
        Task Name() => talk.Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "@tous", Mentions: [Faure.Id, Zemmour.Id]));
    }

    [Test]
    public async Task D48_Who_confirms_while_the_alert_goes_out_is_alerted_no_more()
    {
        var group = (await talk.Host.Send(Roche, new OpenConversation.Command([Faure.Id, Zemmour.Id], "Urgences"))).Id;
        for (var round = 0; round < Rounds; round++)
        {
            var asked = await talk.Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "Lu ?", Mentions: [Faure.Id], Priority: true));
            await AtOnce(round, () => talk.Host.SendAsSystem(new AlertUnconfirmed.Command()), () => talk.Host.Send(Faure, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Confirm, asked.Seq)));
            var row = await Db(db => db.Confirmations.SingleAsync(c => c.ConversationId == group && c.Seq == asked.Seq));
            Assert.That((row.ConfirmedAt is null, row.NextAt), Is.EqualTo((false, (DateTimeOffset?)null)), $"round {round}");
        }
    }

    [Test]
    public async Task D17_Once_a_legal_hold_is_acknowledged_nothing_goes()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var group = (await talk.Host.Send(Roche, new OpenConversation.Command([Faure.Id, Zemmour.Id], "Litige"))).Id;
            await talk.Write(Roche, group, "Preuve");
            await Db(async db =>
            {
                foreach (var e in await db.Entries.Where(e => e.ConversationId == group).ToListAsync()) db.Entry(e).Property(x => x.At).CurrentValue = e.At.AddDays(-400);
                return await db.SaveChangesAsync();
            });
            var held = -1;
            await AtOnce(round, () => talk.Host.SendAsSystem(new PruneMessages.Command()), async () =>
            {
                await talk.Host.Send(Caron, new SetLegalHold.Command(group, "Demande du tribunal"));
                held = await Count();
            });
            Assert.That(await Count(), Is.EqualTo(held), $"round {round}");

            Task<int> Count() => Db(db => db.Entries.CountAsync(e => e.ConversationId == group));
        }
    }

    [Test]
    public async Task A_file_sent_at_last_while_the_unsent_are_removed_is_kept_or_was_gone_before()
    {
        var group = (await talk.Host.Send(Roche, new OpenConversation.Command([Faure.Id, Zemmour.Id], "Fichiers"))).Id;
        for (var round = 0; round < Rounds; round++)
        {
            var file = await talk.Host.Send(Roche, FileTests.Upload(group, "lettre.pdf", "%PDF-1.7"u8.ToArray()));
            await Db(async db =>
            {
                var row = await db.Files.SingleAsync(f => f.Id == file.Id);
                db.Entry(row).Property(x => x.At).CurrentValue = row.At.AddDays(-2);
                return await db.SaveChangesAsync();
            });
            var sent = false;
            await AtOnce(round, () => talk.Host.SendAsSystem(new RemoveUnsentFiles.Command()), async () =>
            {
                try { await talk.Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "", FileIds: [file.Id])); sent = true; }
                catch (NotFoundException) { /* said to be gone */ }
            });
            Assert.That(await Db(db => db.Files.AnyAsync(f => f.Id == file.Id)), Is.EqualTo(sent), $"round {round}");
        }
    }
}
