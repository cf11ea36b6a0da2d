using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>A new password in place of the old one, which must be known; every other session, API token and authorization ends (S9).</summary>
internal static class ChangePassword
{
    [OpenToSignedIn("One's own password.")]
    public sealed record Command(string Current, string New) : IRequest<Response>;

    /// <param name="Changed">False when the current password was wrong: that failure counts, so it is no exception.</param>
    public sealed record Response(bool Changed);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Current).NotNull().MaximumLength(1000);
            RuleFor(c => c.New).NotNull().MaximumLength(1000);
        }
    }

    public sealed class Handler(AccessDb db, Proofs proofs, Passwords passwords, ICurrentUser user) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var person = await db.People.SingleAsync(p => p.Id == user.Id, ct);
            var organisations = await passwords.OrganisationsOf(person.Id, ct);
            if (!proofs.Password(person, command.Current))
                return new Response(false);
            passwords.Set(person, command.New, organisations);
            await passwords.EndAccess(person, user.SessionId, ct);
            return new Response(true);
        }
    }
}
