using Parceo.Access.Contracts;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Rosters.Contracts;

namespace Parceo.Rosters.Services;

/// <summary>Who takes duties: professionals by directory id; an OSNP, whom no directory knows, by account.</summary>
internal sealed class Persons(ISender sender, ICurrentUser user)
{
    /// <summary>The ids under which the caller may be on duty.</summary>
    public IReadOnlyList<Guid> Mine { get; } = user.Rights.OwnPractitionerId is { } own ? [own, user.Id] : [user.Id];

    /// <summary>The caller, with their public telephone.</summary>
    public async Task<(RosterPerson Who, string? Phone)> Self(CancellationToken ct) =>
        user.Rights.OwnPractitionerId is { } own && await Of(own, ct) is { } known
            ? known
            : (new RosterPerson(user.Id, await Name(ct), IsAccount: true), null);

    /// <summary>A professional of the directory; null when unknown or withdrawn.</summary>
    public async Task<(RosterPerson Who, string? Phone)?> Of(Guid practitionerId, CancellationToken ct) =>
        await sender.Send(new GetPractitioners.Query([practitionerId]), ct) is [var p]
            ? (new RosterPerson(p.Id, p.Name, IsAccount: false), p.Activities.Select(a => a.Phone).FirstOrDefault(t => t is not null))
            : null;

    /// <summary>The caller's name.</summary>
    public async Task<string> Name(CancellationToken ct) => (await sender.Send(new GetMe(), ct))?.Name ?? "Parceo";
}
