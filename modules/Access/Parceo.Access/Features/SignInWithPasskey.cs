using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>A passkey with user verification: both factors at once. It stays open to its owner while the password is locked (S4).</summary>
internal static class SignInWithPasskey
{
    /// <param name="Credential">The authenticator's answer, WebAuthn JSON.</param>
    /// <param name="State">What <see cref="PasskeyStates"/> kept of the question; null when it is gone.</param>
    [Audited, OpenToAnyone("Signing in.")]
    public sealed record Command(string Credential, string? State) : IRequest<Response>;

    /// <param name="SessionId">Opened; null when refused.</param>
    public sealed record Response(Guid? SessionId);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Credential).NotNull().MaximumLength(20_000);
    }

    public sealed class Handler(
        PasskeyProof passkeys,
        Proofs proofs,
        Workplaces workplaces,
        ICurrentUser user,
        AuditNote note,
        TimeProvider clock
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            if (await passkeys.Prove(command.Credential, command.State) is not { } person)
            {
                note.Refused("passkey_refused");
                return new Response(null);
            }
            var home = await workplaces.HomeOf(person.Id, person.LastOrganisationId, ct);
            return new Response(proofs.Open(person, home, "passkey", clock.GetUtcNow(), user.Address).Id);
        }
    }
}
