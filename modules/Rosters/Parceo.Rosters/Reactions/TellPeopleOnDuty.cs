using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Events;

namespace Parceo.Rosters.Reactions;

/// <summary>Tells those concerned: a roster published, a duty changed, an exchange proposed or settled. No patient is involved.</summary>
internal sealed class TellPeopleOnDuty(SystemSender system)
    : IEffect<RosterPublished>,
        IEffect<DutyChanged>,
        IEffect<SwapProposed>,
        IEffect<SwapSettled>
{
    private const string Page = "/gardes/mes-gardes";

    public Task Handle(RosterPublished e, Guid eventId, CancellationToken ct) =>
        Tell(
            eventId,
            e.RosterId,
            e.People,
            [],
            $"Tableau de garde de {FrenchText.Month(e.Month)} publié, {Short(e.Sector)}. Voyez vos gardes.",
            null,
            ct
        );

    public Task Handle(DutyChanged e, Guid eventId, CancellationToken ct) =>
        Tell(
            eventId,
            e.DutyId,
            [.. new[] { e.Before, e.After }.OfType<RosterPerson>()],
            [],
            e.After is { } after
                ? $"Garde {When(e.Start, e.Zone)}, {Short(e.Sector)}\u00A0: {after.Name} l’assure désormais."
                : $"Garde {When(e.Start, e.Zone)}, {Short(e.Sector)}\u00A0: elle ne vous est plus confiée.",
            e.Start,
            ct
        );

    public Task Handle(SwapProposed e, Guid eventId, CancellationToken ct) =>
        Tell(
            eventId,
            e.SwapId,
            e.Asked,
            [],
            $"{e.From.Name} propose sa garde {When(e.Start, e.Zone)}, {Short(e.Sector)}{(e.ReturnStart is { } back ? $", contre celle {When(back, e.Zone)}" : "")}.",
            e.Start,
            ct
        );

    public async Task Handle(SwapSettled e, Guid eventId, CancellationToken ct)
    {
        await system.Send(new ClearNotices(e.SwapId), Reference(eventId), ct);
        var garde = $"{When(e.Start, e.Zone)}, {Short(e.Sector)}";
        var text = e.Answer switch
        {
            "accepted" => $"Échange accepté\u00A0: {e.To!.Name} assure la garde {garde}.",
            "declined" => $"{e.To!.Name} ne peut pas prendre votre garde {garde}.",
            "lapsed" => $"Votre proposition d’échange tombe\u00A0: la garde {garde}, a changé.",
            _ => null, // withdrawn: who proposed knows, and the others' notices are gone
        };
        // Under the duty's topic, not the proposal's: a repeated delivery clears that one again.
        if (text is not null)
            await Tell(
                eventId,
                e.DutyId,
                e.Answer == "accepted" ? [e.From, e.To!] : [e.From],
                e.Answer == "accepted" && e.PublishedBy is { } planner ? [planner] : [],
                text,
                null,
                ct
            );
    }

    private async Task Tell(
        Guid eventId,
        Guid topic,
        IReadOnlyList<RosterPerson> people,
        Guid[] accounts,
        string text,
        DateTimeOffset? until,
        CancellationToken ct
    )
    {
        if (people.Count + accounts.Length == 0)
            return;
        var to = new Recipients(
            [.. people.Where(p => p.IsAccount).Select(p => p.Id).Concat(accounts)],
            [.. people.Where(p => !p.IsAccount).Select(p => p.Id)],
            RostersPermissions.Take
        );
        await system.Send(
            new NotifyPeople(eventId, topic, to, NoticeSubjects.Roster, text.Length <= 160 ? text : text[..159] + "…", Page, Until: until),
            Reference(eventId),
            ct
        );
    }

    private static string When(DateTimeOffset at, string zone) => $"du {FrenchText.LongDay(at, zone)}, {FrenchText.Hour(at, zone)}";

    private static string Short(string sector) => sector.Length <= 40 ? sector : sector[..39] + "…";

    private static string Reference(Guid eventId) => $"rosters-{eventId:n}";
}
