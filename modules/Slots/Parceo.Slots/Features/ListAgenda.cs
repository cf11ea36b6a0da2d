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
    /// <param name="Limit">1–500 ranges; all the bookings of each come with it.</param>
    /// <param name="Next">Of the page before.</param>
    [Requires(SlotsPermissions.Publish), Audited]
    public sealed record Query(Guid PractitionerId, DateTimeOffset From, DateTimeOffset To, int Limit = 200, string? Next = null)
        : IRequest<Response>;

    public sealed record Response(IReadOnlyList<RangeView> Ranges, string? Next);

    /// <param name="Held">Places held by a regulator right now.</param>
    /// <param name="Hidden">Why regulators do not see it, in French; null when they do.</param>
    /// <param name="Outside">Not offered: a patient accepted on solicitation.</param>
    public sealed record RangeView(
        Guid Id,
        Guid ActivityId,
        string LocationLabel,
        string Commune,
        string Zone,
        DateTimeOffset Start,
        DateTimeOffset End,
        int Capacity,
        int PlacesLeft,
        int Held,
        Mode Mode,
        string? Note,
        bool Closed,
        string? Hidden,
        bool Outside,
        IReadOnlyList<BookingView> Bookings
    );

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.To).Must((q, to) => to > q.From && to - q.From <= TimeSpan.FromDays(62)).WithMessage("period_too_long");
            RuleFor(q => q.Limit).InclusiveBetween(1, 500).WithMessage("limit_invalid");
        }
    }

    public sealed class OwnAgenda(CallContext user) : IAccessRule<Query>
    {
        public Task Check(Query request, CancellationToken ct)
        {
            if (!user.ActFor(SlotsPermissions.Publish, request.PractitionerId))
                throw new ForbiddenException("not_own_agenda");
            return Task.CompletedTask;
        }
    }

    public sealed class Handler(SlotsDb db, PatientSeal seal, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query q, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var own = db
                .Ranges.AsNoTracking()
                .Include(r => r.Holds)
                .Where(r => r.PractitionerId == q.PractitionerId && r.Start >= q.From && r.Start < q.To);
            if (q.Next is { } next)
            {
                var (at, id) = PageCursor.Read(next);
                own = own.Where(r => r.Start > at || (r.Start == at && r.Id.CompareTo(id) > 0));
            }
            var ranges = await own.OrderBy(r => r.Start).ThenBy(r => r.Id).Take(q.Limit).ToListAsync(ct);
            if (ranges.Count == 0)
                return new Response([], null);
            var (first, last) = (ranges[0].Start, ranges[^1].Start);
            var shown = ranges.Select(r => r.Id).ToHashSet();
            var bookings = (
                await db
                    .Bookings.AsNoTracking()
                    .Where(b => b.PractitionerId == q.PractitionerId && b.Start >= first && b.Start <= last && shown.Contains(b.RangeId))
                    .ToListAsync(ct)
            ).ToLookup(b => b.RangeId);
            var calendars = await db
                .Calendars.AsNoTracking()
                .Where(c => c.PractitionerId == q.PractitionerId)
                .ToDictionaryAsync(c => c.Id, ct);
            return new Response(
                [
                    .. ranges.Select(r =>
                    {
                        var c = calendars[r.CalendarId];
                        return new RangeView(
                            r.Id,
                            r.CalendarId,
                            c.LocationLabel,
                            c.Commune,
                            c.Zone,
                            r.Start,
                            r.End,
                            r.Capacity,
                            r.PlacesLeft,
                            r.Holds.Count(h => h.Until > now),
                            r.Mode,
                            r.Note,
                            r.ClosedAt is not null,
                            Why(r.HiddenBy),
                            r.HiddenBy.HasFlag(Hidden.Outside),
                            [
                                .. bookings[r.Id]
                                    .OrderBy(b => b.State == BookingState.Cancelled)
                                    .ThenBy(b => b.BookedAt)
                                    .Select(b => BookingView.Of(b, c, seal)),
                            ]
                        );
                    }),
                ],
                ranges.Count == q.Limit ? PageCursor.Write(ranges[^1].Start, ranges[^1].Id) : null
            );
        }

        private static string? Why(Hidden by) =>
            by.HasFlag(Hidden.Absence) ? "Masqué, absence"
            : by.HasFlag(Hidden.Load) ? "Masqué, limite atteinte"
            : by.HasFlag(Hidden.Busy) ? "Masqué, agenda occupé"
            : null;
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "agenda",
                async (
                    Guid practitionerId,
                    DateTimeOffset from,
                    DateTimeOffset to,
                    int? limit,
                    string? next,
                    ISender sender,
                    CancellationToken ct
                ) => TypedResults.Ok(await sender.Send(new Query(practitionerId, from, to, limit ?? 200, next), ct))
            )
            .WithName("ListAgenda")
            .WithSummary("Own ranges of a period with who comes");
}
