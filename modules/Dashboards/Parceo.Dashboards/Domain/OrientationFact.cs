using Parceo.Platform;

namespace Parceo.Dashboards.Domain;

/// <summary>An orientation that all waves left without a place (I5), on the local day when that was plain. A later booking makes it good.</summary>
internal sealed class OrientationFact : Fact
{
    private OrientationFact() { }

    /// <summary>For an orientation that something was heard of.</summary>
    public OrientationFact(Guid orientationId) => OrientationId = orientationId;

    public Guid OrientationId { get; private set; }

    /// <summary>The last time that nobody could.</summary>
    public DateTimeOffset? UnfilledAt { get; private set; }

    /// <summary>The last booking, cancelled since or not.</summary>
    public DateTimeOffset? BookedAt { get; private set; }

    /// <summary>Wanted beyond 48 h (D25).</summary>
    public bool OutsideSnp { get; private set; }

    public void Unfilled(Guid organisation, string departement, string? commune, DateTimeOffset at, bool outsideSnp)
    {
        OrganisationId = organisation;
        Departement = departement;
        Commune = commune;
        OutsideSnp = outsideSnp;
        if (UnfilledAt is null || at > UnfilledAt)
            UnfilledAt = at;
        Settle();
    }

    /// <summary>It has a booking.</summary>
    public void Booked(Guid organisation, string departement, string? commune, DateTimeOffset at, bool outsideSnp)
    {
        OrganisationId = organisation;
        Departement = departement;
        Commune = commune;
        OutsideSnp = outsideSnp;
        if (BookedAt is null || at > BookedAt)
            BookedAt = at;
        Settle();
    }

    private void Settle()
    {
        Day = UnfilledAt is { } at ? LocalTime.DayOf(at, Zones.OfDepartement(Departement)) : null;
        Counts = UnfilledAt is not null && !(BookedAt > UnfilledAt) && !OutsideSnp;
        Version++;
    }
}
