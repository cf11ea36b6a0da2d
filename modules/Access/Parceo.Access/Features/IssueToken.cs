using System.Security.Cryptography;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Sending;

namespace Parceo.Access.Features;

/// <summary>A personal API token (S28) for any account, asked at the command line of the machine.</summary>
internal static class IssueToken
{
    /// <param name="Email">The account's address.</param>
    /// <param name="Name">What it is for.</param>
    /// <param name="Days">Life, 1 to 366.</param>
    /// <param name="Scopes">Permission names; empty for all that the person may do.</param>
    /// <param name="Organisation">Name of the organisation; null for where they work.</param>
    [SystemOnly]
    public sealed record Command(string Email, string Name, int Days, IReadOnlyList<string> Scopes, string? Organisation)
        : IRequest<Response>;

    /// <param name="Token">Shown this once.</param>
    public sealed record Response(string Token);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(PermissionCatalog permissions)
        {
            RuleFor(c => c.Days).InclusiveBetween(1, 366);
            RuleForEach(c => c.Scopes).Must(s => permissions.All.Any(p => p.Name == s)).WithMessage("permission_unknown");
        }
    }

    public sealed class Handler(AccessDb db, Workplaces workplaces, IIds ids, AuditNote note, TimeProvider clock)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var email = EmailAddress.Normalize(command.Email);
            var person = await db.People.SingleOrDefaultAsync(p => p.NormalizedEmail == email && p.DisabledAt == null, ct)
                ?? throw new NotFoundException("person_unknown");
            var organisation = command.Organisation is { } name
                ? await db.Organisations.Where(o => o.Name == name).Select(o => o.Id).SingleOrDefaultAsync(ct)
                : await workplaces.HomeOf(person.Id, person.LastOrganisationId, ct);
            if (organisation == Guid.Empty)
                throw new NotFoundException("organisation_unknown");

            var secret = Secrets.TokenPrefix + Secrets.Text(RandomNumberGenerator.GetBytes(32));
            var now = clock.GetUtcNow();
            // Whoever commands the machine vouches for the person: the token counts as proven by a second factor.
            var token = new ApiToken(
                ids.New(),
                person.Id,
                organisation,
                command.Name,
                Secrets.Hash(secret),
                command.Scopes,
                factorProven: true,
                now,
                now.AddDays(command.Days)
            );
            db.Tokens.Add(token);
            note.About("api_token", token.Id);
            return new Response(secret);
        }
    }
}
