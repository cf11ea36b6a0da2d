using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>The second step after the password: a code of the authenticator app, or a recovery code.</summary>
internal static class SignInWithCode
{
    [Audited, OpenToAnyone("Signing in; the sealed ticket of the first step says who.")]
    public sealed record Command(string Ticket, string Code) : IRequest<Response>;

    /// <param name="SessionId">Opened; null when the code was refused.</param>
    /// <param name="Again">Whether the ticket still holds: when not, begin with the password.</param>
    public sealed record Response(Guid? SessionId, bool Again);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Ticket).NotEmpty().MaximumLength(4000);
            RuleFor(c => c.Code).NotNull().MaximumLength(100);
        }
    }

    public sealed class Handler(AccessDb db, Proofs proofs, Workplaces workplaces, Tickets tickets, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            if (tickets.Read<SecondStep>(SecondStep.Purpose, command.Ticket) is not { } step)
                return new Response(null, false);
            var person = await db.People.SingleOrDefaultAsync(p => p.Id == step.PersonId, ct);
            if (person is null || person.SecurityStamp != step.Stamp)
                return new Response(null, false);
            if (await proofs.Code(person, command.Code, ct) is not { } means)
                return new Response(null, true);
            var home = await workplaces.HomeOf(person.Id, person.LastOrganisationId, ct);
            return new Response(proofs.Open(person, home, $"pwd+{means}", clock.GetUtcNow(), user.Address).Id, false);
        }
    }
}
