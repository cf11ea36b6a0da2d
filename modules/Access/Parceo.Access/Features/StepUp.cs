using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Proves oneself again before a dangerous act (S10); a session with a new id takes the old one's place (S8).</summary>
internal static class StepUp
{
    /// <param name="Code">Of the authenticator app, or a recovery code; the password for somebody without a second factor.</param>
    /// <param name="Credential">Or a passkey's answer…</param>
    /// <param name="State">… with what was kept of its question.</param>
    [Audited, OpenToSignedIn("One's own session.")]
    public sealed record Command(string? Code, string? Credential = null, string? State = null) : IRequest<Response>;

    /// <param name="SessionId">The new session; null when refused.</param>
    public sealed record Response(Guid? SessionId);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Code).MaximumLength(1000);
            RuleFor(c => c.Credential).MaximumLength(20_000);
        }
    }

    public sealed class Handler(
        AccessDb db,
        Proofs proofs,
        PasskeyProof passkeys,
        RecentProof recent,
        Authorizations authorizations,
        ICurrentUser user,
        IServiceProvider services,
        IIds ids,
        AuditNote note,
        TimeProvider clock
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == user.SessionId && s.EndedAt == null, ct)
                ?? throw new NotFoundException("session_unknown");
            var person = await db.People.SingleAsync(p => p.Id == user.Id, ct);
            if (await Prove(command, person, session.Means, ct) is not { } proven)
            {
                note.Refused("proof_refused");
                return new Response(null);
            }
            var next = session.StepUp(ids.New(), proven.Means, proven.IsFactor ? now : null, now);
            db.Sessions.Add(next);
            await authorizations.Move(person.Id, session.Id, next.Id, ct);
            person.SignedIn(now, session.OrganisationId);
            note.About("session", next.Id);
            return new Response(next.Id);
        }

        private async Task<(string Means, bool IsFactor)?> Prove(Command command, Person person, string means, CancellationToken ct)
        {
            if (!string.IsNullOrEmpty(command.Credential))
                return (await passkeys.Prove(command.Credential, command.State))?.Id == person.Id ? ("passkey", true) : null;
            if (await recent.HasFactor(ct))
                return await proofs.Code(person, command.Code ?? "", ct) is { } code ? ($"{means.Split('+')[0]}+{code}", true) : null;
            if (services.GetService<OtherSignIn>()?.Means == means)
                return (means, true);
            return proofs.Password(person, command.Code ?? "") ? ("pwd", false) : null;
        }
    }
}
