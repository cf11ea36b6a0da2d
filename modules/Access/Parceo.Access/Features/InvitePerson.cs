using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>
/// Invites somebody into the organisation worked in, with a role (S6); it needs a recent proof (S10). Somebody found in the
/// directory is that professional once they accept: nobody looks them up again.
/// </summary>
internal static class InvitePerson
{
    private const int MostADay = 200;

    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(string Email, string Name, string Role, Guid? DirectoryPersonId = null) : IRequest<Response>;

    /// <param name="Token">Of the link, shown this once: sent by mail, or handed over where no mail is configured.</param>
    /// <param name="Organisation">For the mail.</param>
    /// <param name="Waits">The role waits for another administrator.</param>
    public sealed record Response(string Token, string Organisation, bool Waits);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Email).Must(EmailAddress.IsValid).WithMessage("email_invalid");
            RuleFor(c => c.Name).Must(PersonName.IsValid).WithMessage("name_invalid");
            RuleFor(c => c.Role).Must(Roles.All.Contains).WithMessage("role_unknown");
        }
    }

    public sealed class Handler(
        AccessDb db,
        ISender sender,
        RecentProof recent,
        SecondPerson second,
        ICurrentUser user,
        IIds ids,
        AuditNote note,
        TimeProvider clock
    ) : IRequestHandler<Command, Response>
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
            await RefuseTwice(command, organisation.Id, address, now, ct);
            if (
                command.DirectoryPersonId is { } professional
                && (await sender.Send(new GetPractitioners.Query([professional]), ct)).Count == 0
            )
                throw new NotFoundException("practitioner_unknown");
            var secret = Secrets.Text(RandomNumberGenerator.GetBytes(32));
            var link = OneTimeLink.Invitation(
                ids.New(),
                Secrets.Hash(secret),
                command.Email,
                command.Name.Trim(),
                organisation.Id,
                command.Role,
                now,
                command.DirectoryPersonId,
                user.Id
            );
            db.Links.Add(link);
            var waits = await second.Needed(command.Role, organisation.Id, user.Id, command.Email, ct);
            if (waits)
                await db.TellOfProposal(user.Id, organisation.Id, ct);
            note.About("invitation", link.Id);
            return new Response(secret, organisation.Name, waits);
        }

        private async Task RefuseTwice(Command command, Guid organisation, string address, DateTimeOffset now, CancellationToken ct)
        {
            if (
                await db.Memberships.AnyAsync(
                    m =>
                        m.OrganisationId == organisation
                        && (m.Until == null || now < m.Until)
                        && db.People.Any(p => p.Id == m.PersonId && p.NormalizedEmail == address),
                    ct
                )
            )
                throw new ConflictException("already_member");
            if (
                await db.ProposedRoles.AnyAsync(
                    r =>
                        r.OrganisationId == organisation
                        && r.Role == command.Role
                        && r.SettledAt == null
                        && (r.Until == null || r.Until > now)
                        && db.People.Any(p => p.Id == r.PersonId && p.NormalizedEmail == address),
                    ct
                )
            )
                throw new ConflictException("role_already_proposed");
            var waiting = await db
                .Links.Where(l =>
                    l.OrganisationId == organisation
                    && l.Purpose == LinkPurpose.Invitation
                    && l.UsedAt == null
                    && l.WithdrawnAt == null
                    && l.ExpiresAt > now
                )
                .Select(l => new { l.Email, l.DirectoryPersonId })
                .ToListAsync(ct);
            if (waiting.Exists(l => EmailAddress.Normalize(l.Email) == address))
                throw new ConflictException("already_invited");
            if (
                command.DirectoryPersonId is { } id
                && (
                    waiting.Exists(l => l.DirectoryPersonId == id)
                    || await db.People.AnyAsync(p => p.DirectoryPersonId == id && p.NormalizedEmail != address, ct)
                )
            )
                throw new ConflictException("practitioner_taken");
        }
    }
}
