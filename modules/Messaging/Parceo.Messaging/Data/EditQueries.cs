using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Domain;

namespace Parceo.Messaging.Data;

/// <summary>What messages say now: what was edited away is shown nowhere.</summary>
internal static class EditQueries
{
    /// <summary>The newest edit of each of these messages that has one, by conversation and the message's place.</summary>
    public static async Task<IReadOnlyDictionary<(Guid Conversation, long Seq), Entry>> LastEdits(
        this MessagingDb db,
        IReadOnlyCollection<Entry> messages,
        CancellationToken ct
    )
    {
        if (messages.Count == 0)
            return new Dictionary<(Guid, long), Entry>();
        var (ids, seqs) = (
            messages.Select(e => e.ConversationId).Distinct().ToList(),
            messages.Select(e => (long?)e.Seq).Distinct().ToList()
        );
        return (
            await db
                .Entries.AsNoTracking()
                .Where(e =>
                    ids.Contains(e.ConversationId) && e.Target != null && seqs.Contains(e.Target) && e.Kind == EntryKind.Edit && !e.Erased
                )
                .OrderBy(e => e.Seq)
                .ToListAsync(ct)
        )
            .GroupBy(e => (e.ConversationId, e.Target!.Value))
            .ToDictionary(g => g.Key, g => g.Last());
    }
}
