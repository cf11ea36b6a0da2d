using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>The people of the organisation worked in, by family name.</summary>
internal static class ListPeople
{
    private const int PageSize = 50;

    /// <param name="Search">Part of a name or address, accents and case aside.</param>
    /// <param name="After">Cursor of the page before.</param>
    /// <param name="Role">Only those who have this role now.</param>
    /// <param name="Lacks">Only those without a second factor, or who never signed in.</param>
    [Requires(AccessPermissions.SeePeople), Limited(LimitKind.Search)]
    public sealed record Query(string? Search, string? After, string? Role = null, Lack Lacks = Lack.Nothing) : IRequest<Response>;

    /// <summary>What somebody has not done yet.</summary>
    public enum Lack
    {
        /// <summary>Everybody.</summary>
        Nothing,

        /// <summary>No second factor.</summary>
        Factor,

        /// <summary>Never signed in.</summary>
        SignIn,
    }

    /// <param name="People">At most 50.</param>
    /// <param name="Next">Cursor of the next page; null on the last.</param>
    public sealed record Response(IReadOnlyList<Row> People, string? Next);

    /// <param name="Name">« Dr Amandine Roche ».</param>
    /// <param name="Roles">Live roles here; empty for somebody whose first day is to come.</param>
    /// <param name="HasFactor">Whether they have a second factor.</param>
    /// <param name="SignedInAt">Last sign-in.</param>
    public sealed record Row(Guid Id, string Name, string Email, IReadOnlyList<string> Roles, bool HasFactor, DateTimeOffset? SignedInAt);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Search).MaximumLength(200);
            RuleFor(q => q.Role).Must(r => r is null || Roles.All.Contains(r)).WithMessage("role_unknown");
            RuleFor(q => q.Lacks).IsInEnum();
        }
    }

    public sealed class Handler(AccessDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            // Who left is no longer shown; who is to come is.
            var people = Members(query.Search, query.Role, query.Lacks, now);
            if (query.After is { Length: > 0 } after && PageCursor.ReadKey(after) is var (key, last))
                people = people.Where(p => p.SortKey.CompareTo(key) > 0 || (p.SortKey == key && p.Id.CompareTo(last) > 0));
            var page = await people
                .OrderBy(p => p.SortKey)
                .ThenBy(p => p.Id)
                .Take(PageSize + 1)
                .Select(p => new
                {
                    p.Id,
                    p.Name,
                    p.Title,
                    p.Email,
                    p.SortKey,
                    p.SignedInAt,
                    HasFactor = p.TotpSecret != null || db.Passkeys.Any(k => k.UserId == p.Id),
                })
                .ToListAsync(ct);
            var ids = page.Select(p => p.Id).ToList();
            var roles = (
                await db
                    .Memberships.AsNoTracking()
                    .Where(m =>
                        ids.Contains(m.PersonId)
                        && m.OrganisationId == user.OrganisationId
                        && m.From <= now
                        && (m.Until == null || now < m.Until)
                    )
                    .Select(m => new { m.PersonId, m.Role })
                    .ToListAsync(ct)
            ).ToLookup(m => m.PersonId, m => m.Role);
            var shown = page.Take(PageSize).ToList();
            return new Response(
                [
                    .. shown.Select(p => new Row(
                        p.Id,
                        p.Title is null ? p.Name : $"{p.Title}\u00A0{p.Name}",
                        p.Email!,
                        [.. roles[p.Id].Distinct().Order(StringComparer.Ordinal)],
                        p.HasFactor,
                        p.SignedInAt
                    )),
                ],
                page.Count > PageSize ? PageCursor.Write(shown[^1].SortKey, shown[^1].Id) : null
            );
        }

        private IQueryable<Data.Person> Members(string? search, string? role, Lack lacks, DateTimeOffset now)
        {
            var people = db
                .People.AsNoTracking()
                .Where(p =>
                    db.Memberships.Any(m =>
                        m.PersonId == p.Id
                        && m.OrganisationId == user.OrganisationId
                        && (m.Until == null || now < m.Until)
                        && (role == null || (m.Role == role && m.From <= now))
                    )
                );
            foreach (var word in TextRules.WordsOfName(search ?? ""))
                people = people.Where(p => p.SearchText.Contains(word));
            return lacks switch
            {
                Lack.Factor => people.Where(p => p.TotpSecret == null && !db.Passkeys.Any(k => k.UserId == p.Id)),
                Lack.SignIn => people.Where(p => p.SignedInAt == null),
                _ => people,
            };
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("people", async (string? q, string? next, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(q, next), ct))
            )
            .WithName("ListPeople")
            .WithSummary("The people of the organisation worked in.");
}
