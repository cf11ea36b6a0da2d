using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>
/// Asks for a new password. What the asker sees is the same whether the address has an account or not (S5, S6); the link
/// goes to the address only.
/// </summary>
internal static class RequestReset
{
    private const int MostAnHour = 3;

    [Audited, OpenToAnyone("A forgotten password.")]
    public sealed record Command(string Email) : IRequest<Response>;

    /// <param name="Email">Where to send the link, as the account has it; null when there is nobody to send it to. Never shown.</param>
    /// <param name="Token">Of the link.</param>
    public sealed record Response(string? Email, string? Token);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Email).NotNull().MaximumLength(400);
    }

    public sealed class Handler(AccessDb db, IIds ids, AuditNote note, TimeProvider clock) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var email = EmailAddress.Normalize(command.Email.Trim());
            var secret = Secrets.Text(RandomNumberGenerator.GetBytes(32));
            var now = clock.GetUtcNow();
            var person = await db.People.SingleOrDefaultAsync(p => p.NormalizedEmail == email && p.DisabledAt == null, ct);
            var hourAgo = now.AddHours(-1);
            if (person is null || await db.Links.CountAsync(l => l.PersonId == person.Id && l.CreatedAt > hourAgo, ct) >= MostAnHour)
                return new Response(null, null);
            // Only now: whoever asks beyond the limit changes nothing.
            db.Claim(person);
            db.Links.Add(OneTimeLink.Reset(ids.New(), Secrets.Hash(secret), person.Email!, person.Id, now));
            note.About("person", person.Id);
            return new Response(person.Email, secret);
        }
    }
}
