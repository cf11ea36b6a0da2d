using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Platform;

namespace Parceo.Messaging.Services;

/// <summary>A conversation as a list shows it to one person.</summary>
/// <param name="Id">Conversation.</param>
/// <param name="Title">Of a group, or the names of whoever is in one without; the other person's name for two.</param>
/// <param name="Line">What they are, or how many people.</param>
/// <param name="OtherId">The other of two people.</param>
/// <param name="LastSeq">Last sequence number.</param>
/// <param name="LastAt">When something happened last, UTC.</param>
/// <param name="LastBy">Who wrote the last message.</param>
/// <param name="LastByName">Their name, « Vous » for oneself.</param>
/// <param name="Preview">Beginning of the last message; null when there is none that may be seen.</param>
/// <param name="ReadSeq">Read up to there.</param>
/// <param name="Unread">Messages of others that are not read; 100 means many.</param>
/// <param name="Mentions">Of these, those that name the person.</param>
/// <param name="ToConfirm">Priority messages that wait for their confirmation.</param>
/// <param name="Level">How much they are told of it.</param>
/// <param name="Role">What they are in it.</param>
/// <param name="AssignedToId">Who has a desk's thread.</param>
/// <param name="AssignedTo">Their name.</param>
/// <param name="Done">A desk's thread that is finished.</param>
/// <param name="Named">Somebody gave it a name.</param>
/// <param name="Draft">Beginning of what they began to write there.</param>
internal sealed record ConversationLine(
    Guid Id,
    ConversationKind Kind,
    string Title,
    string Line,
    Guid? OtherId,
    long LastSeq,
    DateTimeOffset LastAt,
    Guid? LastBy,
    string? LastByName,
    string? Preview,
    long ReadSeq,
    int Unread,
    int Mentions,
    int ToConfirm,
    TellLevel Level,
    MemberRole Role,
    Guid? AssignedToId,
    string? AssignedTo,
    bool Done,
    bool Named,
    string? Draft
);

/// <summary>Makes lines of conversations in a few queries, whatever their number.</summary>
internal sealed class ConversationLines(MessagingDb db, ICurrentUser user, MessageSeal seal)
{
    private const int Many = 100;

    public async Task<IReadOnlyList<ConversationLine>> Of(IReadOnlyList<Conversation> conversations, CancellationToken ct)
    {
        var ids = conversations.Select(c => c.Id).ToList();
        if (ids.Count == 0)
            return [];
        var mine = await db
            .Members.AsNoTracking()
            .Where(m => ids.Contains(m.ConversationId) && m.PersonId == user.Id)
            .ToDictionaryAsync(m => m.ConversationId, ct);
        var counts = await db
            .Members.Where(m => ids.Contains(m.ConversationId) && m.LeftAt == null)
            .GroupBy(m => m.ConversationId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var titles = await Titles(conversations, ct);
        var drafts = await db
            .Drafts.AsNoTracking()
            .Where(d => d.PersonId == user.Id && ids.Contains(d.ConversationId))
            .ToDictionaryAsync(d => d.ConversationId, ct);
        var direct = conversations.Where(c => c.Kind == ConversationKind.Direct).Select(c => c.Id).ToList();
        var others = await db
            .Members.AsNoTracking()
            .Where(m => direct.Contains(m.ConversationId) && m.PersonId != user.Id)
            .ToDictionaryAsync(m => m.ConversationId, ct);
        var desks = conversations.Select(c => c.DeskId).OfType<Guid>().Distinct().ToList();
        var deskNames =
            desks.Count == 0
                ? []
                : await db.Desks.AsNoTracking().Where(d => desks.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.Name, ct);
        var last = await db
            .Conversations.AsNoTracking()
            .Where(c => ids.Contains(c.Id))
            .Join(db.Entries, c => new { ConversationId = c.Id, Seq = c.LastMessageSeq }, e => new { e.ConversationId, e.Seq }, (_, e) => e)
            .ToDictionaryAsync(e => e.ConversationId, ct);
        var edited = await db.LastEdits(last.Values, ct);
        var names = await Names(
            [
                .. last.Values.Select(e => (e.ConversationId, e.SenderId)),
                .. conversations.Where(c => c.AssignedTo is not null).Select(c => (c.Id, c.AssignedTo!.Value)),
            ],
            ct
        );
        var unread = await Unread(ids, ct);
        var named = await db
            .Mentions.Where(m =>
                ids.Contains(m.ConversationId)
                && m.PersonId == user.Id
                && db.Members.Any(x => x.ConversationId == m.ConversationId && x.PersonId == user.Id && m.Seq > x.ReadSeq)
            )
            .GroupBy(m => m.ConversationId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var asked = await db
            .Confirmations.Where(c => c.PersonId == user.Id && c.ConfirmedAt == null && c.NextAt != null && ids.Contains(c.ConversationId))
            .GroupBy(c => c.ConversationId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return [.. conversations.Select(Line)];

        ConversationLine Line(Conversation c)
        {
            var me = mine[c.Id];
            var other = others.GetValueOrDefault(c.Id);
            var message = last.GetValueOrDefault(c.Id);
            var says = message is null ? null : edited.GetValueOrDefault((c.Id, message.Seq)) ?? message;
            var body = says is null ? null : seal.OpenBody(says.Body, c.OrganisationId, says.Id);
            return new ConversationLine(
                c.Id,
                c.Kind,
                other?.Name ?? titles.GetValueOrDefault(c.Id, ""),
                Under(c, other),
                other?.PersonId,
                c.LastSeq,
                c.LastAt,
                message?.SenderId,
                message is null ? null
                    : message.SenderId == user.Id ? "Vous"
                    : body?.Outside?.Name ?? names.GetValueOrDefault((c.Id, message.SenderId)),
                Preview(message, body),
                me.ReadSeq,
                unread.GetValueOrDefault(c.Id),
                named.GetValueOrDefault(c.Id),
                asked.GetValueOrDefault(c.Id),
                me.Level,
                me.Role,
                c.AssignedTo,
                c.AssignedTo is { } to ? names.GetValueOrDefault((c.Id, to)) : null,
                c.DoneAt is not null,
                c.SealedTitle is not null,
                drafts.TryGetValue(c.Id, out var draft)
                    ? EntryBody.Beginning(LightMarkdown.Plain(seal.OpenDraft(draft, c.OrganisationId)))
                    : null
            );
        }

        string Under(Conversation c, Member? other) =>
            other?.Line
            ?? (
                c.DeskId is { } desk && deskNames.TryGetValue(desk, out var name) ? name
                : counts.GetValueOrDefault(c.Id) is var n && n == 1 ? "Vous seul"
                : $"{n} personnes"
            );
    }

    /// <summary>Titles of conversations of several people: their own, or after who else is in them.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> Titles(IReadOnlyList<Conversation> conversations, CancellationToken ct)
    {
        var unnamed = conversations.Where(c => c.Kind == ConversationKind.Group && c.SealedTitle is null).Select(c => c.Id).ToList();
        var inside =
            unnamed.Count == 0
                ? null
                : (
                    await db
                        .Members.AsNoTracking()
                        .Where(m => unnamed.Contains(m.ConversationId) && m.PersonId != user.Id && m.LeftAt == null)
                        .OrderBy(m => m.SortKey)
                        .Select(m => new { m.ConversationId, m.Name })
                        .ToListAsync(ct)
                ).ToLookup(m => m.ConversationId, m => m.Name);
        var titles = new Dictionary<Guid, string>();
        foreach (var c in conversations)
            if (seal.OpenTitle(c.SealedTitle, c.OrganisationId, c.Id) is { } title)
                titles[c.Id] = title;
            else if (c.Kind == ConversationKind.Group)
                titles[c.Id] = Conversation.NamedAfter([.. inside![c.Id]]);
        return titles;
    }

    private static string? Preview(Entry? message, EntryBody? body)
    {
        if (message is null)
            return null;
        if (message.Erased || body is null)
            return "Message supprimé";
        return body.Beginning();
    }

    private async Task<Dictionary<Guid, int>> Unread(List<Guid> ids, CancellationToken ct) =>
        await db
            .Members.AsNoTracking()
            .Where(m => ids.Contains(m.ConversationId) && m.PersonId == user.Id)
            .Select(m => new
            {
                m.ConversationId,
                // Bounded: « 99+ » is all that is ever shown.
                Count = db
                    .Entries.Where(e =>
                        e.ConversationId == m.ConversationId
                        && e.Seq > m.ReadSeq
                        && (e.Kind == EntryKind.Message || e.Kind == EntryKind.Mail)
                        && !e.Erased
                        && e.SenderId != user.Id
                    )
                    .Take(Many)
                    .Count(),
            })
            .ToDictionaryAsync(m => m.ConversationId, m => m.Count, ct);

    private async Task<Dictionary<(Guid, Guid), string>> Names(IReadOnlyList<(Guid Conversation, Guid Person)> who, CancellationToken ct)
    {
        var (where, people) = (who.Select(w => w.Conversation).Distinct().ToList(), who.Select(w => w.Person).Distinct().ToList());
        return await db
            .Members.AsNoTracking()
            .Where(m => where.Contains(m.ConversationId) && people.Contains(m.PersonId))
            .ToDictionaryAsync(m => (m.ConversationId, m.PersonId), m => m.Name, ct);
    }
}
