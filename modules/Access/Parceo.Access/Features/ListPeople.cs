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

/// <summary>The people of the organisation worked in, by name.</summary>
internal static class ListPeople
{
    private const int PageSize = 50;

    /// <param name="Search">Part of a name or address, accents and case aside.</param>
    /// <param name="After">Cursor of the page before.</param>
    [Requires(AccessPermissions.SeePeople), Limited(LimitKind.Search)]
    public sealed record Query(string? Search, string? After) : IRequest<Response>;

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
        public Validator() => RuleFor(q => q.Search).MaximumLength(200);
    }

    public sealed class Handler(AccessDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            // Who left is no longer shown; who is to come is.
            var people = db
                .People.AsNoTracking()
                .Where(p =>
                    db.Memberships.Any(m =>
                        m.PersonId == p.Id && m.OrganisationId == user.OrganisationId && (m.Until == null || now < m.Until)
                    )
                );
            foreach (var word in TextRules.WordsOfName(query.Search ?? ""))
                people = people.Where(p => p.SearchText.Contains(word));
            if (query.After is { Length: > 0 } after && PageCursor.ReadKey(after) is var (key, last))
                people = people.Where(p => p.SearchText.CompareTo(key) > 0 || (p.SearchText == key && p.Id.CompareTo(last) > 0));
            var page = await people
                .OrderBy(p => p.SearchText)
                .ThenBy(p => p.Id)
                .Take(PageSize + 1)
                .Select(p => new
                {
                    p.Id,
                    p.Name,
                    p.Title,
                    p.Email,
                    p.SearchText,
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
                page.Count > PageSize ? PageCursor.Write(shown[^1].SearchText, shown[^1].Id) : null
            );
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
