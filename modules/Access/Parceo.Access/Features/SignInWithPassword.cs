using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>
/// E-mail and password. Opens a session, or asks for the second factor when the account has one; wrong, closed and
/// unknown are one answer after the same work (S4, S5), and leave the same kind of trace.
/// </summary>
internal static class SignInWithPassword
{
    [Audited, OpenToAnyone("Signing in.")]
    public sealed record Command(string Email, string Password) : IRequest<Response>;

    /// <param name="SessionId">Opened; null when refused or when a second factor is awaited.</param>
    /// <param name="Ticket">For <see cref="SignInWithCode"/>; null when refused or done.</param>
    /// <param name="HasTotp">The second factor may be a code of an app.</param>
    /// <param name="HasPasskey">It may be a passkey.</param>
    public sealed record Response(Guid? SessionId, string? Ticket, bool HasTotp = false, bool HasPasskey = false)
    {
        public static Response Refused { get; } = new(null, null);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Email).NotNull().MaximumLength(400);
            RuleFor(c => c.Password).NotNull().MaximumLength(1000);
        }
    }

    public sealed class Handler(AccessDb db, Proofs proofs, Workplaces workplaces, Tickets tickets, ICurrentUser user)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var email = EmailAddress.Normalize(command.Email.Trim());
            var person = await db.People.SingleOrDefaultAsync(p => p.NormalizedEmail == email, ct);
            if (!proofs.Password(person, command.Password))
                return Response.Refused;

            var hasPasskey = await db.Passkeys.AnyAsync(k => k.UserId == person!.Id, ct);
            if (person!.HasTotp || hasPasskey)
                return new Response(
                    null,
                    tickets.Issue(SecondStep.Purpose, new SecondStep(person.Id, person.SecurityStamp!), SecondStep.Life),
                    person.HasTotp,
                    hasPasskey
                );
            var home = await workplaces.HomeOf(person.Id, person.LastOrganisationId, ct);
            return new Response(proofs.Open(person, home, "pwd", null, user.Address).Id, null);
        }
    }
}
