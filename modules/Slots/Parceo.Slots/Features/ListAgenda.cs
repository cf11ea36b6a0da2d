using FluentValidation;
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

/// <summary>A professional's own ranges of a period with who comes: their page, and their secretary's.</summary>
internal static class ListAgenda
{
    /// <param name="PractitionerId">Oneself or one acts for.</param>
    /// <param name="From">Included.</param>
    /// <param name="To">Excluded, at most 62 days later.</param>
    [Requires(SlotsPermissions.Publish), Audited]
    public sealed record Query(Guid PractitionerId, DateTimeOffset From, DateTimeOffset To) : IRequest<Response>;

    public sealed record Response(IReadOnlyList<RangeView> Ranges);

    /// <param name="Held">Places held by a regulator right now.</param>
    public sealed record RangeView(
        Guid Id, Guid ActivityId, string PlaceLabel, string Commune, string Zone, DateTimeOffset Start, DateTimeOffset End, int Capacity, int PlacesLeft, int Held,
        Mode Mode, string? Note, bool Closed, IReadOnlyList<BookingView> Bookings);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.To).Must((q, to) => to > q.From && to - q.From <= TimeSpan.FromDays(62)).WithMessage("period_too_long");
    }

    public sealed class OwnAgenda(CallContext user) : IAccessRule<Query>
    {
        public Task Check(Query request, CancellationToken ct)
        {
            if (!user.ActFor(SlotsPermissions.Publish, request.PractitionerId)) throw new ForbiddenException("not_own_agenda");
            return Task.CompletedTask;
        }
    }

    public sealed class Handler(SlotsDb db, PatientSeal seal, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        private const int Most = 1000;

        public async Task<Response> Handle(Query q, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var ranges = await db.Ranges.AsNoTracking().Include(r => r.Holds)
                .Where(r => r.PractitionerId == q.PractitionerId && r.Start >= q.From && r.Start < q.To).OrderBy(r => r.Start).Take(Most).ToListAsync(ct);
            var bookings = (await db.Bookings.AsNoTracking()
                .Where(b => b.PractitionerId == q.PractitionerId && b.Start >= q.From && b.Start < q.To).ToListAsync(ct)).ToLookup(b => b.RangeId);
            var calendars = await db.Calendars.AsNoTracking().Where(c => c.PractitionerId == q.PractitionerId).ToDictionaryAsync(c => c.Id, ct);
            return new Response([.. ranges.Select(r =>
            {
                var c = calendars[r.CalendarId];
                return new RangeView(r.Id, r.CalendarId, c.PlaceLabel, c.Commune, c.Zone, r.Start, r.End, r.Capacity, r.PlacesLeft, r.Holds.Count(h => h.Until > now), r.Mode, r.Note,
                    r.ClosedAt is not null, [.. bookings[r.Id].OrderBy(b => b.State == BookingState.Cancelled).ThenBy(b => b.BookedAt).Select(b => BookingView.Of(b, c, seal))]);
            })]);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("agenda", async (Guid practitionerId, DateTimeOffset from, DateTimeOffset to, ISender sender, CancellationToken ct) =>
            TypedResults.Ok(await sender.Send(new Query(practitionerId, from, to), ct))).WithName("ListAgenda").WithSummary("Own ranges of a period with who comes");
}
