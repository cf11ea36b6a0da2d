using Parceo.Platform;

namespace Parceo.Dashboards.Domain;

/// <summary>What an organisation aims at for an indicator, from a day on (D50): a change is a new row.</summary>
internal sealed class Target : IOwned
{
    private Target() { }

    /// <summary>Sets one.</summary>
    /// <param name="value">In the indicator's unit: patients a month, minutes, share, hours.</param>
    /// <param name="reference">Where one comes from, in the same unit.</param>
    /// <param name="referenceOn">Month of the reference.</param>
    public Target(
        Guid id,
        Guid organisationId,
        Indicator indicator,
        double value,
        double? reference,
        DateOnly? referenceOn,
        DateOnly from,
        string? source,
        Guid author,
        string? authorName,
        DateTimeOffset setAt
    )
    {
        Id = id;
        OrganisationId = organisationId;
        Indicator = indicator;
        Value = value;
        Reference = reference;
        ReferenceOn = referenceOn;
        From = from;
        Source = source;
        AuthorId = author;
        AuthorName = authorName;
        SetAt = setAt;
    }

    public Guid Id { get; private set; }

    public Guid OrganisationId { get; private set; }

    /// <summary>Of what.</summary>
    public Indicator Indicator { get; private set; }

    /// <summary>To reach.</summary>
    public double Value { get; private set; }

    /// <summary>Where one comes from.</summary>
    public double? Reference { get; private set; }

    /// <summary>Month of the reference.</summary>
    public DateOnly? ReferenceOn { get; private set; }

    /// <summary>Holds from that day until the next row.</summary>
    public DateOnly From { get; private set; }

    /// <summary>Who decided it, where, in words.</summary>
    public string? Source { get; private set; }

    /// <summary>Who entered it.</summary>
    public Guid AuthorId { get; private set; }

    /// <summary>Copied.</summary>
    public string? AuthorName { get; private set; }

    public DateTimeOffset SetAt { get; private set; }
}
