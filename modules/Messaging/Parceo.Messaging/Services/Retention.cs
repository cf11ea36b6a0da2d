using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Platform;

namespace Parceo.Messaging.Services;

/// <summary>What has been kept long enough (D17): a conversation's own days or its community's, whichever are fewer, and nothing of one on hold.</summary>
internal sealed class Retention(MessagingDb db, TimeProvider clock)
{
    /// <summary>For each number of days in use, the first instant that is still kept.</summary>
    public async Task<IReadOnlyList<(int Days, DateTimeOffset KeptFrom)>> Bounds(CancellationToken ct) =>
        [
            .. (
                await db
                    .Conversations.Where(c => !c.LegalHold)
                    .Select(c => c.RetentionDays)
                    .Union(db.Keepings.Select(k => k.Days))
                    .ToListAsync(ct)
            ).Select(days => (days, clock.GetUtcNow().AddDays(-days))),
        ];

    /// <summary>Conversations whose oldest entry is too old by this number of days; with fewer they come under another number.</summary>
    public IQueryable<Conversation> Expired(int days, DateTimeOffset keptFrom) =>
        db.Conversations.Where(c =>
            (c.RetentionDays == days || db.Keepings.Any(k => k.OrganisationId == c.OrganisationId && k.Days == days))
            && !c.LegalHold
            && db.Entries.Any(e => e.ConversationId == c.Id && e.Seq == c.FirstSeq && e.At < keptFrom)
        );

    /// <summary>Removes at most <paramref name="most"/> of its oldest entries with all that was made of them; returns how many.</summary>
    public async Task<int> Prune(Conversation conversation, DateTimeOffset keptFrom, int most, CancellationToken ct)
    {
        var id = conversation.Id;
        var old = (
            await db
                .Entries.Where(e => e.ConversationId == id && e.Seq >= conversation.FirstSeq)
                .OrderBy(e => e.Seq)
                .Take(most)
                .ToListAsync(ct)
        )
            .TakeWhile(e => e.At < keptFrom)
            .ToList();
        if (old.Count == 0)
            return 0;
        var last = old[^1].Seq;
        db.Entries.RemoveRange(old);
        foreach (
            var about in await db
                .Entries.Where(e => e.ConversationId == id && e.Target != null && e.Target <= last && e.Seq > last && e.Body != null)
                .ToListAsync(ct)
        )
            about.Erase();
        var people = await db.Members.Where(m => m.ConversationId == id).Select(m => m.PersonId).ToListAsync(ct);
        db.Mentions.RemoveRange(
            await db.Mentions.Where(m => people.Contains(m.PersonId) && m.ConversationId == id && m.Seq <= last).ToListAsync(ct)
        );
        db.Confirmations.RemoveRange(await db.Confirmations.Where(c => c.ConversationId == id && c.Seq <= last).ToListAsync(ct));
        db.Assignments.RemoveRange(await db.Assignments.Where(t => t.ConversationId == id && t.Seq <= last).ToListAsync(ct));
        db.MailEntries.RemoveRange(await db.MailEntries.Where(l => l.ConversationId == id && l.Seq <= last).ToListAsync(ct));
        db.Files.RemoveRange(
            await db.Files.Where(f => f.ConversationId == id && (f.Seq <= last || (f.Seq == null && f.At < keptFrom))).ToListAsync(ct)
        ); // their bytes follow by the foreign key
        db.Drafts.RemoveRange(
            await db.Drafts.Where(d => people.Contains(d.PersonId) && d.ConversationId == id && d.At < keptFrom).ToListAsync(ct)
        );
        await Topics(id, last, keptFrom, ct);
        conversation.Pruned(last + 1);
        return old.Count;
    }

    /// <summary>Topics of which nothing is left.</summary>
    private async Task Topics(Guid conversation, long last, DateTimeOffset keptFrom, CancellationToken ct)
    {
        var empty = await db
            .Topics.Where(t =>
                t.ConversationId == conversation
                && t.OpenedAt < keptFrom
                && !db.Entries.Any(e => e.ConversationId == conversation && e.TopicId == t.Id && e.Seq > last)
            )
            .ToListAsync(ct);
        var ids = empty.ConvertAll(t => t.Id);
        db.Follows.RemoveRange(await db.Follows.Where(f => ids.Contains(f.TopicId)).ToListAsync(ct));
        db.Topics.RemoveRange(empty);
    }
}
