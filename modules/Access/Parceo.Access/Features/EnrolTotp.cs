using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Enrols an authenticator app (S3): the secret was shown, a first code proves that the app has it.</summary>
internal static class EnrolTotp
{
    private const string Purpose = "totp-enrolment";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    /// <param name="Ticket">The sealed secret that the page showed.</param>
    /// <param name="Code">A code of the app.</param>
    [OpenToSignedIn("One's own second factor.")]
    public sealed record Command(string Ticket, string Code) : IRequest<Response>;

    /// <param name="RecoveryCodes">Ten, shown this once; empty when the person had some already.</param>
    /// <param name="SessionId">The session that takes the old one's place: the factor is proven now.</param>
    public sealed record Response(IReadOnlyList<string> RecoveryCodes, Guid SessionId);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Ticket).NotEmpty().MaximumLength(4000);
            RuleFor(c => c.Code).NotEmpty().MaximumLength(20);
        }
    }

    /// <summary>A fresh secret for the page to show, and the ticket to send back.</summary>
    public static (byte[] Secret, string Ticket) Begin(Tickets tickets, Guid personId)
    {
        var secret = RandomNumberGenerator.GetBytes(Totp.SecretBytes);
        return (secret, tickets.Issue(Purpose, new Offer(personId, secret), Life));
    }

    /// <summary>The secret of a ticket, to show it again after a wrong code; null when the ticket is too old.</summary>
    public static byte[]? Secret(Tickets tickets, string? ticket, Guid personId) =>
        tickets.Read<Offer>(Purpose, ticket) is { } offer && offer.PersonId == personId ? offer.Secret : null;

    public sealed class Handler(
        AccessDb db,
        Proofs proofs,
        Passwords passwords,
        RecentProof recent,
        Tickets tickets,
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
            var secret = Secret(tickets, command.Ticket, user.Id) ?? throw InvalidException.Of("code", "enrolment_expired");
            var now = clock.GetUtcNow();
            var step = Totp.Verify(secret, command.Code, now, 0) ?? throw InvalidException.Of("code", "code_wrong");
            person.EnrolTotp(tickets.SealForever(Proofs.TotpPurpose, secret), step);
            var codes = await db.RecoveryCodes.AnyAsync(c => c.PersonId == person.Id, ct)
                ? []
                : await proofs.NewRecoveryCodes(person.Id, ct);
            var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == user.SessionId && s.EndedAt == null, ct)
                ?? throw new ForbiddenException("session_needed");
            await passwords.EndAccess(person, session.Id, ct);
            var next = session.StepUp(ids.New(), $"{session.Means.Split('+')[0]}+totp", now, now);
            db.Sessions.Add(next);
            note.About("person", person.Id);
            return new Response(codes, next.Id);
        }
    }

    private sealed record Offer(Guid PersonId, byte[] Secret);
}
