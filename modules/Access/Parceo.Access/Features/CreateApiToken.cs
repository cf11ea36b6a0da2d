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

/// <summary>A personal API token (S28) for the organisation worked in; from a browser session with a recent proof only (S10).</summary>
internal static class CreateApiToken
{
    private const int Most = 50;

    /// <param name="Name">What it is for.</param>
    /// <param name="Days">Life, 1 to 366.</param>
    /// <param name="Scopes">Permissions among one's own; empty for all of them.</param>
    [OpenToSignedIn("A token never can more than its owner.")]
    public sealed record Command(string Name, int Days, IReadOnlyList<string> Scopes) : IRequest<Response>;

    /// <param name="Token">Shown this once.</param>
    public sealed record Response(string Token);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).NotEmpty().WithMessage("name_needed").MaximumLength(100);
            RuleFor(c => c.Days).InclusiveBetween(1, 366).WithMessage("days_out_of_range");
            RuleFor(c => c.Scopes).NotNull().Must(s => s.Count <= 50);
        }
    }

    public sealed class Handler(AccessDb db, RecentProof recent, ICurrentUser user, IIds ids, AuditNote note, TimeProvider clock)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            await db.Claim(user.Id, ct);
            await recent.Demand(ct);
            if (user.OrganisationId == Guid.Empty)
                throw new ConflictException("organisation_needed");
            if (command.Scopes.Any(s => !user.Can(s)))
                throw InvalidException.Of("scopes", "permission_unknown");
            var now = clock.GetUtcNow();
            if (await db.Tokens.CountAsync(t => t.PersonId == user.Id && t.RevokedAt == null && t.ExpiresAt > now, ct) >= Most)
                throw new ConflictException("too_many_tokens");
            var proven = await db.Sessions.AnyAsync(s => s.Id == user.SessionId && s.FactorAt != null, ct);
            var secret = Secrets.TokenPrefix + Secrets.Text(RandomNumberGenerator.GetBytes(32));
            var token = new ApiToken(
                ids.New(),
                user.Id,
                user.OrganisationId,
                command.Name.Trim(),
                Secrets.Hash(secret),
                command.Scopes,
                proven,
                now,
                now.AddDays(command.Days)
            );
            db.Tokens.Add(token);
            note.About("api_token", token.Id);
            return new Response(secret);
        }
    }
}
