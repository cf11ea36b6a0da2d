using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Data;
using Parceo.Rosters.Domain;
using Parceo.Rosters.Events;

namespace Parceo.Demo;

/// <summary>
/// Two sectors of CPTS du Val, its pharmacies and a line of SAS 57, published around today, with a gap next Saturday, a proposal to Dr Roche,
/// next month to prepare, and a duty house. Ids follow from sector and day: a second start adds only what time has brought.
/// </summary>
internal sealed class RostersDemo(RostersDb db, ISender sender, TimeProvider clock) : IDemoPart
{
    private const string Zone = "Europe/Paris";
    private const int Things = 50,
        Months = 51,
        Duties = 52,
        Swaps = 53;

    private static readonly DutyRule AllDay = new("Garde", DayKinds.Every, new(0, 0), new(0, 0));

    public async Task Seed(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = LocalTime.DayOf(now, Zone);
        var saturday = today.AddDays(((int)DayOfWeek.Saturday - (int)today.DayOfWeek + 7) % 7 is var n && n == 0 ? 7 : n);
        var others = await Doctors(ct);
        if (others.Count < 11)
            return;
        var cast = (
            await sender.Send(
                new GetPractitioners.Query([
                    .. new[] { DemoCast.Roche, DemoCast.Haddad, DemoCast.Weber, DemoCast.Petit, DemoCast.Viel, DemoCast.Zemmour }.Select(
                        c => c.DirectoryPersonId!.Value
                    ),
                ]),
                ct
            )
        ).ToDictionary(p => p.Id);
        Practitioner Of(CastMember who) => cast[who.DirectoryPersonId!.Value];

        var metz = await Sector(
            1,
            DemoCast.Val,
            SectorKind.Effection,
            "Metz",
            "0387000011",
            [("57463", "Metz"), ("57751", "Woippy"), ("57412", "Longeville-lès-Metz")],
            ct
        );
        var south = await Sector(
            2,
            DemoCast.Val,
            SectorKind.Effection,
            "Montigny et sud",
            "0387000012",
            [("57480", "Montigny-lès-Metz"), ("57447", "Marly"), ("57032", "Augny")],
            ct
        );
        var line = await Sector(3, DemoCast.Sas, SectorKind.RegulationLine, "Ligne 1, médecin régulateur", "0387000015", [], ct);
        var pharmacies = await Sector(
            4,
            DemoCast.Val,
            SectorKind.Pharmacy,
            "Pharmacies du Val",
            "0387000013",
            [("57463", "Metz"), ("57751", "Woippy"), ("57480", "Montigny-lès-Metz")],
            ct
        );
        // A week ahead is always published, also in the last days of a month.
        foreach (var month in new[] { today, today.AddDays(7) }.Select(d => new DateOnly(d.Year, d.Month, 1)).Distinct())
        {
            await Publish(
                1,
                metz,
                month,
                [Of(DemoCast.Roche), others[0], Of(DemoCast.Haddad), others[1], others[2], others[3]],
                saturday,
                DemoCast.Sellami.Id,
                ct
            );
            await Publish(
                2,
                south,
                month,
                [Of(DemoCast.Weber), others[4], Of(DemoCast.Petit), others[5], others[6], others[7]],
                null,
                DemoCast.Sellami.Id,
                ct
            );
            await Publish(4, pharmacies, month, [Of(DemoCast.Zemmour)], null, DemoCast.Sellami.Id, ct);
            await Publish(3, line, month, [Of(DemoCast.Viel), others[8], others[9], others[10]], null, DemoCast.Viel.Id, ct);
        }
        await House(ct);
        await db.SaveChangesAsync(ct);
        await Propose(metz, Of(DemoCast.Roche), now, today, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task<List<Practitioner>> Doctors(CancellationToken ct)
    {
        var found = await sender.Send(new FindPeople.Query(Skill: "MEDECINE_GENERALE", Place: "57463", RadiusKm: 20, Limit: 40), ct);
        var ids = found.People.Select(p => p.Id).Where(id => DemoCast.All.All(c => c.DirectoryPersonId != id)).Take(11).ToList();
        var people = await sender.Send(new GetPractitioners.Query(ids), ct);
        return [.. people.OrderBy(p => p.Id)];
    }

    private async Task<Sector> Sector(
        int number,
        DemoOrganisation organisation,
        SectorKind kind,
        string name,
        string phone,
        (string Code, string Name)[] communes,
        CancellationToken ct
    )
    {
        var id = DemoCast.IdOf(Things, number);
        if (await db.Sectors.SingleOrDefaultAsync(s => s.Id == id, ct) is { } known)
            return known;
        var sector = new Sector(id, organisation.Id, kind);
        sector.Change(
            name,
            "57",
            phone,
            kind switch
            {
                SectorKind.Effection => 3,
                SectorKind.RegulationLine => 5,
                _ => 14,
            },
            communes.Select(c => new SectorCommune(c.Code, c.Name)),
            kind == SectorKind.Pharmacy ? [AllDay] : DutyCalendar.Usual,
            closed: false
        );
        db.Sectors.Add(sector);
        return sector;
    }

    private async Task Publish(
        int number,
        Sector sector,
        DateOnly month,
        Practitioner[] doctors,
        DateOnly? gap,
        Guid by,
        CancellationToken ct
    )
    {
        var id = DemoCast.IdOf(Months, (number * 1_000_000) + (month.Year * 100) + month.Month);
        if (await db.Rosters.AnyAsync(r => r.SectorId == sector.Id && r.Month == month, ct))
            return;
        var roster = new Roster(id, sector, month);
        var at = LocalTime.StartOfDay(month, Zone).AddDays(-12);
        var turn = 0;
        roster.Fit([
            .. DutyCalendar
                .Of(month, sector.Rules, sector.Departement)
                .Select(p =>
                    (DemoCast.IdOf(Duties, (number * 100_000_000) + (p.Day.DayNumber * 10) + (LocalTime.In(p.Start, Zone).Hour / 8)), p)
                ),
        ]);
        foreach (var duty in roster.Duties.OrderBy(d => d.Start).ToList())
        {
            var doctor = doctors[turn++ % doctors.Length];
            if (duty.Day == gap && duty.Label == DutyCalendar.Usual[1].Label)
                continue;
            roster.Assign(
                duty.Id,
                new RosterPerson(doctor.Id, doctor.Name, IsAccount: false),
                doctor.Activities.Select(a => a.Phone).FirstOrDefault(p => p is not null),
                null,
                default,
                by,
                "",
                null,
                at
            );
        }
        roster.Publish(roster.Gaps, by, at);
        db.Rosters.Add(roster);
    }

    private async Task Propose(Sector sector, Practitioner to, DateTimeOffset now, DateOnly today, CancellationToken ct)
    {
        var (haddad, soon) = (DemoCast.Haddad.DirectoryPersonId!.Value, now.AddHours(20));
        var id = DemoCast.IdOf(Swaps, today.DayNumber / 7);
        if (
            await db.Swaps.AnyAsync(
                s =>
                    s.Id == id
                    || (s.State == SwapState.Proposed && s.FromId == haddad && db.Duties.Any(d => d.Id == s.DutyId && d.Start > now)),
                ct
            )
        )
            return;
        var duty = await db
            .Duties.Where(d => d.SectorId == sector.Id && d.HolderId == haddad && d.Start > soon)
            .OrderBy(d => d.Start)
            .FirstOrDefaultAsync(ct);
        if (duty is null)
            return;
        var swap = new Swap(
            id,
            duty,
            duty.HolderPhone,
            new RosterPerson(to.Id, to.Name, IsAccount: false),
            null,
            "Je suis en formation ce jour-là.",
            now
        );
        db.Swaps.Add(swap);
        db.Publish(
            new SwapProposed(id, duty.Id, duty.OrganisationId, sector.Name, duty.Start, sector.Zone, swap.From, [swap.To!], null),
            id
        );
    }

    private async Task House(CancellationToken ct)
    {
        var id = DemoCast.IdOf(Things, 9);
        if (await db.Houses.AnyAsync(h => h.Id == id, ct))
            return;
        var house = new DutyHouse(id, DemoCast.Val.Id);
        DayOfWeek[] weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];
        house.Change(
            "Maison médicale de garde de Metz",
            "1 rue de l’Essai",
            ("57463", "Metz", "57"),
            "0387000020",
            "Sur rendez-vous par le 15.",
            [
                new HouseHours(weekdays, new(20, 0), new(0, 0)),
                new HouseHours([DayOfWeek.Saturday], new(12, 0), new(0, 0)),
                new HouseHours([DayOfWeek.Sunday], new(8, 0), new(0, 0)),
            ],
            closed: false
        );
        db.Houses.Add(house);
    }
}
