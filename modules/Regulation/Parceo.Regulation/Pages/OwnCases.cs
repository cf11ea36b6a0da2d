using MediatR;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Features;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Pages;

/// <summary>What a number stands for already, told where it is about to be used once more.</summary>
internal sealed class OwnCases(ISender sender, ICurrentUser user) : CaseSource
{
    private const int Most = 20;

    public override async Task<IReadOnlyList<KnownCase>> Find(string number, DateTimeOffset since, CancellationToken ct)
    {
        if (!user.Can(RegulationPermissions.Orient) || number.Length < 2)
            return [];
        try
        {
            return
            [
                .. (await sender.Send(new FindCases.Query(number, Most), ct))
                    .Where(o => o.CaseReference == number && (o.ClosedAt is null || o.OpenedAt >= since))
                    .Select(o => new KnownCase(
                        $"{French.Who(o.Sex, o.Age)}, dossier ouvert le {FrenchText.Moment(o.OpenedAt, user.Rights.Zone)} : {French.Of(o.Reason).ToLower(FrenchText.Culture)}, {French.Of(o.State).ToLower(FrenchText.Culture)}",
                        $"/soins-non-programmes/orientations/{o.Id}",
                        o.Id
                    )),
            ];
        }
        catch (BusyException)
        {
            return []; // who searched too much may book all the same
        }
    }
}
