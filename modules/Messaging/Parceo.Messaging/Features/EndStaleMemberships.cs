using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Services;
using Parceo.Platform;
using Parceo.Platform.Jobs;

namespace Parceo.Messaging.Features;

/// <summary>
/// The net below <see cref="MembershipEnded"/>, every night: whoever takes part as a member of an organisation in which
/// they may no longer write (a role ran out at its date, or was replaced) leaves (S24).
/// </summary>
internal static class EndStaleMemberships
{
    private const int Batch = 500,
        MostLeavers = 200;

    [SystemOnly]
    public sealed record Command : IRequest<JobProgress>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(MessagingDb db, ISender sender, ConversationLog log) : IRequestHandler<Command, JobProgress>
    {
        public async Task<JobProgress> Handle(Command command, CancellationToken ct)
        {
            var left = MostLeavers;
            foreach (
                var organisation in await db.Members.Where(m => m.LeftAt == null).Select(m => m.OrganisationId).Distinct().ToListAsync(ct)
            )
            {
                var people = await db
                    .Members.Where(m =>
                        m.LeftAt == null
                        && m.OrganisationId == organisation
                        && m.Role != MemberRole.Desk
                        && db.Conversations.Any(c => c.Id == m.ConversationId && c.Kind != ConversationKind.Direct)
                    )
                    .Select(m => m.PersonId)
                    .Union(
                        db.DeskMembers.Where(m => db.Desks.Any(d => d.Id == m.DeskId && d.OrganisationId == organisation))
                            .Select(m => m.PersonId)
                    )
                    .ToListAsync(ct);
                foreach (var some in people.Chunk(Batch))
                {
                    var still = (
                        await sender.Send(
                            new FindColleagues(MessagingPermissions.Use, PersonIds: some, OrganisationId: organisation, Limit: Batch),
                            ct
                        )
                    )
                        .Select(c => c.PersonId)
                        .ToHashSet();
                    foreach (var gone in some.Where(id => !still.Contains(id)).Take(left))
                    {
                        await log.LeaveOrganisation(gone, organisation, ct);
                        left--;
                    }
                }
            }
            return left == 0 && db.ChangeTracker.HasChanges() ? JobProgress.More : JobProgress.Done;
        }
    }
}
