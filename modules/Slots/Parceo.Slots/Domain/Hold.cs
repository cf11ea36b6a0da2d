namespace Parceo.Slots.Domain;

/// <summary>A place kept for a regulator while they speak with the patient; no patient data.</summary>
internal sealed class Hold
{
    private Hold() { }

    internal Hold(Guid id, Guid rangeId, int place, Guid regulatorId, Guid organisationId, DateTimeOffset until, Guid? orientationId)
    {
        Id = id;
        RangeId = rangeId;
        Place = place;
        RegulatorId = regulatorId;
        OrganisationId = organisationId;
        Until = until;
        OrientationId = orientationId;
    }

    public Guid Id { get; private set; }

    public Guid RangeId { get; private set; }

    /// <summary>1 to capacity.</summary>
    public int Place { get; private set; }

    public Guid RegulatorId { get; private set; }

    /// <summary>Their organisation.</summary>
    public Guid OrganisationId { get; private set; }

    /// <summary>Server time (S52).</summary>
    public DateTimeOffset Until { get; private set; }

    /// <summary>The orientation it is held for, which learns of it; null for none.</summary>
    public Guid? OrientationId { get; private set; }
}
