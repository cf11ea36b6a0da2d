using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Hubs;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Messaging.Services;

/// <summary>
/// One transaction of the log: reads what the postings need in a few queries, whatever their number, gives each its
/// place or its refusal, and saves once with a row of the audit trail for each (S31).
/// </summary>
[HotPath("Thousands of messages a second are written many to a transaction.")]
internal sealed class EntryBatch(MessagingDb db, Rooms rooms, MessageSeal seal, AuditTrail audit, IIds ids, TimeProvider clock)
{
    private const int MostConfirming = 50;

    private Dictionary<Guid, Conversation> conversations = [];
    private readonly Dictionary<Guid, IReadOnlyDictionary<Guid, RoomMember>> members = [];
    private readonly Dictionary<(Guid, Guid, Guid), Posted> known = [];
    private Dictionary<(Guid, long), Entry> targets = [];
    private ILookup<(Guid, long), Entry> edits = Array.Empty<Entry>().ToLookup(_ => default((Guid, long)));
    private Dictionary<(Guid, long), Assignment> assigned = [];
    private readonly Dictionary<(Guid, long), ReactionSet> reactions = [];
    private Dictionary<(Guid, long, Guid), Confirmation> confirmations = [];
    private Dictionary<(Guid, long), List<Mention>> mentions = [];
    private Dictionary<Guid, StoredFile> files = [];
    private HashSet<(Guid, Guid)> topics = [];
    private readonly List<WireEntry> written = [];

    /// <summary>What became of one posting.</summary>
    public readonly record struct Outcome(Posted? Posted, RefusalException? Refusal);

    /// <summary>Stores what can be stored and says of each what became of it.</summary>
    /// <exception cref="ConcurrentChangeException">Somebody wrote in between; nothing was stored.</exception>
    public async Task<IReadOnlyList<Outcome>> Write(IReadOnlyList<Posting> postings, CancellationToken ct)
    {
        await Read(postings, ct);
        // Microseconds, which every engine keeps: a repeated posting gets the very same answer.
        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % 10));
        var outcomes = new Outcome[postings.Count];
        for (var i = 0; i < postings.Count; i++)
        {
            try
            {
                outcomes[i] = new(Add(postings[i], now), null);
            }
            catch (RefusalException refusal)
            {
                outcomes[i] = new(null, refusal);
            }
        }
        if (written.Count > 0)
            await db.SaveChangesAsync(ct);
        return outcomes;
    }

    /// <summary>What was stored, by conversation, in order.</summary>
    public IEnumerable<(Guid Conversation, int Version, IReadOnlyList<WireEntry> Entries)> ToPush() =>
        written.GroupBy(w => w.ConversationId).Select(g => (g.Key, conversations[g.Key].MembersVersion, (IReadOnlyList<WireEntry>)[.. g]));

    private async Task Read(IReadOnlyList<Posting> postings, CancellationToken ct)
    {
        var where = postings.Select(p => p.ConversationId).Distinct().ToList();
        conversations = await db.Conversations.Where(c => where.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        foreach (var c in conversations.Values)
            if (rooms.MembersOf(c.Id, c.MembersVersion) is { } cached)
                members[c.Id] = cached;
        var missing = conversations.Keys.Except(members.Keys).ToList();
        if (missing.Count > 0)
        {
            var read = await db
                .Members.AsNoTracking()
                .Where(m => missing.Contains(m.ConversationId) && m.LeftAt == null)
                .Select(m => new { m.ConversationId, Member = new RoomMember(m.PersonId, m.Role, m.FromSeq) })
                .ToListAsync(ct);
            foreach (var id in missing)
            {
                var of = read.Where(m => m.ConversationId == id).Select(m => m.Member).ToList();
                members[id] = of.ToDictionary(m => m.PersonId);
                rooms.Know(id, conversations[id].MembersVersion, of);
            }
        }
        var clients = postings.Select(p => p.ClientId).Distinct().ToList();
        foreach (
            var e in await db
                .Entries.AsNoTracking()
                .Where(e => clients.Contains(e.ClientId) && where.Contains(e.ConversationId))
                .Select(e => new
                {
                    e.ConversationId,
                    e.SenderId,
                    e.ClientId,
                    e.Seq,
                    e.Id,
                    e.At,
                })
                .ToListAsync(ct)
        )
            known[(e.ConversationId, e.SenderId, e.ClientId)] = new(e.Seq, e.Id, e.At);
        await ReadTargets(postings, ct);
        var topicIds = postings.Where(p => p.Body.Topic is not null).Select(p => p.Body.Topic!.Value).Distinct().ToList();
        if (topicIds.Count > 0)
            topics =
            [
                .. (
                    await db
                        .Topics.AsNoTracking()
                        .Where(t => topicIds.Contains(t.Id))
                        .Select(t => new { t.ConversationId, t.Id })
                        .ToListAsync(ct)
                ).Select(t => (t.ConversationId, t.Id)),
            ];
        var fileIds = postings.SelectMany(p => p.FileIds).Distinct().ToList();
        if (fileIds.Count > 0)
            files = await db.Files.Where(f => fileIds.Contains(f.Id)).ToDictionaryAsync(f => f.Id, ct);
    }

    private async Task ReadTargets(IReadOnlyList<Posting> postings, CancellationToken ct)
    {
        var about = postings.Where(p => p.Target is not null).ToList();
        if (about.Count == 0)
            return;
        var (where, seqs) = (
            about.Select(p => p.ConversationId).Distinct().ToList(),
            about.Select(p => p.Target!.Value).Distinct().ToList()
        );
        targets = await db
            .Entries.Where(e => where.Contains(e.ConversationId) && seqs.Contains(e.Seq) && e.Kind == EntryKind.Message)
            .ToDictionaryAsync(e => (e.ConversationId, e.Seq), ct);
        var kinds = about.Select(p => p.Kind).ToHashSet();
        if (kinds.Contains(EntryKind.Delete))
        {
            edits = (
                await db
                    .Entries.Where(e =>
                        where.Contains(e.ConversationId) && e.Target != null && seqs.Contains(e.Target.Value) && e.Kind == EntryKind.Edit
                    )
                    .ToListAsync(ct)
            ).ToLookup(e => (e.ConversationId, e.Target!.Value));
            foreach (
                var file in await db
                    .Files.Where(f => where.Contains(f.ConversationId) && f.Seq != null && seqs.Contains(f.Seq.Value))
                    .ToListAsync(ct)
            )
                files[file.Id] = file;
        }
        if (kinds.Contains(EntryKind.React) || kinds.Contains(EntryKind.Unreact))
            foreach (
                var e in await db
                    .Entries.AsNoTracking()
                    .Where(e =>
                        where.Contains(e.ConversationId)
                        && e.Target != null
                        && seqs.Contains(e.Target.Value)
                        && (e.Kind == EntryKind.React || e.Kind == EntryKind.Unreact)
                    )
                    .OrderBy(e => e.Seq)
                    .ToListAsync(ct)
            )
                ReactionsOf((e.ConversationId, e.Target!.Value))
                    .Add(e.SenderId, seal.OpenBody(e.Body, conversations[e.ConversationId].OrganisationId, e.Id)?.Emoji ?? "", e.Kind);
        if (kinds.Contains(EntryKind.Edit) || kinds.Contains(EntryKind.Delete))
            mentions = (await db.Mentions.Where(m => where.Contains(m.ConversationId) && seqs.Contains(m.Seq)).ToListAsync(ct))
                .GroupBy(m => (m.ConversationId, m.Seq))
                .ToDictionary(g => g.Key, g => g.ToList());
        if (kinds.Contains(EntryKind.Take) || kinds.Contains(EntryKind.Release))
            assigned = await db
                .Assignments.Where(t => where.Contains(t.ConversationId) && seqs.Contains(t.Seq))
                .ToDictionaryAsync(t => (t.ConversationId, t.Seq), ct);
        if (kinds.Contains(EntryKind.Confirm) || kinds.Contains(EntryKind.Delete))
            confirmations = await db
                .Confirmations.Where(c => where.Contains(c.ConversationId) && seqs.Contains(c.Seq))
                .ToDictionaryAsync(c => (c.ConversationId, c.Seq, c.PersonId), ct);
    }

    private Posted Add(Posting p, DateTimeOffset now)
    {
        // Whether it exists is told to members only.
        if (
            !conversations.TryGetValue(p.ConversationId, out var conversation)
            || !members[p.ConversationId].TryGetValue(p.By.Id, out var me)
        )
            throw new NotFoundException("conversation_unknown");
        if (known.TryGetValue((p.ConversationId, p.By.Id, p.ClientId), out var before))
            return before;
        var target = p.Target is { } seq
            ? targets.GetValueOrDefault((p.ConversationId, seq)) is { Erased: false } found && found.Seq >= me.FromSeq
                ? found
                : throw new NotFoundException("entry_target_unknown")
            : null;
        var body =
            p.Kind == EntryKind.Message
                ? Message(p, conversation)
                : About(p, conversation, target ?? throw new InvalidException("entry_invalid"), now);
        var place = conversation.Next(p.Kind, now);
        if (p.Kind == EntryKind.Message)
            Belongs(p, conversation, body!, place, now);
        var id = ids.New();
        db.Entries.Add(
            new Entry(
                id,
                conversation.Id,
                place,
                p.Kind,
                p.By.Id,
                p.ClientId,
                now,
                p.Target,
                body?.Topic,
                body is null ? null : seal.Body(body, conversation.OrganisationId, id)
            )
        );
        audit.Add(db, $"PostEntry.{p.Kind}", p.By, "conversation", conversation.Id);
        written.Add(new WireEntry(conversation.Id, place, id, p.Kind, p.By.Id, now, p.ClientId, p.Target, body));
        return known[(conversation.Id, p.By.Id, p.ClientId)] = new(place, id, now);
    }

    private EntryBody Message(Posting p, Conversation conversation)
    {
        var to = members[conversation.Id];
        if (p.Body.Mentions is { } named && named.Any(id => !to.ContainsKey(id)))
            throw InvalidException.Of("mentions", "mention_unknown");
        if (p.Body.ReplyTo is { } answered && (answered < 1 || answered > conversation.LastSeq))
            throw new NotFoundException("entry_target_unknown");
        if (p.Body.Topic is { } topic && !topics.Contains((conversation.Id, topic)))
            throw new NotFoundException("topic_unknown");
        if (p.Body.Priority && AskedBy(p, conversation).Count is 0 or > MostConfirming)
            throw new InvalidException("priority_too_many");
        if (p.FileIds.Count == 0)
            return p.Body;
        var attached = p
            .FileIds.Select(id =>
                files.GetValueOrDefault(id) is { State: FileState.Ready, Seq: null } file
                && file.ConversationId == conversation.Id
                && file.OwnerId == p.By.Id
                    ? file
                    : throw new NotFoundException("file_unknown")
            )
            .ToList();
        return p.Body with
        {
            Files = [.. attached.Select(f => new AttachedFile(f.Id, seal.OpenFileName(f), f.Type, f.Size, f.Voice, f.Seconds))],
        };
    }

    /// <summary>Rows that a message brings along.</summary>
    private void Belongs(Posting p, Conversation conversation, EntryBody body, long seq, DateTimeOffset now)
    {
        foreach (var person in body.Mentions?.Distinct() ?? [])
            db.Mentions.Add(new Mention(conversation.Id, seq, person));
        if (body.Priority)
            foreach (var person in AskedBy(p, conversation))
                db.Confirmations.Add(new Confirmation(conversation.Id, seq, person, now));
        foreach (var id in p.FileIds)
            files[id].AttachTo(seq);
        if (conversation.DoneAt is not null && members[conversation.Id][p.By.Id].Role != MemberRole.Desk)
            conversation.Finish(null); // an answer takes the thread up again
    }

    /// <summary>Whom a message names now: counters follow what it says after an edit, and say nothing of a deleted one.</summary>
    private void Name(Guid conversation, long seq, IReadOnlyList<Guid> people)
    {
        if (!mentions.TryGetValue((conversation, seq), out var known))
            mentions[(conversation, seq)] = known = [];
        foreach (var gone in known.FindAll(m => !people.Contains(m.PersonId)))
        {
            db.Mentions.Remove(gone);
            known.Remove(gone);
        }
        foreach (var person in people.Distinct().Where(id => !known.Exists(m => m.PersonId == id)))
            known.Add(db.Mentions.Add(new Mention(conversation, seq, person)).Entity);
    }

    private List<Guid> AskedBy(Posting p, Conversation conversation) =>
        [.. (p.Body.Mentions is { Count: > 0 } named ? named : members[conversation.Id].Keys).Where(id => id != p.By.Id).Distinct()];

    private ReactionSet ReactionsOf((Guid, long) place) =>
        reactions.TryGetValue(place, out var known) ? known : reactions[place] = new ReactionSet();

    private EntryBody? About(Posting p, Conversation conversation, Entry target, DateTimeOffset now)
    {
        var (place, mine) = ((conversation.Id, target.Seq), target.SenderId == p.By.Id);
        switch (p.Kind)
        {
            case EntryKind.Edit:
                if (!mine)
                    throw new ForbiddenException("entry_not_yours");
                if (p.Body.Mentions is { } named && named.Any(id => !members[conversation.Id].ContainsKey(id)))
                    throw InvalidException.Of("mentions", "mention_unknown");
                Name(conversation.Id, target.Seq, p.Body.Mentions ?? []);
                return new EntryBody(p.Body.Text, p.Body.Mentions);
            case EntryKind.Delete:
                if (!mine)
                    throw new ForbiddenException("entry_not_yours");
                target.Erase();
                Name(conversation.Id, target.Seq, []);
                foreach (var edit in edits[place])
                    edit.Erase();
                foreach (var asked in confirmations.Values.Where(c => c.ConversationId == conversation.Id && c.Seq == target.Seq))
                    asked.Alerted(null);
                foreach (var file in files.Values.Where(f => f.ConversationId == conversation.Id && f.Seq == target.Seq))
                    db.Files.Remove(file); // its bytes follow by the foreign key
                return null;
            case EntryKind.React or EntryKind.Unreact:
                ReactionsOf(place).Take(p.By.Id, p.Body.Emoji ?? "", p.Kind);
                return new EntryBody(Emoji: p.Body.Emoji);
            case EntryKind.Confirm:
                (
                    confirmations.GetValueOrDefault((conversation.Id, target.Seq, p.By.Id)) ?? throw new InvalidException("entry_invalid")
                ).Confirm(now);
                return null;
            case EntryKind.Take:
                if (assigned.GetValueOrDefault(place) is { } taken)
                    return taken.PersonId == p.By.Id ? null : throw new ConflictException("already_taken");
                assigned[place] = db.Assignments.Add(new Assignment(conversation.Id, target.Seq, p.By.Id)).Entity;
                return null;
            case EntryKind.Release:
                if (assigned.GetValueOrDefault(place) is not { } held || held.PersonId != p.By.Id)
                    throw new ConflictException("not_taken_by_you");
                db.Assignments.Remove(held);
                assigned.Remove(place);
                return null;
            default:
                throw new InvalidException("entry_invalid");
        }
    }
}
