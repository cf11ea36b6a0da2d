using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Dashboards.Contracts;
using Parceo.Dashboards.Data;
using Parceo.Dashboards.Domain;
using Parceo.Dashboards.Services;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Sending;
using Parceo.Platform.Web;

namespace Parceo.Dashboards.Features;

/// <summary>Indicators I3 to I9 of a perimeter over a period, each with the period before, twelve months and its target.</summary>
internal static class ShowIndicators
{
    /// <param name="From">First local day.</param>
    /// <param name="To">Last local day, at most a year later.</param>
    [Requires(DashboardsPermissions.Read)]
    public sealed record Query(Perimeter Perimeter, DateOnly From, DateOnly To) : IRequest<Response>, IExport
    {
        public bool IsExport { get; init; }

        /// <summary>Month, quarter or year whose days these are: what comes before is then the month, quarter or year before.</summary>
        public string? Name { get; init; }
    }

    /// <param name="Today">Where the caller works.</param>
    /// <param name="Before">What the figures are compared to.</param>
    public sealed record Response(DateOnly Today, Days Before, IReadOnlyList<Figure> Figures);

    /// <summary>Both included.</summary>
    public sealed record Days(DateOnly From, DateOnly To);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Perimeter).IsInEnum().WithMessage("perimeter_unknown");
            RuleFor(q => q.Name).Must(n => n is null || Period.Read(n) is not null || n.Length == 0).WithMessage("dashboard_period");
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

    public sealed class Handler(IndicatorCalculator calculator, ICurrentUser user, AuditNote note, TimeProvider clock)
        : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query q, CancellationToken ct)
        {
            var named = Period.Read(q.Name);
            var period = named?.From == q.From && named.To == q.To ? named : new Period(q.From, q.To);
            var today = Perimeters.Today(user, clock);
            var before = period.Before(today);
            var answer = new Response(today, new(before.From, before.To), await calculator.Of(q.Perimeter, period, ct));
            if (q.IsExport)
                note.Exported(Rows(q.From, q.To, answer).Count);
            return answer;
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "indicators",
                async (Perimeter perimeter, DateOnly from, DateOnly to, string? period, ISender sender, CancellationToken ct) =>
                    TypedResults.Ok(await sender.Send(new Query(perimeter, from, to) { Name = period }, ct))
            )
            .WithName("ShowIndicators")
            .WithSummary("Indicators of a perimeter over a period")
            .ProducesProblem(403);
        routes
            .MapGet(
                "indicators.csv",
                async (Perimeter perimeter, DateOnly from, DateOnly to, string? period, ISender sender, CancellationToken ct) =>
                    TypedResults.File(
                        Csv(from, to, await sender.Send(new Query(perimeter, from, to) { Name = period, IsExport = true }, ct)),
                        Exports.CsvType,
                        $"pilotage-{from:yyyy-MM-dd}-{to:yyyy-MM-dd}.csv"
                    )
            )
            .WithName("ShowIndicatorsCsv")
            .WithSummary("The same as CSV")
            .ProducesProblem(403);
    }

    internal static byte[] Csv(DateOnly from, DateOnly to, Response shown) =>
        Exports.Csv(["indicateur", "mesure", "du", "au", "valeur", "unite", "effectif", "remarque"], Rows(from, to, shown));

    /// <summary>One line a value; hidden cells stay empty and say so.</summary>
    private static List<IReadOnlyList<object?>> Rows(DateOnly from, DateOnly to, Response shown)
    {
        var rows = new List<IReadOnlyList<object?>>();
        foreach (var f in shown.Figures)
        {
            Line(f, "periode", from, to, f.Scale, f.Now);
            Line(f, "periode precedente", shown.Before.From, shown.Before.To, f.Scale, f.Before);
            foreach (var p in f.Parts)
                Line(f, p.Key, from, to, p.Scale, p.Measure);
            foreach (var m in f.Months)
                Line(f, "mois", m.Month, m.Month.AddMonths(1).AddDays(-1), f.Scale, m.Measure, m.Open ? "mois en cours" : "");
        }
        return rows;

        void Line(Figure f, string what, DateOnly first, DateOnly last, Scale scale, Measure m, string note = "") =>
            rows.Add([
                Pages.French.Title(f.Indicator),
                what,
                first,
                last,
                m.Value is { } v ? Math.Round(v, 4) : null,
                Pages.French.Of(scale),
                m.Few ? null : m.Of,
                m.Few ? "moins de 11, non affiche" : note,
            ]);
    }
}
