using Parceo.Access.Contracts;
using Parceo.Directory.Contracts;
using Parceo.Messaging.Contracts;
using Parceo.Platform;

namespace Parceo.Messaging.Services;

/// <summary>Somebody who can be written to, as members and recipients are shown.</summary>
/// <param name="PersonId">Account.</param>
/// <param name="Name">« Dr Amandine Roche ».</param>
/// <param name="Line">« Médecin, CPTS du Val ».</param>
/// <param name="OrganisationId">As whose member they take part: the conversation's organisation when they are in it.</param>
/// <param name="PractitionerId">In the directory, when they are a professional.</param>
/// <param name="Profession">Label of their profession there.</param>
internal sealed record Someone(
    Guid PersonId,
    string Name,
    string Line,
    Guid OrganisationId,
    Guid? PractitionerId = null,
    string? Profession = null
);

/// <summary>Names accounts for conversations: who may be written to, what they are, where they work.</summary>
internal sealed class People(ISender sender)
{
    /// <summary>By account. Those who cannot be written to are left out.</summary>
    public Task<IReadOnlyList<Someone>> Of(IReadOnlyList<Guid> ids, Guid organisation, CancellationToken ct) =>
        Describe(new FindColleagues(MessagingPermissions.Use, PersonIds: ids, Limit: Math.Clamp(ids.Count, 1, 500)), organisation, ct);

    /// <summary>By the professional that they are.</summary>
    public Task<IReadOnlyList<Someone>> OfPractitioners(IReadOnlyList<Guid> ids, Guid organisation, CancellationToken ct) =>
        Describe(
            new FindColleagues(MessagingPermissions.Use, PractitionerIds: ids, Limit: Math.Clamp(ids.Count, 1, 500)),
            organisation,
            ct
        );

    /// <summary>By name.</summary>
    public Task<IReadOnlyList<Someone>> Named(string text, int limit, Guid organisation, CancellationToken ct) =>
        Describe(new FindColleagues(MessagingPermissions.Use, Text: text, Limit: limit), organisation, ct);

    /// <summary>Everyone of an organisation who may write, at most 500.</summary>
    public Task<IReadOnlyList<Someone>> In(Guid organisation, CancellationToken ct) =>
        Describe(new FindColleagues(MessagingPermissions.Use, OrganisationId: organisation, Limit: 500), organisation, ct);

    private async Task<IReadOnlyList<Someone>> Describe(FindColleagues question, Guid organisation, CancellationToken ct)
    {
        var colleagues = await sender.Send(question, ct);
        var professionals = new Dictionary<Guid, Practitioner>();
        foreach (var ids in colleagues.Select(c => c.PractitionerId).OfType<Guid>().Distinct().Chunk(100))
        foreach (var found in await sender.Send(new GetPractitioners.Query(ids), ct))
            professionals[found.Id] = found;
        return
        [
            .. colleagues.Select(c => new Someone(
                c.PersonId,
                c.Name,
                Line(c, professionals),
                c.OrganisationIds.Contains(organisation) ? organisation : c.OrganisationId,
                c.PractitionerId,
                c.PractitionerId is { } id ? professionals.GetValueOrDefault(id)?.Profession : null
            )),
        ];
    }

    private static string Line(Colleague c, Dictionary<Guid, Practitioner> professionals) =>
        c.PractitionerId is { } id && professionals.TryGetValue(id, out var known)
            ? $"{known.Skill ?? known.Profession}, {c.Organisation}"
            : c.Organisation;
}
