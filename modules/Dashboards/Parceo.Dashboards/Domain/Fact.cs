namespace Parceo.Dashboards.Domain;

/// <summary>
/// Something that counts, kept from what other modules told: who regulates it, where, on which local day. No patient, no
/// text. Rows are made by whichever event comes first and are as true as what was heard so far.
/// </summary>
internal abstract class Fact
{
    /// <summary>The regulators' organisation; empty for offers, which nobody regulates.</summary>
    public Guid OrganisationId { get; protected set; }

    /// <summary>Code of the département.</summary>
    public string Departement { get; protected set; } = "";

    /// <summary>INSEE code of the commune, when known: where the patient called from, else where they are seen.</summary>
    public string? Commune { get; protected set; }

    /// <summary>The local day it counts for; null until it is known.</summary>
    public DateOnly? Day { get; protected set; }

    /// <summary>Whether it is counted: not cancelled, not outside unscheduled care (D25)…</summary>
    public bool Counts { get; protected set; }

    /// <summary>Two reactions at once: one looks again.</summary>
    public int Version { get; protected set; }
}
