using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Features;

/// <summary>One range: its definition and how many places are left. No patient data; territory and own agenda by the query filter.</summary>
internal static class GetRange
{
    [OpenToSignedIn("Answers only what the caller's territory or own agenda shows.")]
    public sealed record Query(Guid RangeId) : IRequest<Response>;

    public sealed record Response(
        Guid RangeId,
        Guid PractitionerId,
        Guid ActivityId,
        DateTimeOffset Start,
        DateTimeOffset End,
        int Capacity,
        int PlacesLeft,
        Mode Mode,
        string? Note,
        bool Closed
    );

    public sealed class Handler(SlotsDb db, ICurrentUser user) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var range = await db.Ranges.AsNoTracking().SingleOrDefaultAsync(r => r.Id == query.RangeId, ct);
            // Whoever works in a département without searching slots there (an agency, a support unit) does not read them one by one either.
            if (range is null || !(user.Can(SlotsPermissions.Search) || user.Rights.MayFor(SlotsPermissions.Publish, range.PractitionerId)))
                throw new NotFoundException("slot_unknown");
            return new Response(
                range.Id,
                range.PractitionerId,
                range.CalendarId,
                range.Start,
                range.End,
                range.Capacity,
                range.PlacesLeft,
                range.Mode,
                range.Note,
                range.ClosedAt is not null
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("ranges/{rangeId:guid}", async (Guid rangeId, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(rangeId), ct))
            )
            .WithName("GetRange")
            .WithSummary("One range")
            .ProducesProblem(404);
}
