using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Gives an invitation that still waits another link, for the mail that reminds of it; the link before had run out.</summary>
internal static class RemindInvited
{
    [SystemOnly]
    public sealed record Command(Guid InvitationId) : IRequest<Response?>;

    /// <param name="Secret">Of the link.</param>
    public sealed record Response(string Email, string Organisation, string Secret);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.InvitationId).NotEmpty().WithMessage("invitation_unknown");
    }

    public sealed class Handler(AccessDb db, AuditNote note, TimeProvider clock) : IRequestHandler<Command, Response?>
    {
        public async Task<Response?> Handle(Command command, CancellationToken ct)
        {
            note.About("invitation", command.InvitationId);
            var link = await db.Links.SingleOrDefaultAsync(l => l.Id == command.InvitationId, ct);
            if (link is not { Waits: true, IsGivenByHand: false })
                return null; // accepted, taken back or handed over meanwhile
            var secret = Secrets.Text(RandomNumberGenerator.GetBytes(32));
            link.RemindBy(Secrets.Hash(secret), clock.GetUtcNow());
            var organisation = await db.Organisations.Where(o => o.Id == link.OrganisationId).Select(o => o.Name).SingleAsync(ct);
            return new(link.Email, organisation, secret);
        }
    }
}
