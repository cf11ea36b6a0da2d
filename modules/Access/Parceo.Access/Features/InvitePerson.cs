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

/// <summary>Invites somebody into the organisation worked in, with a role (S6); it needs a recent proof (S10).</summary>
internal static class InvitePerson
{
    private const int MostADay = 200;

    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(string Email, string Name, string Role) : IRequest<Response>;

    /// <param name="Token">Of the link, shown this once: sent by mail, or handed over where no mail is configured.</param>
    /// <param name="Organisation">For the mail.</param>
    public sealed record Response(string Token, string Organisation);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Email).Must(EmailAddress.IsValid).WithMessage("email_invalid");
            RuleFor(c => c.Name).Must(PersonName.IsValid).WithMessage("name_invalid");
            RuleFor(c => c.Role).Must(Roles.All.Contains).WithMessage("role_unknown");
        }
    }

    public sealed class Handler(AccessDb db, RecentProof recent, ICurrentUser user, IIds ids, AuditNote note, TimeProvider clock)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            await recent.Demand(ct);
            var now = clock.GetUtcNow();
            var dayAgo = now.AddDays(-1);
            var organisation = await db.Organisations.SingleAsync(o => o.Id == user.OrganisationId, ct);
            organisation.Claim();
            if (await db.Links.CountAsync(l => l.OrganisationId == organisation.Id && l.CreatedAt > dayAgo, ct) >= MostADay)
                throw new ConflictException("too_many_invitations");
            organisation.RefuseForeignRole(command.Role);
            // S25: nobody gives themselves a role, not by a detour either.
            var address = EmailAddress.Normalize(command.Email);
            if (await db.People.AnyAsync(p => p.Id == user.Id && p.NormalizedEmail == address, ct))
                throw new ForbiddenException("not_for_yourself");
            var secret = Secrets.Text(RandomNumberGenerator.GetBytes(32));
            var link = OneTimeLink.Invitation(
                ids.New(),
                Secrets.Hash(secret),
                command.Email,
                command.Name.Trim(),
                organisation.Id,
                command.Role,
                now
            );
            db.Links.Add(link);
            note.About("invitation", link.Id);
            return new Response(secret, organisation.Name);
        }
    }
}
