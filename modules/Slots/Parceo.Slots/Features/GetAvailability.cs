using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Sending;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Features;

/// <summary>What a professional says of their time: absences, limits, presence.</summary>
internal static class GetAvailability
{
    [Requires(SlotsPermissions.Publish)]
    public sealed record Query(Guid PractitionerId) : IRequest<Response>;

    /// <param name="Absences">Present and to come, soonest first, at most 100.</param>
    public sealed record Response(
        int? PerDay,
        int? PerWeek,
        bool Visits,
        bool Teleconsultations,
        DateTimeOffset? PresentUntil,
        DateTimeOffset? OverCapacityUntil,
        string? OverCapacityNote,
        IReadOnlyList<AbsenceView> Absences
    );

    /// <param name="To">Null: until they say otherwise.</param>
    public sealed record AbsenceView(Guid Id, DateTimeOffset From, DateTimeOffset? To);

    public sealed class OwnAgenda(CallContext user) : IAccessRule<Query>
    {
        public Task Check(Query request, CancellationToken ct) =>
            user.ActFor(SlotsPermissions.Publish, request.PractitionerId)
                ? Task.CompletedTask
                : throw new ForbiddenException("not_own_agenda");
    }

    public sealed class Handler(SlotsDb db, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var agenda = await db.Agendas.AsNoTracking().SingleOrDefaultAsync(a => a.PractitionerId == query.PractitionerId, ct)
                ?? new Agenda(query.PractitionerId);
            var absences = await db
                .Absences.AsNoTracking()
                .Where(a => a.PractitionerId == query.PractitionerId && (a.To == null || (a.To > now && a.To > a.From)))
                .OrderBy(a => a.From)
                .Take(100)
                .Select(a => new AbsenceView(a.Id, a.From, a.To))
                .ToListAsync(ct);
            return new Response(
                agenda.MostPerDay,
                agenda.MostPerWeek,
                agenda.TakesVisits,
                agenda.TakesTeleconsultations,
                agenda.PresentUntil > now ? agenda.PresentUntil : null,
                agenda.OverCapacityUntil > now ? agenda.OverCapacityUntil : null,
                agenda.OverCapacityNote,
                absences
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("availability", async (Guid practitionerId, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(practitionerId), ct))
            )
            .WithName("GetAvailability")
            .WithSummary("Absences, limits and presence of a professional")
            .ProducesProblem(403);
}
