using Parceo.Platform;
using Parceo.Rosters.Contracts;

namespace Parceo.Rosters.Domain;

/// <summary>A maison médicale de garde: where, when, which number.</summary>
internal sealed class DutyHouse : IOwned
{
    private List<HouseHours> hours = [];

    private DutyHouse() { }

    /// <summary>A house of an organisation.</summary>
    public DutyHouse(Guid id, Guid organisationId) => (Id, OrganisationId) = (id, organisationId);

    public Guid Id { get; private set; }

    public Guid OrganisationId { get; private set; }

    /// <summary>« Maison médicale de garde de Metz ».</summary>
    public string Name { get; private set; } = "";

    /// <summary>Street line.</summary>
    public string Address { get; private set; } = "";

    /// <summary>INSEE code.</summary>
    public string CommuneCode { get; private set; } = "";

    public string Commune { get; private set; } = "";

    /// <summary>Code; decides zone and public holidays.</summary>
    public string Departement { get; private set; } = "";

    /// <summary>To call, or null.</summary>
    public string? Phone { get; private set; }

    /// <summary>A word to regulators, or null.</summary>
    public string? Note { get; private set; }

    /// <summary>No longer used.</summary>
    public bool Closed { get; private set; }

    /// <summary>Stale writers lose.</summary>
    public int Version { get; private set; }

    /// <summary>Weekly hours; public holidays count as Sundays.</summary>
    public IReadOnlyList<HouseHours> Hours => hours;

    /// <summary>IANA zone of the place.</summary>
    public string Zone => Zones.OfDepartement(Departement);

    /// <summary>Says it all anew.</summary>
    public void Change(
        string name,
        string address,
        (string Code, string Name, string Departement) commune,
        string? phone,
        string? note,
        IEnumerable<HouseHours> open,
        bool closed
    )
    {
        Name = name;
        Address = address;
        CommuneCode = commune.Code;
        Commune = commune.Name;
        Departement = commune.Departement;
        Phone = phone;
        Note = note;
        Closed = closed;
        hours = [.. open];
        Version++;
    }

    /// <summary>Until when it is open at that moment; null when it is closed.</summary>
    public DateTimeOffset? OpenUntil(DateTimeOffset at)
    {
        var day = LocalTime.DayOf(at, Zone);
        return Times(day.AddDays(-1), 2).Where(t => t.From <= at && at < t.To).Select(t => (DateTimeOffset?)t.To).Max();
    }

    /// <summary>When it opens next within eight days; null when it does not.</summary>
    public DateTimeOffset? OpensAfter(DateTimeOffset at) =>
        Times(LocalTime.DayOf(at, Zone), 8).Where(t => t.From > at).Select(t => (DateTimeOffset?)t.From).Min();

    /// <summary>When it is open from a local day on.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Times(DateOnly first, int days) =>
        from day in Enumerable.Range(0, days).Select(first.AddDays)
        let weekday = PublicHolidays.Of(day, Departement) is null ? day.DayOfWeek : DayOfWeek.Sunday
        from h in hours
        where h.Days.Contains(weekday)
        select (LocalTime.At(day, h.From, Zone), LocalTime.At(h.To > h.From ? day : day.AddDays(1), h.To, Zone));
}
