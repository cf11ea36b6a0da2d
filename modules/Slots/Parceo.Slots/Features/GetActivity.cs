using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Sending;
using Parceo.Platform.Web;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Features;

/// <summary>A professional's own activity statement: visible hours by ISO week with their proof, and acts with the advice on the surcharge. No identity of patients.</summary>
internal static class GetActivity
{
    /// <param name="From">First local day.</param>
    /// <param name="To">Last local day, at most 100 days later.</param>
    [Requires(SlotsPermissions.Publish), Audited]
    public sealed record Query(Guid PractitionerId, DateOnly From, DateOnly To) : IRequest<Response>, IExport
    {
        public bool IsExport { get; init; }
    }

    public sealed record Response(string Zone, IReadOnlyList<Week> Weeks, IReadOnlyList<Act> Acts);

    /// <param name="Advised">Acts of the whole week for which the surcharge is advised, 20 at most.</param>
    public sealed record Week(DateOnly Monday, double Hours, bool Reached, int Advised, IReadOnlyList<Shown> Proof);

    public sealed record Shown(Guid RangeId, DateTimeOffset Start, DateTimeOffset End, int Capacity);

    /// <param name="Advice">Only for patients who came; advice, not a decision (D26).</param>
    public sealed record Act(
        Guid BookingId,
        DateTimeOffset Start,
        Mode Mode,
        string CaseReference,
        BookingState State,
        SurchargeAdvice? Advice
    );

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.From.Year).InclusiveBetween(2020, 2100).WithMessage("period_too_long");
            RuleFor(q => q.To).Must((q, to) => to >= q.From && to.DayNumber - q.From.DayNumber <= 100).WithMessage("period_too_long");
        }
    }

    public sealed class OwnAgenda(CallContext user) : IAccessRule<Query>
    {
        public Task Check(Query request, CancellationToken ct) =>
            user.ActFor(SlotsPermissions.Publish, request.PractitionerId)
                ? Task.CompletedTask
                : throw new ForbiddenException("not_own_agenda");
    }

    public sealed class Handler(SlotsDb db, SurchargeTable surcharge, AuditNote note) : IRequestHandler<Query, Response>
    {
        private const int Most = 20_000;

        public async Task<Response> Handle(Query q, CancellationToken ct)
        {
            var departement = await db
                .Calendars.Where(c => c.PractitionerId == q.PractitionerId)
                .OrderBy(c => c.Id)
                .Select(c => c.Departement)
                .FirstOrDefaultAsync(ct)
                ?? "";
            var zone = Zones.OfDepartement(departement);
            // Whole weeks, so that the ceiling counts right at both ends; only the days asked for are shown.
            var (from, to) = (
                LocalTime.StartOfDay(LocalTime.Monday(q.From), zone),
                LocalTime.StartOfDay(LocalTime.Monday(q.To).AddDays(7), zone)
            );
            var ranges = await db
                .Ranges.AsNoTracking()
                .Where(r => r.PractitionerId == q.PractitionerId && r.Start >= from && r.Start < to)
                .OrderBy(r => r.Start)
                .Take(Most)
                .ToListAsync(ct);
            var bookings = await db
                .Bookings.AsNoTracking()
                .Where(b => b.PractitionerId == q.PractitionerId && b.Start >= from && b.Start < to)
                .OrderBy(b => b.Start)
                .ThenBy(b => b.Id)
                .Take(Most)
                .ToListAsync(ct);
            var came = bookings.Where(b => b.State == BookingState.Fulfilled).ToList();
            var advice = came.Zip(
                    SnpSurcharge.Of(
                        [.. came.Select(b => new RegulatedAct(b.BookedAt, b.Start, b.OwnPatient))],
                        surcharge.Terms,
                        zone,
                        departement
                    )
                )
                .ToDictionary(p => p.First.Id, p => p.Second);
            var advised = came.Where(b => advice[b.Id] == SurchargeAdvice.Yes)
                .CountBy(b => LocalTime.Monday(LocalTime.DayOf(b.Start, zone)))
                .ToDictionary();
            var answer = new Response(
                zone,
                [
                    .. VisibleWeek
                        .Of(ranges, zone)
                        .Select(w => new Week(
                            w.Monday,
                            Math.Round(w.Hours, 2),
                            w.Reached,
                            advised.GetValueOrDefault(w.Monday),
                            [.. w.Proof.Select(r => new Shown(r.Id, r.Start, r.End, r.Capacity))]
                        )),
                ],
                [
                    .. bookings
                        .Where(b => LocalTime.DayOf(b.Start, zone) is var day && day >= q.From && day <= q.To)
                        .Select(b => new Act(
                            b.Id,
                            b.Start,
                            b.Mode,
                            b.CaseReference,
                            b.State,
                            advice.TryGetValue(b.Id, out var a) ? a : null
                        )),
                ]
            );
            if (q.IsExport)
                note.Exported(answer.Acts.Count);
            return answer;
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("activity", async (Guid practitionerId, DateOnly from, DateOnly to, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(practitionerId, from, to), ct))
            )
            .WithName("GetActivity")
            .WithSummary("Own activity statement")
            .ProducesProblem(403);
        routes
            .MapGet("activity.csv", async (Guid practitionerId, DateOnly from, DateOnly to, ISender sender, CancellationToken ct) =>
                TypedResults.File(
                    Exports.Csv(Head, Rows(await sender.Send(new Query(practitionerId, from, to) { IsExport = true }, ct))),
                    Exports.CsvType,
                    $"activite-{from:yyyy-MM-dd}-{to:yyyy-MM-dd}.csv"
                )
            )
            .WithName("GetActivityCsv")
            .WithSummary("Own activity statement as CSV")
            .ProducesProblem(403);
        routes
            .MapGet("activity.xlsx", async (Guid practitionerId, DateOnly from, DateOnly to, ISender sender, CancellationToken ct) =>
                TypedResults.File(
                    Exports.Xlsx("Activité", Head, Rows(await sender.Send(new Query(practitionerId, from, to) { IsExport = true }, ct))),
                    Exports.XlsxType,
                    $"activite-{from:yyyy-MM-dd}-{to:yyyy-MM-dd}.xlsx"
                )
            )
            .WithName("GetActivityXlsx")
            .WithSummary("Own activity statement as a workbook")
            .ProducesProblem(403);
    }

    private static readonly string[] Head = ["Date et heure", "Mode", "Dossier", "Issue", "Majoration"];

    private static IEnumerable<IReadOnlyList<object?>> Rows(Response activity) =>
        activity.Acts.Select(a =>
            (IReadOnlyList<object?>)
                [
                    LocalTime.In(a.Start, activity.Zone).DateTime,
                    Pages.French.Of(a.Mode),
                    a.CaseReference,
                    Pages.French.Of(a.State),
                    a.Advice is { } advice ? Pages.French.Of(advice) : null,
                ]
        );
}
