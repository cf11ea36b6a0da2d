using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Sending;

namespace Parceo.Demo;

/// <summary>The organisations and the cast. They have no password: one click or a token lets you in, in demo mode only.</summary>
internal sealed class AccessDemo(AccessDb db, PermissionCatalog permissions, TimeProvider clock) : IDemoPart
{
    private const int MembershipFamily = 0x11;
    private const int DelegationFamily = 0x12;

    public async Task Seed(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var since = new DateTimeOffset(now.Year - 1, 9, 1, 0, 0, 0, TimeSpan.Zero);
        await Organisations(since, ct);
        await People(since, ct);
        // Dr Roche works in the health house too: the organisation switcher has something to switch to.
        await Member(DemoCast.Roche, DemoCast.Tilleuls, Roles.Professional, 900, since, ct);
        await DelegateOf(DemoCast.Bost, DemoCast.Roche, now, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task Organisations(DateTimeOffset since, CancellationToken ct)
    {
        foreach (var demo in DemoCast.Organisations)
        {
            var organisation = await db
                .Organisations.Include(o => o.Communes)
                .Include(o => o.Departements)
                .SingleOrDefaultAsync(o => o.Id == demo.Id, ct);
            if (organisation is null)
                db.Organisations.Add(
                    organisation = new Organisation(demo.Id, demo.Kind, demo.Name, demo.Parent is { } p ? DemoCast.IdOf(3, p) : null, since)
                );
            organisation.Cover(demo.Communes, demo.Departements);
        }
    }

    private async Task People(DateTimeOffset since, CancellationToken ct)
    {
        foreach (var cast in DemoCast.All)
        {
            var person = await db.People.FindAsync([cast.Id], ct);
            if (person is null)
                db.People.Add(person = new Person(cast.Id, cast.Email, cast.Name, cast.Title, since));
            person.Call(cast.Name, cast.Title);
            person.Is(cast.DirectoryPersonId);
            foreach (var (role, i) in cast.Roles.Select((r, i) => (r, i)))
                await Member(cast, cast.Organisation, role, (cast.Number * 10) + i, since, ct);
        }
    }

    private async Task Member(
        CastMember cast,
        DemoOrganisation organisation,
        string role,
        int number,
        DateTimeOffset since,
        CancellationToken ct
    )
    {
        var id = DemoCast.IdOf(MembershipFamily, number);
        if (await db.Memberships.FindAsync([id], ct) is null)
            db.Memberships.Add(new Membership(id, cast.Id, organisation.Id, role, since));
    }

    private async Task DelegateOf(CastMember secretary, CastMember professional, DateTimeOffset now, CancellationToken ct)
    {
        var actions = permissions.Delegable.Where(a => !a.Personal).Select(a => a.Permission).ToList();
        var of = professional.DirectoryPersonId!.Value;
        // One a half-year, since a delegation lasts at most twelve months, where none lasts any more; one that was revoked stays so for that half-year.
        var id = DemoCast.IdOf(DelegationFamily, (now.Year * 2) + (now.Month > 6 ? 1 : 0));
        if (
            await db.Delegations.FirstOrDefaultAsync(d => d.DelegateId == secretary.Id && d.PractitionerId == of && d.Until > now, ct) is
            { } live
        )
            live.Allow(actions);
        else if (await db.Delegations.FindAsync([id], ct) is null)
            db.Delegations.Add(new Delegation(id, secretary.Id, of, professional.Organisation.Id, actions, now, now.AddMonths(11)));
    }
}
