using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Adds a passkey (S3); it counts as proven now, so the session is renewed.</summary>
internal static class AddPasskey
{
    private const int Most = 20;

    /// <param name="Name">What its owner calls it; may be empty.</param>
    /// <param name="Credential">The authenticator's answer, WebAuthn JSON.</param>
    /// <param name="State">What was kept of the question.</param>
    [OpenToSignedIn("One's own second factor.")]
    public sealed record Command(string? Name, string Credential, string? State) : IRequest<Response>;

    /// <param name="RecoveryCodes">Ten, shown this once; empty when the person had some already.</param>
    /// <param name="SessionId">The session that takes the old one's place.</param>
    public sealed record Response(IReadOnlyList<string> RecoveryCodes, Guid SessionId);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).MaximumLength(60);
            RuleFor(c => c.Credential).NotEmpty().MaximumLength(20_000);
        }
    }

    public sealed class Handler(
        AccessDb db,
        PasskeyProof passkeys,
        Proofs proofs,
        Passwords passwords,
        RecentProof recent,
        UserManager<Person> users,
        ICurrentUser user,
        IIds ids,
        AuditNote note,
        TimeProvider clock
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            // Before the session: it may be ending while it still opens something.
            var person = await db.People.SingleAsync(p => p.Id == user.Id, ct);
            await recent.Demand(ct);
            if (await db.Passkeys.CountAsync(k => k.UserId == user.Id, ct) >= Most)
                throw new ConflictException("too_many_passkeys");
            var passkey = await passkeys.Attest(user.Id, command.Credential, command.State)
                ?? throw InvalidException.Of("credential", "passkey_refused");
            passkey.Name = string.IsNullOrWhiteSpace(command.Name) ? "Clé d’accès" : command.Name.Trim();
            await users.AddOrUpdatePasskeyAsync(person, passkey);
            var now = clock.GetUtcNow();
            var codes = await db.RecoveryCodes.AnyAsync(c => c.PersonId == person.Id, ct)
                ? []
                : await proofs.NewRecoveryCodes(person.Id, ct);
            var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == user.SessionId && s.EndedAt == null, ct)
                ?? throw new ForbiddenException("session_needed");
            await passwords.EndAccess(person, session.Id, ct);
            var next = session.StepUp(ids.New(), "passkey", now, now);
            db.Sessions.Add(next);
            note.About("person", person.Id);
            return new Response(codes, next.Id);
        }
    }
}
