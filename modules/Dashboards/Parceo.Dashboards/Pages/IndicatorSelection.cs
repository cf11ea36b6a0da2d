using System.Globalization;
using Parceo.Dashboards.Data;
using Parceo.Dashboards.Domain;
using Parceo.Ui;

namespace Parceo.Dashboards.Pages;

/// <summary>What is looked at, as the address says it: perimeter and period. What it does not say, or says wrongly, is the usual.</summary>
internal sealed record IndicatorSelection(Perimeter Perimeter, Period Period, DateOnly Today)
{
    public static IndicatorSelection Read(
        IReadOnlyList<Perimeter> allowed,
        DateOnly today,
        string? vue,
        string? periode,
        string? du,
        string? au
    )
    {
        var wanted = vue == "territoire" ? Perimeter.Territory : Perimeter.Own;
        var perimeter =
            allowed.Contains(wanted) ? wanted
            : allowed.Count > 0 ? allowed[0]
            : Perimeter.Own;
        var period = Period.Read(periode)
            ?? (
                Date(du) is { } from && Date(au) is { } to && to >= from && to.DayNumber - from.DayNumber < Period.Longest
                    ? new Period(from, to)
                    : Period.Month(today)
            );
        return new(perimeter, period, today);
    }

    public string Href(string path, Perimeter? perimeter = null, Period? period = null, int skip = 0)
    {
        var (p, q) = (perimeter ?? Perimeter, period ?? Period);
        return $"{path}?vue={Vue(p)}&{(q.Name is { } name ? $"periode={name}" : $"du={Iso(q.From)}&au={Iso(q.To)}")}{(skip > 0 ? $"&page={skip}" : "")}";
    }

    public IReadOnlyList<Segment> Kinds(string path) =>
        [
            new(
                "Mois",
                Href(path, period: Period.Month(Anchor)),
                Period.Name is { Length: 7 } m && !m.Contains('T', StringComparison.Ordinal)
            ),
            new("Trimestre", Href(path, period: Period.Quarter(Anchor)), Period.Name?.Contains('T', StringComparison.Ordinal) == true),
            new("Année", Href(path, period: Period.Year(Anchor)), Period.Name?.Length == 4),
        ];

    public IReadOnlyList<Segment> Perimeters(string path, IReadOnlyList<Perimeter> allowed, string organisation) =>
        [.. allowed.Select(p => new Segment(p == Perimeter.Own ? organisation : "Territoire", Href(path, p), p == Perimeter))];

    public string Csv =>
        $"/api/dashboards/indicators.csv?perimeter={Perimeter}&from={Iso(Period.From)}&to={Iso(Period.To)}&period={Period.Name}";

    public static string Vue(Perimeter p) => p == Perimeter.Territory ? "territoire" : "organisation";

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private DateOnly Anchor => Period.Until(Today);

    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var d)
        && d.Year is >= 2020 and <= 2099
            ? d
            : null;
}
