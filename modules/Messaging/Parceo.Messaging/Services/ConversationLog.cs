using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Events;
using Parceo.Platform;

namespace Parceo.Messaging.Services;

/// <summary>The way of requests to a conversation's entries and members: what is posted by the thousand goes through <see cref="EntryQueue"/>.</summary>
internal sealed class ConversationLog(MessagingDb db, MessageSeal seal, ICurrentUser user, IIds ids, TimeProvider clock)
{
    private const int MostLeft = 500;

    /// <summary>A conversation that the caller takes part in, with its members.</summary>
    /// <exception cref="NotFoundException">It is not there, or not theirs: nobody else is told which.</exception>
    public async Task<(Conversation Conversation, Member Me)> Mine(Guid id, CancellationToken ct)
    {
        var conversation = await db.Conversations.Include(c => c.Members).SingleOrDefaultAsync(c => c.Id == id, ct);
        return conversation?.Members.Find(m => m.PersonId == user.Id && m.IsIn) is { } me
            ? (conversation, me)
            : throw new NotFoundException("conversation_unknown");
    }

    /// <summary>Renames, removes people, sets how long it is kept: an owner, or who manages those of the organisation.</summary>
    public bool Manages(Conversation conversation, Member me) =>
        me.Role == MemberRole.Owner || (conversation.OrganisationId == user.OrganisationId && user.Can(MessagingPermissions.Manage));

    /// <summary>Adds an entry by the caller, or by whom the host acts for.</summary>
    /// <param name="kind">What it says.</param>
    /// <param name="body">What it says more.</param>
    /// <param name="by">Who; null for the caller.</param>
    /// <param name="clientId">By which a repeated one is refused by the database; null for one that cannot be repeated.</param>
    /// <param name="target">The line that it is about.</param>
    public Entry Add(
        Conversation conversation,
        EntryKind kind,
        EntryBody? body = null,
        Guid? by = null,
        Guid? clientId = null,
        long? target = null
    )
    {
        var (id, now) = (ids.New(), clock.GetUtcNow());
        var seq = conversation.Next(kind, now);
        return db
            .Entries.Add(
                new Entry(
                    id,
                    conversation.Id,
                    seq,
                    kind,
                    by ?? user.Id,
                    clientId ?? id,
                    now,
                    target,
                    body?.Topic,
                    body is null ? null : seal.Body(body, conversation.OrganisationId, id)
                )
            )
            .Entity;
    }

    /// <summary>Open pages hear of the new entries.</summary>
    public void Tell(Conversation conversation) => db.Publish(new EntriesAdded(conversation.Id, conversation.LastSeq), conversation.Id);

    /// <summary>Open pages hear of the new entries, and the lists of all members look again; of who has just left too.</summary>
    public void TellLists(Conversation conversation, params IEnumerable<Guid> besides) =>
        db.Publish(
            new ListChanged(conversation.Id, [.. conversation.Members.Where(m => m.IsIn).Select(m => m.PersonId).Union(besides)]),
            conversation.Id
        );

    /// <summary>Out of one conversation, with its members loaded; somebody must go on being able to manage it.</summary>
    /// <param name="by">Who did it: themselves, or an owner.</param>
    public async Task Leave(Conversation conversation, Guid person, Guid by, CancellationToken ct)
    {
        conversation.Leave(person, clock.GetUtcNow(), removed: by != person);
        if (
            conversation.Members.TrueForAll(m => !m.IsIn || m.Role != MemberRole.Owner)
            && conversation.Members.Where(m => m.IsIn && m.Role == MemberRole.Member).MinBy(m => m.JoinedAt) is { } next
            && conversation.Kind != ConversationKind.DeskThread
        )
            next.Become(MemberRole.Owner);
        Add(conversation, EntryKind.Leave, new EntryBody(Person: person), by);
        db.Drafts.RemoveRange(await db.Drafts.Where(d => d.ConversationId == conversation.Id && d.PersonId == person).ToListAsync(ct));
        db.Follows.RemoveRange(
            await db
                .Follows.Where(f => f.PersonId == person && db.Topics.Any(t => t.Id == f.TopicId && t.ConversationId == conversation.Id))
                .ToListAsync(ct)
        );
        foreach (
            var waiting in await db
                .Confirmations.Where(c => c.ConversationId == conversation.Id && c.PersonId == person && c.NextAt != null)
                .ToListAsync(ct)
        )
            waiting.Alerted(null);
        TellLists(conversation, person);
    }

    /// <summary>
    /// Out of all in which they take part as a member of an organisation, and of its desks. Two people's own conversation
    /// stays: it is between persons. At most 500 at once: the nightly look sees to what is left.
    /// </summary>
    public async Task LeaveOrganisation(Guid person, Guid organisation, CancellationToken ct)
    {
        foreach (
            var desk in await db
                .Desks.Include(d => d.Members)
                .Where(d => d.OrganisationId == organisation && d.Members.Any(m => m.PersonId == person))
                .ToListAsync(ct)
        )
        {
            desk.Staff([.. desk.Members.Where(m => m.PersonId != person).Select(m => (m.PersonId, m.Name, m.Line))], ids.New());
            db.Publish(new DeskStaffed(desk.Id), desk.Id); // takes them out of its threads
        }
        var theirs = await db
            .Conversations.Include(c => c.Members)
            .Where(c =>
                c.Kind != ConversationKind.Direct
                && c.Members.Any(m =>
                    m.PersonId == person && m.OrganisationId == organisation && m.LeftAt == null && m.Role != MemberRole.Desk
                )
            )
            .OrderBy(c => c.Id)
            .Take(MostLeft)
            .ToListAsync(ct);
        foreach (var conversation in theirs)
            await Leave(conversation, person, person, ct);
    }
}
