namespace Parceo.Messaging.Domain;

/// <summary>Somebody who can be written to, as members and recipients are shown.</summary>
/// <param name="PersonId">Account.</param>
/// <param name="Name">« Dr Amandine Roche ».</param>
/// <param name="Line">« Médecin, CPTS du Val ».</param>
/// <param name="OrganisationId">As whose member they take part: the conversation's organisation when they are in it.</param>
/// <param name="PractitionerId">In the directory, when they are a professional.</param>
/// <param name="Profession">Code of their profession there.</param>
internal sealed record Correspondent(
    Guid PersonId,
    string Name,
    string Line,
    Guid OrganisationId,
    Guid? PractitionerId = null,
    string? Profession = null
);
