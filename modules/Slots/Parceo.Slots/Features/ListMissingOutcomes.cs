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

/// <summary>Bookings whose outcome nobody has noted a quarter of an hour after the start, of the last week; oldest first.</summary>
internal static class ListMissingOutcomes
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15),
        Back = TimeSpan.FromDays(7);

    /// <param name="PractitionerId">Of this professional; null: of all for whom the caller may note them.</param>
    /// <param name="Limit">1–100.</param>
    [Requires(SlotsPermissions.RecordOutcome), Audited]
    public sealed record Query(Guid? PractitionerId = null, int Limit = 20) : IRequest<IReadOnlyList<BookingView>>;

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("limit_invalid");
    }

    public sealed class OwnAgenda(CallContext user) : IAccessRule<Query>
    {
        public Task Check(Query request, CancellationToken ct) =>
            request.PractitionerId is not { } practitioner || user.ActFor(SlotsPermissions.RecordOutcome, practitioner)
                ? Task.CompletedTask
                : throw new ForbiddenException("not_own_agenda");
    }

    /// <summary>Bookings of these professionals whose outcome is missing now.</summary>
    public static IQueryable<Booking> Of(SlotsDb db, IReadOnlyCollection<Guid> practitioners, DateTimeOffset now)
    {
        var (from, to) = (now - Back, now - Grace);
        return db
            .Bookings.AsNoTracking()
            .Where(b =>
                practitioners.Contains(b.PractitionerId)
                && b.Start >= from
                && b.Start <= to
                && (b.State == BookingState.Booked || b.State == BookingState.Unknown)
            );
    }

    public sealed class Handler(SlotsDb db, PatientSeal seal, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<Query, IReadOnlyList<BookingView>>
    {
        public async Task<IReadOnlyList<BookingView>> Handle(Query query, CancellationToken ct)
        {
            var of = query.PractitionerId is { } one ? [one] : user.Rights.PractitionersFor(SlotsPermissions.RecordOutcome);
            var rows = await Of(db, of, clock.GetUtcNow())
                .OrderBy(b => b.Start)
                .Take(query.Limit)
                .Join(db.Calendars, b => b.CalendarId, c => c.Id, (b, c) => new { Booking = b, Calendar = c })
                .ToListAsync(ct);
            return [.. rows.OrderBy(r => r.Booking.Start).Select(r => BookingView.Of(r.Booking, r.Calendar, seal))];
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("missing-outcomes", async (Guid? practitionerId, int? limit, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(practitionerId, limit ?? 20), ct))
            )
            .WithName("ListMissingOutcomes")
            .WithSummary("Bookings whose outcome is missing")
            .ProducesProblem(403);
}
