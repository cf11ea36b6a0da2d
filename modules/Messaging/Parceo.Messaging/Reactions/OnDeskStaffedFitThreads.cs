using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Events;
using Parceo.Messaging.Services;
using Parceo.Platform;
using Parceo.Platform.Events;

namespace Parceo.Messaging.Reactions;

/// <summary>Everyone who answers for a desk is in all its threads, and nobody who no longer does (S24): a hundred threads at a time.</summary>
internal sealed class OnDeskStaffedFitThreads(MessagingDb db, ConversationLog log, TimeProvider clock) : IReaction<DeskStaffed, MessagingDb>
{
    private const int Batch = 100;

    public async Task Handle(DeskStaffed e, CancellationToken ct)
    {
        var staff = await db.DeskMembers.AsNoTracking().Where(m => m.DeskId == e.DeskId).ToListAsync(ct);
        var organisation = await db.Desks.Where(d => d.Id == e.DeskId).Select(d => d.OrganisationId).SingleAsync(ct);
        var threads = await db
            .Conversations.Include(c => c.Members)
            .Where(c =>
                c.DeskId == e.DeskId
                && (
                    c.Members.Any(m =>
                        m.Role == MemberRole.Desk
                        && m.LeftAt == null
                        && !db.DeskMembers.Any(d => d.DeskId == e.DeskId && d.PersonId == m.PersonId)
                    )
                    || db.DeskMembers.Any(d =>
                        d.DeskId == e.DeskId
                        && !c.Members.Any(m => m.PersonId == d.PersonId && m.Role == MemberRole.Desk && m.LeftAt == null)
                    )
                )
            )
            .OrderBy(c => c.Id)
            .Take(Batch)
            .ToListAsync(ct);
        foreach (var thread in threads)
            Fit(thread, staff, organisation);
        if (threads.Count == Batch)
            db.Publish(e, e.DeskId);
    }

    private void Fit(Conversation thread, List<DeskMember> staff, Guid organisation)
    {
        var now = clock.GetUtcNow();
        var gone = thread
            .Members.Where(m => m.IsIn && m.Role == MemberRole.Desk && staff.TrueForAll(s => s.PersonId != m.PersonId))
            .ToList();
        foreach (var member in gone)
        {
            if (thread.AssignedTo == member.PersonId && thread.DoneAt is null)
            {
                thread.Assign(null);
                log.Add(thread, EntryKind.Assign, new EntryBody(), member.PersonId);
            }
            // Their own question to the desk stays theirs.
            if (thread.OpenedBy == member.PersonId)
                member.Become(MemberRole.Member);
            else
                thread.Leave(member.PersonId, now);
        }
        foreach (var one in staff.Where(s => !thread.Members.Exists(m => m.PersonId == s.PersonId && m.Role == MemberRole.Desk && m.IsIn)))
        {
            if (thread.Members.Find(m => m.PersonId == one.PersonId && m.IsIn) is { } writer)
                writer.Become(MemberRole.Desk);
            else
                thread.Join(one.PersonId, one.Name, one.Line, organisation, MemberRole.Desk, withHistory: true, now);
        }
        log.TellLists(thread, gone.Select(m => m.PersonId));
    }
}
