using System.Text.Json.Serialization;
using Parceo.Dashboards.Contracts;
using Parceo.Dashboards.Domain;
using Parceo.Dashboards.Services;
using Parceo.Platform;

namespace Parceo.Dashboards.Data;

/// <summary>Whose numbers.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Perimeter>))]
internal enum Perimeter
{
    /// <summary>What one's own organisation regulates.</summary>
    Own,

    /// <summary>What concerns one's territory, whoever regulates.</summary>
    Territory,
}

/// <summary>What perimeters come down to in questions.</summary>
internal static class Perimeters
{
    /// <summary>Those that the caller may look at, the usual one first.</summary>
    public static IReadOnlyList<Perimeter> Of(ICurrentUser user) =>
        [
            .. Enum.GetValues<Perimeter>()
                .Where(p => user.Can(p == Perimeter.Own ? DashboardsPermissions.ReadOwn : DashboardsPermissions.ReadTerritory)),
        ];

    /// <summary>Refuses one that is not the caller's.</summary>
    public static Task Check(ICurrentUser user, Perimeter perimeter) =>
        Of(user).Contains(perimeter) ? Task.CompletedTask : throw new ForbiddenException("perimeter_unknown");

    /// <summary>Facts of a perimeter in a time, by index.</summary>
    public static IQueryable<T> In<T>(this IQueryable<T> facts, Perimeter perimeter, ICurrentUser user, DateOnly from, DateOnly to)
        where T : Fact
    {
        var (organisation, departements, communes) = (user.OrganisationId, user.Rights.Departements, user.Rights.Communes);
        facts = facts.Where(f => f.Counts && f.Day >= from && f.Day <= to);
        // Offers belong to no regulator: for one's own organisation they are those of its territory.
        if (perimeter == Perimeter.Own && typeof(T) != typeof(RangeFact))
            return facts.Where(f => f.OrganisationId == organisation);
        return (departements.Count, communes.Count) switch
        {
            (0, _) => facts.Where(f => communes.Contains(f.Commune!)),
            (_, 0) => facts.Where(f => departements.Contains(f.Departement)),
            _ => facts.Where(f => departements.Contains(f.Departement) || communes.Contains(f.Commune!)),
        };
    }

    /// <summary>Today where the caller works.</summary>
    public static DateOnly Today(ICurrentUser user, TimeProvider clock) => LocalTime.DayOf(clock.GetUtcNow(), user.Rights.Zone);
}
