using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Web;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;

namespace Parceo.Slots.Features;

/// <summary>
/// What the caller's organisation booked in some days, as a table for a spreadsheet (S44): who receives, when, what became of
/// it, and who booked. Nothing of the patient but the number of the dispatch case.
/// </summary>
internal static class ExportBookings
{
    private const int Most = 10_000,
        Together = 100, // practitioners that the directory names in one answer
        Colleagues = 500; // people that the accounts name in one

    /// <param name="From">First day of the bookings, where the organisation is.</param>
    /// <param name="To">Last day, at most 92 days later.</param>
    [Requires(SlotsPermissions.Book), Audited]
    public sealed record Query(DateOnly From, DateOnly To) : IRequest<byte[]>, IExport
    {
        public bool IsExport => true;
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.From).Must(d => d.Year is > 2000 and < 2100).WithMessage("period_too_long");
            RuleFor(q => q.To).Must((q, to) => to >= q.From && to.DayNumber - q.From.DayNumber <= 92).WithMessage("period_too_long");
        }
    }

    public sealed class Handler(SlotsDb db, ISender sender, ICurrentUser user, AuditNote note) : IRequestHandler<Query, byte[]>
    {
        public async Task<byte[]> Handle(Query q, CancellationToken ct)
        {
            var zone = user.Rights.Zone;
            var (start, end) = (LocalTime.StartOfDay(q.From, zone), LocalTime.StartOfDay(q.To.AddDays(1), zone));
            note.About("organisation", user.OrganisationId);
            var rows = await db
                .Bookings.AsNoTracking()
                .Where(b => b.OrganisationId == user.OrganisationId && b.BookedAt >= start && b.BookedAt < end)
                .OrderBy(b => b.BookedAt)
                .ThenBy(b => b.Id)
                .Take(Most + 1)
                .Join(db.Calendars, b => b.CalendarId, c => c.Id, (b, c) => new { Booking = b, Calendar = c })
                .ToListAsync(ct);
            if (rows.Count > Most)
                throw InvalidException.Of("to", "bookings_too_many"); // a table that leaves some out misleads
            var people = await People([.. rows.Select(r => r.Booking.PractitionerId).Distinct()], ct);
            var authors = await Authors([.. rows.Select(r => r.Booking.RegulatorId).Distinct()], ct);
            note.Exported(rows.Count);
            return Exports.Csv(
                [
                    "Dossier",
                    "Réservé le",
                    "Rendez-vous",
                    "Fin",
                    "Mode",
                    "Professionnel",
                    "RPPS",
                    "Spécialité",
                    "Lieu",
                    "Commune",
                    "État",
                    "Auteur",
                ],
                rows.OrderBy(r => r.Booking.BookedAt)
                    .Select(
                        IReadOnlyList<object?> (r) =>
                            [
                                r.Booking.CaseReference,
                                LocalTime.In(r.Booking.BookedAt, zone).DateTime,
                                LocalTime.In(r.Booking.Start, r.Calendar.Zone).DateTime,
                                LocalTime.In(r.Booking.End, r.Calendar.Zone).DateTime,
                                Pages.French.Of(r.Booking.Mode),
                                r.Calendar.Name,
                                people.TryGetValue(r.Booking.PractitionerId, out var who) ? Rpps(who.NationalId) : null,
                                r.Calendar.SkillLabel,
                                r.Calendar.LocationLabel,
                                r.Calendar.Commune,
                                Pages.French.Of(r.Booking.State),
                                authors.GetValueOrDefault(r.Booking.RegulatorId),
                            ]
                    )
            );
        }

        private async Task<Dictionary<Guid, Practitioner>> People(Guid[] ids, CancellationToken ct)
        {
            var known = new Dictionary<Guid, Practitioner>();
            foreach (var some in ids.Chunk(Together))
            foreach (var p in await sender.Send(new GetPractitioners.Query(some), ct))
                known[p.Id] = p;
            return known;
        }

        /// <summary>Names of those who still work in the organisation; who has left stands without one.</summary>
        private async Task<Dictionary<Guid, string>> Authors(Guid[] ids, CancellationToken ct)
        {
            var known = new Dictionary<Guid, string>();
            foreach (var some in ids.Chunk(Colleagues))
            foreach (
                var c in await sender.Send(
                    new FindColleagues(SlotsPermissions.Book, PersonIds: some, OrganisationId: user.OrganisationId, Limit: Colleagues),
                    ct
                )
            )
                known[c.PersonId] = c.Name;
            return known;
        }

        // An IDNPS is the kind of number, 8 for RPPS, and the number.
        private static string? Rpps(string national) => national.StartsWith('8') ? national[1..] : null;
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("bookings.csv", async (DateOnly from, DateOnly to, ISender sender, CancellationToken ct) =>
                TypedResults.File(
                    await sender.Send(new Query(from, to), ct),
                    Exports.CsvType,
                    $"reservations-{from:yyyy-MM-dd}-{to:yyyy-MM-dd}.csv"
                )
            )
            .WithName("ExportBookings")
            .WithSummary("Bookings of the organisation for a spreadsheet; needs a recent proof")
            .ProducesProblem(403);
}
