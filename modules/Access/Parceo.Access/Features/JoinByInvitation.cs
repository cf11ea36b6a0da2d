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

/// <summary>Joins an organisation with the account one is signed in with, if the invitation was sent to its address (S6).</summary>
internal static class JoinByInvitation
{
    [OpenToSignedIn("The link from the mail is the right to do it.")]
    public sealed record Command(string Token) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Token).NotNull().MaximumLength(200);
    }

    public sealed class Handler(AccessDb db, SecondPerson second, ICurrentUser user, IIds ids, AuditNote note, TimeProvider clock)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var hash = Secrets.Hash(command.Token);
            var link = await db.Links.SingleOrDefaultAsync(l => l.Hash == hash && l.Purpose == LinkPurpose.Invitation, ct);
            var person = await db.Claim(user.Id, ct) ?? throw new NotFoundException("person_unknown");
            var now = clock.GetUtcNow();
            if (link is null || !link.IsLive(now))
                throw new NotFoundException("link_unknown");
            if (person.NormalizedEmail != EmailAddress.Normalize(link.Email))
                throw new ForbiddenException("invitation_for_another");
            var organisation = link.OrganisationId!.Value;
            var held = await db.Memberships.AnyAsync(
                m =>
                    m.PersonId == person.Id
                    && m.OrganisationId == organisation
                    && m.Role == link.Role
                    && (m.Until == null || m.Until > now),
                ct
            );
            // Who has the role already may still learn here who they are, which waits like the role would (S25).
            var tells = link.DirectoryPersonId is { } professional && person.DirectoryPersonId != professional;
            var waits = (!held || tells) && await second.Needed(link, ct);
            if (held && !waits)
                await db.Become(person, link.DirectoryPersonId, ct);
            else
                await db.Accept(link, person, waits, ids, now, ct);
            link.Use(now);
            // Where the role still waits there is nothing to work in yet.
            if (held || !waits)
                (await db.Sessions.SingleOrDefaultAsync(s => s.Id == user.SessionId, ct))?.WorkIn(organisation);
            note.About("organisation", organisation);
            note.In(organisation); // wherever they worked until now
            return Unit.Value;
        }
    }
}
