using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Desks that one answers for, and those of one's organisation, with what waits in them.</summary>
internal static class ListDesks
{
    private const int Most = 100;

    [Requires(MessagingPermissions.Use)]
    public sealed record Query : IRequest<IReadOnlyList<DeskLine>>;

    /// <param name="Mine">The caller answers for it.</param>
    /// <param name="MayChange">The caller may change it.</param>
    /// <param name="Version">To change it.</param>
    /// <param name="Staff">Who answers.</param>
    /// <param name="Open">Threads not finished; null for who does not answer.</param>
    /// <param name="Unassigned">Of these, those that nobody has.</param>
    public sealed record DeskLine(
        Guid Id,
        string Name,
        string Purpose,
        bool Mine,
        bool MayChange,
        Guid Version,
        IReadOnlyList<Person> Staff,
        int? Open,
        int? Unassigned
    );

    public sealed record Person(Guid Id, string Name, string Line);

    public sealed class Handler(MessagingDb db, ICurrentUser user) : IRequestHandler<Query, IReadOnlyList<DeskLine>>
    {
        public async Task<IReadOnlyList<DeskLine>> Handle(Query query, CancellationToken ct)
        {
            var desks = await db
                .Desks.AsNoTracking()
                .Include(d => d.Members)
                .Where(d => d.ClosedAt == null && (d.OrganisationId == user.OrganisationId || d.Members.Any(m => m.PersonId == user.Id)))
                .OrderBy(d => d.Name)
                .ThenBy(d => d.Id)
                .Take(Most)
                .ToListAsync(ct);
            var mine = desks.Where(d => d.Members.Exists(m => m.PersonId == user.Id)).Select(d => (Guid?)d.Id).ToList();
            var counts =
                mine.Count == 0
                    ? []
                    : await db
                        .Conversations.Where(c => mine.Contains(c.DeskId) && c.DoneAt == null)
                        .GroupBy(c => c.DeskId!.Value)
                        .Select(g => new
                        {
                            g.Key,
                            Open = g.Count(),
                            Unassigned = g.Count(c => c.AssignedTo == null),
                        })
                        .ToDictionaryAsync(g => g.Key, ct);
            return
            [
                .. desks
                    .Select(d => (Desk: d, Mine: mine.Contains(d.Id)))
                    .OrderByDescending(d => d.Mine)
                    .ThenBy(d => d.Desk.Name, FrenchText.ByName)
                    .Select(d => new DeskLine(
                        d.Desk.Id,
                        d.Desk.Name,
                        d.Desk.Purpose,
                        d.Mine,
                        d.Desk.OrganisationId == user.OrganisationId && user.Can(MessagingPermissions.Manage),
                        d.Desk.Version,
                        [
                            .. d
                                .Desk.Members.OrderBy(m => TextRules.WithoutTitle(m.Name), FrenchText.ByName)
                                .Select(m => new Person(m.PersonId, m.Name, m.Line)),
                        ],
                        d.Mine ? counts.GetValueOrDefault(d.Desk.Id)?.Open ?? 0 : null,
                        d.Mine ? counts.GetValueOrDefault(d.Desk.Id)?.Unassigned ?? 0 : null
                    )),
            ];
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("desks", async (ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(new Query(), ct)))
            .WithName("ListDesks")
            .WithSummary("Desks of one's organisation, and those one answers for");
}
