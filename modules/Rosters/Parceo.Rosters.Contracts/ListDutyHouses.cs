using MediatR;

namespace Parceo.Rosters.Contracts;

/// <summary>Maisons médicales de garde of the caller's organisation and territory, open ones first.</summary>
public static class ListDutyHouses
{
    /// <param name="At">Open at that moment; now when null.</param>
    [Requires(RostersPermissions.Read)]
    public sealed record Query(DateTimeOffset? At = null) : IRequest<IReadOnlyList<DutyHouseView>>;
}

/// <summary>A maison médicale de garde.</summary>
/// <param name="Own">Of the caller's own organisation.</param>
/// <param name="CommuneCode">INSEE.</param>
/// <param name="Open">At the asked moment, where it is.</param>
/// <param name="Until">When it closes, if open.</param>
/// <param name="Opens">When it opens next within eight days, if closed.</param>
/// <param name="Zone">IANA zone of the place.</param>
/// <param name="Hours">Weekly hours.</param>
/// <param name="Version">Of what is shown; whoever changes it says so.</param>
public sealed record DutyHouseView(
    Guid Id,
    bool Own,
    string Name,
    string Address,
    string Commune,
    string CommuneCode,
    string Departement,
    string? Phone,
    string? Note,
    string Zone,
    bool Open,
    DateTimeOffset? Until,
    DateTimeOffset? Opens,
    IReadOnlyList<HouseHours> Hours,
    int Version
);

/// <summary>Open hours on days of a kind, local time; an end that is not after the start is the next day's.</summary>
/// <param name="Days">Days of the week they hold on; public holidays count as Sundays.</param>
public sealed record HouseHours(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To);
