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

/// <summary>Closes an account everywhere, or opens it again, at the command line: an organisation's administrator ends memberships only.</summary>
internal static class DisablePerson
{
    [SystemOnly]
    public sealed record Command(string Email, bool Enable) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Email).NotEmpty();
    }

    public sealed class Handler(AccessDb db, Passwords passwords, AuditNote note, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var email = EmailAddress.Normalize(command.Email);
            var person = await db.People.SingleOrDefaultAsync(p => p.NormalizedEmail == email, ct)
                ?? throw new NotFoundException("person_unknown");
            if (command.Enable)
                person.Enable();
            else
            {
                person.Disable(clock.GetUtcNow());
                await passwords.EndAccess(person, Guid.Empty, ct);
                var now = clock.GetUtcNow();
                foreach (
                    var organisation in await db
                        .Memberships.Where(m => m.PersonId == person.Id && m.From <= now && (m.Until == null || now < m.Until))
                        .Select(m => m.OrganisationId)
                        .Distinct()
                        .ToListAsync(ct)
                )
                    db.Publish(new MembershipEnded(person.Id, organisation), person.Id);
            }
            note.About("person", person.Id);
            return Unit.Value;
        }
    }
}
