using Parceo.Platform;

namespace Parceo.Regulation.Domain;

/// <summary>
/// What is secret of an orientation, sealed (S29), in a row of its own: seen by the regulators' organisation and, once
/// they have accepted or were booked, by the professional. An invited professional cannot reach it.
/// </summary>
internal sealed class PatientFile
{
    private PatientFile() { }

    /// <summary>Empty: identity is not needed to search (W1.1).</summary>
    public PatientFile(Guid orientationId, Guid organisationId) => (OrientationId, OrganisationId) = (orientationId, organisationId);

    /// <summary>The orientation, and this row's id.</summary>
    public Guid OrientationId { get; private set; }

    /// <summary>The tenant.</summary>
    public Guid OrganisationId { get; private set; }

    /// <summary>The professional who sees the patient, from the acceptance or booking on.</summary>
    public Guid? PractitionerId { get; private set; }

    /// <summary>Who the patient is, and who said so.</summary>
    public byte[]? Identity { get; private set; }

    /// <summary>Reason in words and the fields of the kind.</summary>
    public byte[]? Clinical { get; private set; }

    /// <summary>What the regulator before wrote for the next.</summary>
    public byte[]? Handover { get; private set; }

    /// <summary>Stale writers lose.</summary>
    public int Version { get; private set; }

    /// <summary>
    /// Opens it to whoever sees the patient; to nobody when null. Written even when nothing changes: somebody else may at
    /// this moment open it to whom the orientation named a moment ago, and must then look again.
    /// </summary>
    public void OpenTo(Guid? practitioner)
    {
        PractitionerId = practitioner;
        Version++;
    }

    /// <summary>Takes sealed contents; what is not given stays.</summary>
    public void Take(byte[]? identity = null, byte[]? clinical = null, byte[]? handover = null)
    {
        (Identity, Clinical, Handover) = (identity ?? Identity, clinical ?? Clinical, handover ?? Handover);
        Version++;
    }
}

/// <summary>What is said of the orientation, by kind of care; only what the kind asks for is filled in.</summary>
/// <param name="Text">Reason in words.</param>
/// <param name="FollowedBy">Psychiatry: who follows the patient already (CMP, psychiatrist).</param>
/// <param name="Accompanied">Psychiatry, geriatrics: somebody is with the patient.</param>
/// <param name="Lives">Geriatrics, death: <c>home</c>, <c>ehpad</c>, <c>other</c>.</param>
/// <param name="Gir">Geriatrics: group iso-resources 1 (dependent) to 6, when known.</param>
/// <param name="BedConfirmedBy">Direct admission: who confirmed the bed.</param>
/// <param name="FoundAt">Death: when the person was found, in words.</param>
/// <param name="NoObstacle">Death: the caller names nothing that speaks for a medico-legal obstacle.</param>
internal sealed record ClinicalDetails(
    string? Text,
    string? FollowedBy = null,
    bool? Accompanied = null,
    string? Lives = null,
    int? Gir = null,
    string? BedConfirmedBy = null,
    string? FoundAt = null,
    bool? NoObstacle = null
);
