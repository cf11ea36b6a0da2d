using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>A new password by a reset link: used once; it never removes the second factor (S3) and ends sessions and API tokens (S9).</summary>
internal static class ResetPassword
{
    [Audited, OpenToAnyone("The link from the mail is the right to do it.")]
    public sealed record Command(string Token, string Password) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Token).NotNull().MaximumLength(200);
            RuleFor(c => c.Password).NotNull().MaximumLength(1000);
        }
    }

    public sealed class Handler(AccessDb db, Passwords passwords, AuditNote note, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var hash = Secrets.Hash(command.Token);
            var link = await db.Links.SingleOrDefaultAsync(l => l.Hash == hash && l.Purpose == LinkPurpose.PasswordReset, ct);
            if (link is null || !link.IsLive(now))
                throw new NotFoundException("link_unknown");
            var person = await db.People.SingleOrDefaultAsync(p => p.Id == link.PersonId && p.DisabledAt == null, ct);
            // The address must still be the account's: the link was sent to it.
            if (person is null || person.NormalizedEmail != EmailAddress.Normalize(link.Email))
                throw new NotFoundException("link_unknown");
            passwords.Set(person, command.Password);
            link.Use(now);
            await passwords.EndAccess(person, Guid.Empty, ct);
            note.About("person", person.Id);
            return Unit.Value;
        }
    }
}
