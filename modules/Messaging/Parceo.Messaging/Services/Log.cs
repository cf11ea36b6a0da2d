using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Events;
using Parceo.Platform;

namespace Parceo.Messaging.Services;

/// <summary>The way of requests to a conversation's log: what is posted by the thousand goes through <see cref="EntryQueue"/>.</summary>
internal sealed class Log(MessagingDb db, MessageSeal seal, ICurrentUser user, IIds ids, TimeProvider clock)
{
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
    /// <param name="conversation">Where.</param>
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
}
