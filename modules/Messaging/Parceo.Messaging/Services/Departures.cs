using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Events;
using Parceo.Platform;

namespace Parceo.Messaging.Services;

/// <summary>People who leave: nothing of what follows reaches them (S24).</summary>
internal sealed class Departures(MessagingDb db, Log log, IIds ids, TimeProvider clock)
{
    private const int Most = 500;

    /// <summary>Out of one conversation, with its members loaded; somebody must go on being able to manage it.</summary>
    /// <param name="by">Who did it: themselves, or an owner.</param>
    public async Task Leave(Conversation conversation, Guid person, Guid by, CancellationToken ct)
    {
        conversation.Leave(person, clock.GetUtcNow());
        if (
            conversation.Members.TrueForAll(m => !m.IsIn || m.Role != MemberRole.Owner)
            && conversation.Members.Where(m => m.IsIn && m.Role == MemberRole.Member).MinBy(m => m.JoinedAt) is { } next
            && conversation.Kind != ConversationKind.DeskThread
        )
            next.Become(MemberRole.Owner);
        log.Add(conversation, EntryKind.Leave, new EntryBody(Person: person), by);
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
        log.TellLists(conversation, person);
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
            .Take(Most)
            .ToListAsync(ct);
        foreach (var conversation in theirs)
            await Leave(conversation, person, person, ct);
    }
}
