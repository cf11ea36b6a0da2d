using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Features;

/// <summary>The next free slots of a professional, for their page in the directory; the query filter decides who sees what.</summary>
internal static class ListNextSlots
{
    private const int Most = 5;

    [OpenToSignedIn("Answers only what the caller's territory or own agenda shows.")]
    public sealed record Query(Guid PractitionerId) : IRequest<IReadOnlyList<NextSlot>>;

    /// <param name="Zone">IANA zone of the place, for display.</param>
    /// <param name="CommuneCode">Where, for a search around it.</param>
    /// <param name="Skill">Of what, for the same search.</param>
    public sealed record NextSlot(
        Guid RangeId,
        DateTimeOffset Start,
        DateTimeOffset End,
        int Capacity,
        int PlacesLeft,
        Mode Mode,
        string LocationLabel,
        string Zone,
        string? CommuneCode,
        string Skill
    );

    public sealed class Handler(SlotsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, IReadOnlyList<NextSlot>>
    {
        public async Task<IReadOnlyList<NextSlot>> Handle(Query query, CancellationToken ct)
        {
            if (!user.Can(SlotsPermissions.Search) && !user.Rights.MayFor(SlotsPermissions.Publish, query.PractitionerId))
                return [];
            var now = clock.GetUtcNow();
            return await (
                from range in db
                    .Ranges.Where(r => r.PractitionerId == query.PractitionerId && r.Start > now && r.Open)
                    .OrderBy(r => r.Start)
                    .Take(Most)
                join calendar in db.Calendars on range.CalendarId equals calendar.Id
                orderby range.Start
                select new NextSlot(
                    range.Id,
                    range.Start,
                    range.End,
                    range.Capacity,
                    range.PlacesLeft,
                    range.Mode,
                    calendar.LocationLabel,
                    calendar.Zone,
                    calendar.CommuneCode,
                    calendar.Skill
                )
            ).ToListAsync(ct);
        }
    }
}
