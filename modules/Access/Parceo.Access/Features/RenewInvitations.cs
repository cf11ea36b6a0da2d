using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>
/// Gives invitations that wait once more, to remind or because the link was lost: a new link each, since the secret of the
/// one before is kept nowhere; that one is void from now on.
/// </summary>
internal static class RenewInvitations
{
    /// <param name="Ids">Which ones; all that wait when empty.</param>
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(IReadOnlyList<Guid> Ids) : IRequest<Response>;

    public sealed record Response(IReadOnlyList<InviteMany.Made> Sent, string Organisation);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Ids).NotNull().Must(ids => ids.Count <= InvitationList.Most).WithMessage("too_many_at_once");
    }

    public sealed class Handler(AccessDb db, RecentProof recent, ICurrentUser user, AuditNote note, TimeProvider clock)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            await recent.Demand(ct);
            var now = clock.GetUtcNow();
            var waiting = await db
                .Links.Where(l =>
                    l.OrganisationId == user.OrganisationId
                    && l.Purpose == LinkPurpose.Invitation
                    && l.UsedAt == null
                    && l.WithdrawnAt == null
                    && (command.Ids.Count == 0 || command.Ids.Contains(l.Id))
                )
                .OrderBy(l => l.CreatedAt)
                .Take(InvitationList.Most)
                .ToListAsync(ct);
            if (waiting.Count == 0)
                throw new NotFoundException("invitation_unknown");
            var sent = new List<InviteMany.Made>();
            foreach (var link in waiting)
            {
                var secret = Secrets.Text(RandomNumberGenerator.GetBytes(32));
                link.Renew(Secrets.Hash(secret), now);
                sent.Add(new InviteMany.Made(link.Email, link.Name ?? "", secret));
            }
            note.About("invitation", waiting[0].Id);
            var organisation = await db.Organisations.Where(o => o.Id == user.OrganisationId).Select(o => o.Name).SingleAsync(ct);
            return new Response(sent, organisation);
        }
    }
}
