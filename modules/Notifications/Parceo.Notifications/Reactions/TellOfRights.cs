using Parceo.Access.Contracts;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Platform.Sending;

namespace Parceo.Notifications.Reactions;

/// <summary>
/// Whoever sees an organisation's people is told when somebody gave themselves a role, because nobody else could, and when one
/// that reaches patients' data was given, to a person or a program: of those one line, however many come, since it leads to the
/// list of them. Whoever may confirm a role is told that one waits, in one line, for as long as one does.
/// </summary>
internal sealed class TellOfRights(SystemSender system)
    : IEffect<CoordinationTaken>,
        IEffect<CareRoleGiven>,
        IEffect<RoleProposed>,
        IEffect<RoleSettled>,
        IEffect<AdministratorEnded>,
        IEffect<ProgramRegistered>
{
    public Task Handle(CoordinationTaken e, Guid eventId, CancellationToken ct) =>
        Tell(
            e.OrganisationId,
            w => new NotifyPeople(
                eventId,
                e.PersonId,
                w,
                NoticeSubjects.Rights,
                "La seule personne qui administre l’organisation a pris le rôle de coordination.",
                $"/administration/personnes/{e.PersonId}"
            ),
            eventId,
            null,
            ct
        );

    public Task Handle(CareRoleGiven e, Guid eventId, CancellationToken ct) =>
        Tell(
            e.OrganisationId,
            w => new NotifyPeople(
                eventId,
                e.OrganisationId,
                w,
                NoticeSubjects.Rights,
                "Un rôle qui donne accès à des données de soins vient d’être donné : vérifiez qu’il est attendu.",
                $"/administration/personnes/{e.PersonId}",
                Replaces: true
            ),
            eventId,
            e.PersonId,
            ct
        );

    public Task Handle(ProgramRegistered e, Guid eventId, CancellationToken ct) =>
        Tell(
            e.OrganisationId,
            w => new NotifyPeople(
                eventId,
                e.ClientId,
                w,
                NoticeSubjects.Rights,
                "Un programme vient de recevoir un rôle qui donne accès à des données de soins : vérifiez qu’il est attendu.",
                "/administration/integrations"
            ),
            eventId,
            e.ByPersonId,
            ct
        );

    public Task Handle(AdministratorEnded e, Guid eventId, CancellationToken ct) =>
        Tell(
            e.OrganisationId,
            w => new NotifyPeople(
                eventId,
                e.PersonId,
                w,
                NoticeSubjects.Rights,
                "Le rôle d’un administrateur de l’organisation vient d’être terminé par un autre.",
                $"/administration/personnes/{e.PersonId}"
            ),
            eventId,
            null,
            ct,
            also: e.PersonId
        );

    public async Task Handle(RoleProposed e, Guid eventId, CancellationToken ct)
    {
        if (!(await Proposers(e.OrganisationId, eventId, ct)).Contains(e.ProposedById))
            return; // settled meanwhile
        await Tell(
            e.OrganisationId,
            w => new NotifyPeople(
                eventId,
                Waiting(e.OrganisationId),
                w,
                NoticeSubjects.Rights,
                "Un rôle attend la confirmation d’un second administrateur.",
                "/administration/roles",
                Replaces: true
            ),
            eventId,
            e.ProposedById,
            ct,
            AccessPermissions.ManagePeople
        );
    }

    public async Task Handle(RoleSettled e, Guid eventId, CancellationToken ct)
    {
        // What only one of them proposed waits for the others, not for them.
        if (await Proposers(e.OrganisationId, eventId, ct) is { Count: < 2 } left)
            await system.Send(
                new ClearNotices(Waiting(e.OrganisationId), NoticeSubjects.Rights, left is [var only] ? only : null),
                $"rights-{eventId:n}",
                ct
            );
    }

    /// <summary>What notices of roles that wait in an organisation are about; the organisation itself is what those of roles given are about.</summary>
    internal static Guid Waiting(Guid organisation)
    {
        var bytes = organisation.ToByteArray(bigEndian: true);
        bytes[^1] ^= 1;
        return new Guid(bytes, bigEndian: true);
    }

    private Task<IReadOnlyList<Guid>> Proposers(Guid organisation, Guid eventId, CancellationToken ct) =>
        system.Send(new FindProposers(organisation), $"rights-{eventId:n}", ct);

    private async Task Tell(
        Guid organisation,
        Func<Recipients, NotifyPeople> notice,
        Guid eventId,
        Guid? but,
        CancellationToken ct,
        string permission = AccessPermissions.SeePeople,
        Guid? also = null
    )
    {
        var reference = $"rights-{eventId:n}";
        var watching = await system.Send(new FindColleagues(permission, OrganisationId: organisation, Limit: 500), reference, ct);
        Guid[] people = [.. watching.Select(w => w.PersonId).Append(also ?? Guid.Empty).Where(p => p != but && p != Guid.Empty).Distinct()];
        if (people.Length > 0)
            await system.Send(notice(Recipients.Of(people)), reference, ct);
    }
}
