using Parceo.Access.Contracts;
using Parceo.Directory.Contracts;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Rosters.Contracts;

namespace Parceo.Messaging.Services;

/// <summary>A role that can be written to; who that is, is found when it is written to.</summary>
/// <param name="Key">To write to it: <c>org:60</c>, <c>place:60:57463</c>, <c>duty:{sector}</c>.</param>
/// <param name="Title">« Infirmiers, Metz », « De garde, Metz »: the conversation's title.</param>
/// <param name="Line">How many people it would reach now.</param>
internal sealed record RoleChoice(string Key, string Title, string Line);

/// <summary>Turns roles into people: a profession in one's organisation or around a commune, or who is on duty now. At most fifteen, nearest first.</summary>
internal sealed class RoleRecipients(ISender sender, ICurrentUser user)
{
    private const int Most = 15,
        Pages = 5;

    /// <summary>Roles that a text names, those that reach somebody.</summary>
    public async Task<IReadOnlyList<RoleChoice>> Named(string text, CancellationToken ct)
    {
        if (RoleWords.Read(text) is not { } asked)
            return [];
        List<RoleChoice> found = [];
        foreach (var key in await Keys(asked, ct))
            if (await Find(key, ct) is { People.Count: > 0 } role)
                found.Add(new RoleChoice(key, role.Title, role.People.Count == 1 ? role.People[0].Name : $"{role.People.Count} personnes"));
        return found;
    }

    /// <summary>Who it is now, oneself left out; null for a key that means nothing.</summary>
    public async Task<(string Title, IReadOnlyList<Correspondent> People)?> Find(string key, CancellationToken ct) =>
        key.Split(':') switch
        {
            ["org", var code] when RoleWords.Of(code) is { } role => await InOrganisation(role, ct),
            ["place", var code, var commune] when RoleWords.Of(code) is { } role => await Around(role, commune, ct),
            ["duty", var sector] when Guid.TryParseExact(sector, "n", out var id) => await OnDuty(id, ct),
            _ => null,
        };

    private async Task<IReadOnlyList<string>> Keys(RoleWords.Asked asked, CancellationToken ct)
    {
        // Rosters cover doctors and pharmacies: nobody else is said to be on duty.
        if (asked.Duty)
        {
            SectorKind? kind = asked.Role?.Code switch
            {
                null or "10" => SectorKind.Effection,
                "21" => SectorKind.Pharmacy,
                _ => null,
            };
            return
            [
                .. (await Holders(ct))
                    .Where(d => d.Kind == kind && TextRules.Fold(d.Sector).Contains(asked.Place, StringComparison.Ordinal))
                    .Select(d => $"duty:{d.SectorId:n}")
                    .Distinct()
                    .Take(5),
            ];
        }
        var own = TextRules.Fold(await OwnName(ct)).Split([' ', '-', '\'', '’'], StringSplitOptions.RemoveEmptyEntries);
        if (asked.Place.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(w => own.Contains(w)))
            return [$"org:{asked.Role!.Code}"];
        return (await sender.Send(new ResolveLocation.Query(asked.Place), ct))?.Commune is { } commune
            ? [$"place:{asked.Role!.Code}:{commune}"]
            : [];
    }

    private async Task<(string, IReadOnlyList<Correspondent>)> InOrganisation(WrittenRole role, CancellationToken ct) =>
        (
            $"{role.Plural}, {await OwnName(ct)}",
            [
                .. (await sender.Send(new DescribePeople.Query(user.OrganisationId, MembersOnly: true), ct))
                    .Where(p => p.PersonId != user.Id && p.Profession == role.Code)
                    .Take(Most),
            ]
        );

    private async Task<(string, IReadOnlyList<Correspondent>)?> Around(WrittenRole role, string commune, CancellationToken ct)
    {
        if (await sender.Send(new ResolveLocation.Query(commune), ct) is not { Commune: not null } place)
            return null;
        List<Correspondent> found = [];
        string? next = null;
        for (var page = 0; page < Pages && found.Count < Most && (page == 0 || next is not null); page++)
        {
            var some = await sender.Send(new FindPeople.Query(Profession: role.Code, Place: commune, Limit: 100, Next: next), ct);
            next = some.Next;
            var order = some.People.Select((p, i) => (p.Id, i)).ToDictionary(p => p.Id, p => p.i);
            found.AddRange(
                (await sender.Send(new DescribePeople.Query(user.OrganisationId, PractitionerIds: [.. order.Keys]), ct))
                    .Where(p => p.PersonId != user.Id)
                    .OrderBy(p => order.GetValueOrDefault(p.PractitionerId ?? Guid.Empty))
            );
        }
        return ($"{role.Plural}, {place.Label.Split(" (")[0]}", [.. found.Take(Most)]);
    }

    private async Task<(string, IReadOnlyList<Correspondent>)?> OnDuty(Guid sector, CancellationToken ct)
    {
        var holders = (await Holders(ct)).Where(d => d.SectorId == sector).ToList();
        if (holders.Count == 0)
            return null;
        var accounts = holders.Where(h => h.Who.IsAccount).Select(h => h.Who.Id).ToList();
        var professionals = holders.Where(h => !h.Who.IsAccount).Select(h => h.Who.Id).ToList();
        List<Correspondent> found =
        [
            .. accounts.Count == 0 ? [] : await sender.Send(new DescribePeople.Query(user.OrganisationId, PersonIds: accounts), ct),
            .. professionals.Count == 0
                ? []
                : await sender.Send(new DescribePeople.Query(user.OrganisationId, PractitionerIds: professionals), ct),
        ];
        return ($"De garde, {holders[0].Sector}", [.. found.Where(p => p.PersonId != user.Id).DistinctBy(p => p.PersonId).Take(Most)]);
    }

    private async Task<IReadOnlyList<DutyHolder>> Holders(CancellationToken ct) =>
        user.Can(RostersPermissions.Read)
            ? [.. (await sender.Send(new ListDutyHolders.Query(), ct)).Where(d => d.Kind != SectorKind.RegulationLine)]
            : []; // a line of regulation is not written to (S22)

    private async Task<string> OwnName(CancellationToken ct) =>
        (await sender.Send(new NameOrganisations([user.OrganisationId]), ct)).Select(o => o.Name).FirstOrDefault() ?? "";
}
