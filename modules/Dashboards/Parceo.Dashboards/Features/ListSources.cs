using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Dashboards.Contracts;
using Parceo.Dashboards.Data;
using Parceo.Dashboards.Domain;
using Parceo.Platform;
using Parceo.Platform.Sending;

namespace Parceo.Dashboards.Features;

/// <summary>What an indicator was counted from (D36, D38): dates, kinds and references; no patient, no professional.</summary>
internal static class ListSources
{
    private const int Page = 30,
        Farthest = 10_000;

    /// <param name="Skip">Rows before the page, 0–10 000.</param>
    [Requires(DashboardsPermissions.Sources)]
    public sealed record Query(Perimeter Perimeter, Indicator Indicator, DateOnly From, DateOnly To, int Skip = 0) : IRequest<Response>;

    /// <param name="Sources">At most 30, newest first.</param>
    /// <param name="More">Whether there are others.</param>
    /// <param name="Hidden">They are of a territory, and patients stand behind them: none is listed (D37).</param>
    public sealed record Response(IReadOnlyList<Source> Sources, bool More, bool Hidden);

    /// <summary>A fact.</summary>
    /// <param name="Id">Of the booking, orientation, invitation or range.</param>
    /// <param name="OrientationId">Of one's own organisation only, for whoever may open it.</param>
    /// <param name="Status"><c>booked</c>, <c>fulfilled</c>, <c>noshow</c>, <c>unknown</c>, <c>unfilled</c>, <c>accepted</c>, <c>asked</c>, <c>published</c>, <c>in_time</c>, <c>late</c>, <c>pending</c>.</param>
    /// <param name="Number">Minutes of a delay or a range, number of a wave; null otherwise.</param>
    public sealed record Source(DateOnly Day, Guid Id, Guid? OrientationId, string Status, int? Number);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Perimeter).IsInEnum().WithMessage("perimeter_unknown");
            RuleFor(q => q.Indicator).IsInEnum().WithMessage("indicator_unknown");
            RuleFor(q => q.Skip).InclusiveBetween(0, Farthest).WithMessage("dashboard_page");
            RuleFor(q => q.From.Year).InclusiveBetween(2020, 2100).WithMessage("dashboard_period");
            RuleFor(q => q.To)
                .Must((q, to) => to >= q.From && to.DayNumber - q.From.DayNumber < Period.Longest)
                .WithMessage("dashboard_period");
        }
    }

    public sealed class OwnPerimeter(ICurrentUser user) : IAccessRule<Query>
    {
        public Task Check(Query request, CancellationToken ct) => Perimeters.Check(user, request.Perimeter);
    }

    public sealed class Handler(DashboardsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query q, CancellationToken ct)
        {
            // Listed one by one they would say what the figures of the same days do not (D37); hours are those of professionals.
            if (q.Perimeter == Perimeter.Territory && q.Indicator != Indicator.Hours)
                return new Response([], false, true);
            var rows = q.Indicator switch
            {
                Indicator.Unfilled => In(db.Orientations, q).Select(s => new Source(s.Day!.Value, s.OrientationId, null, "unfilled", null)),
                Indicator.Waves => In(db.Invitations, q)
                    .Select(a => new Source(a.Day!.Value, a.InvitationId, null, a.Accepted ? "accepted" : "asked", a.Wave)),
                Indicator.Hours => In(db.Ranges, q)
                    .Where(o => o.General)
                    .Select(o => new Source(o.Day!.Value, o.RangeId, null, "published", o.Minutes)),
                Indicator.Delay => In(db.Bookings, q)
                    .Where(v => v.DelayMinutes != null)
                    .Select(v => new Source(v.Day!.Value, v.BookingId, v.OrientationId, "booked", v.DelayMinutes)),
                Indicator.NoShow => In(db.Bookings, q)
                    .Where(v => v.Outcome != BookingOutcome.NotRecorded)
                    .Select(v => new Source(
                        v.Day!.Value,
                        v.BookingId,
                        v.OrientationId,
                        v.Outcome == BookingOutcome.Fulfilled ? "fulfilled"
                            : v.Outcome == BookingOutcome.NoShow ? "noshow"
                            : "unknown",
                        null
                    )),
                Indicator.Feedback => Reports(q),
                _ => In(db.Bookings, q).Select(v => new Source(v.Day!.Value, v.BookingId, v.OrientationId, "booked", null)),
            };
            var page = await rows.Skip(q.Skip).Take(Page + 1).ToListAsync(ct);
            var own = q.Perimeter == Perimeter.Own;
            return new Response(
                [.. page.Take(Page).Select(r => own ? r : r with { OrientationId = null })],
                page.Count > Page && q.Skip + Page <= Farthest,
                false
            );
        }

        // Newest first; the key settles ties, so that pages neither repeat nor miss a row.
        private IQueryable<BookingFact> In(IQueryable<BookingFact> facts, Query q) =>
            facts.AsNoTracking().In(q.Perimeter, user, q.From, q.To).OrderByDescending(f => f.Day).ThenBy(f => f.BookingId);

        private IQueryable<OrientationFact> In(IQueryable<OrientationFact> facts, Query q) =>
            facts.AsNoTracking().In(q.Perimeter, user, q.From, q.To).OrderByDescending(f => f.Day).ThenBy(f => f.OrientationId);

        private IQueryable<InvitationFact> In(IQueryable<InvitationFact> facts, Query q) =>
            facts.AsNoTracking().In(q.Perimeter, user, q.From, q.To).OrderByDescending(f => f.Day).ThenBy(f => f.InvitationId);

        private IQueryable<RangeFact> In(IQueryable<RangeFact> facts, Query q) =>
            facts.AsNoTracking().In(q.Perimeter, user, q.From, q.To).OrderByDescending(f => f.Day).ThenBy(f => f.RangeId);

        private IQueryable<Source> Reports(Query q)
        {
            var late = clock.GetUtcNow() - BookingFact.ReportWithin;
            return In(db.Bookings, q)
                .Where(v => v.ReportOwed)
                .Select(v => new Source(
                    v.Day!.Value,
                    v.BookingId,
                    v.OrientationId,
                    v.ReportInTime ? "in_time"
                        : v.ReportSentAt == null && v.OwedAt > late ? "pending"
                        : "late",
                    null
                ));
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "sources",
                async (
                    Perimeter perimeter,
                    Indicator indicator,
                    DateOnly from,
                    DateOnly to,
                    int? skip,
                    ISender sender,
                    CancellationToken ct
                ) => TypedResults.Ok(await sender.Send(new Query(perimeter, indicator, from, to, skip ?? 0), ct))
            )
            .WithName("ListSources")
            .WithSummary("What an indicator was counted from")
            .ProducesProblem(403);
}
