using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Directory.Contracts;
using Parceo.Patients.Contracts;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Services;
using Parceo.Slots.Contracts;

namespace Parceo.Demo;

/// <summary>
/// Orientations of the past week, one that waits, and one whose first wave is running while one looks around. Ids follow
/// from the day: a second start adds only what time has brought.
/// </summary>
internal sealed class RegulationDemo(RegulationDb db, FileSeal seal, ISender sender, TimeProvider clock) : IDemoPart
{
    private const int Family = 40;
    private const string Zone = "Europe/Paris";
    private static readonly TimeSpan FirstWave = TimeSpan.FromMinutes(30);

    private static readonly (
        ReasonClass Reason,
        int Age,
        Sex Sex,
        string Insee,
        string Place,
        double Latitude,
        double Longitude,
        string Text
    )[] Callers =
    [
        (
            ReasonClass.Musculoskeletal,
            34,
            Sex.Male,
            "57463",
            "Metz (57000)",
            49.1081,
            6.1960,
            "Lombalgie depuis ce matin, sans signe de gravité."
        ),
        (
            ReasonClass.Ent,
            16,
            Sex.Female,
            "57480",
            "Montigny-lès-Metz (57950)",
            49.0963,
            6.1517,
            "Mal de gorge et fièvre depuis deux jours."
        ),
        (ReasonClass.Wound, 52, Sex.Female, "57751", "Woippy (57140)", 49.1505, 6.1500, "Plaie de la main, à suturer."),
        (ReasonClass.Urinary, 29, Sex.Female, "57447", "Marly (57155)", 49.0610, 6.1490, "Brûlures, pas de fièvre."),
        (ReasonClass.Skin, 4, Sex.Male, "57463", "Metz (57000)", 49.1081, 6.1960, "Éruption depuis hier, joue bien."),
        (ReasonClass.LossOfAutonomy, 83, Sex.Female, "57463", "Metz (57000)", 49.1081, 6.1960, "Chute sans gravité, vit seule."),
    ];

    private IReadOnlyList<(Guid InvitationId, EffectorToAsk Who)> cast = [];

    public async Task Seed(CancellationToken ct)
    {
        var (now, doctors) = (clock.GetUtcNow(), new[] { DemoCast.Haddad, DemoCast.Roche, DemoCast.Weber });
        var today = LocalTime.DayOf(now, Zone);
        var people = await sender.Send(new GetPractitioners.Query([.. doctors.Select(d => d.DirectoryPersonId!.Value)]), ct);
        cast =
        [
            .. from p in people
            from a in p.Activities.Take(1)
            select (
                Guid.Empty,
                new EffectorToAsk(p.Id, a.Id, p.Name, a.Structure ?? "", a.CommuneName ?? "", "57", Zone, a.Phone, 3, true, 0, false, null)
            ),
        ];
        if (cast.Count == 0)
            return;
        foreach (var daysAgo in Enumerable.Range(1, 6))
        {
            foreach (var n in Enumerable.Range(0, 2))
                await Past(today.AddDays(-daysAgo), n, ct);
        }
        await Running(today, now, ct);
        await Resources(now, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task Resources(DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Pools.AnyAsync(p => p.OrganisationId == DemoCast.Sas.Id, ct))
            return;
        var week = Enum.GetValues<DayOfWeek>();
        Add(CareKind.SosMedecins, "SOS Médecins Metz", "MEDECINE_GENERALE", "03\u00A087\u00A098\u00A000\u00A024", []);
        Add(
            CareKind.Psychiatry,
            "Psychiatres du CH du Val et de ville",
            "SM42",
            "03\u00A087\u00A098\u00A000\u00A042",
            week.Where(d => d is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Select(d => new OpeningHours(d, new(9, 0), new(19, 0)))
        );

        void Add(CareKind kind, string name, string skill, string phone, IEnumerable<OpeningHours> hours)
        {
            var pool = new CarePool(DemoCast.IdOf(Family, 1 + (int)kind), DemoCast.Sas.Id, kind);
            pool.Change(name, skill, phone, [], hours, DemoCast.Viel.Id, now);
            db.Pools.Add(pool);
        }
    }

    private async Task Past(DateOnly day, int n, CancellationToken ct)
    {
        var opened = LocalTime.At(day, new(9 + (n * 7), 20), Zone);
        if (await Open(day, n, (day.DayNumber * 2) + n, opened, ct) is not { } o)
            return;
        var (doctor, booking) = (cast[day.DayNumber % cast.Count].Who.PractitionerId, Id(day, 50 + n));
        switch ((day.DayNumber + n) % 4)
        {
            case 0: // nobody could
                Ask(o, day, n, opened.AddMinutes(2), TimeSpan.FromMinutes(5));
                o.EndWave(opened.AddMinutes(32));
                o.GiveUp(opened.AddMinutes(32));
                o.Escalate(EscalatedTo.DutyHouse, DemoCast.Prat.Id, DemoCast.Prat.Name, opened.AddMinutes(35));
                break;
            case 1: // accepted in a wave
                Ask(o, day, n, opened.AddMinutes(2), TimeSpan.FromMinutes(5));
                var winner = o.Accept(o.Invitations[0].Id, opened.AddHours(2), DemoCast.Haddad.Id, opened.AddMinutes(4));
                o.SettleOthers(opened.AddMinutes(4));
                Seen(o, booking, winner.PractitionerId, opened.AddMinutes(4), opened.AddHours(2), came: true);
                break;
            default: // a free slot was found
                Seen(o, booking, doctor, opened.AddMinutes(6), opened.AddHours(3), came: n == 0 || day.DayNumber % 5 != 0);
                break;
        }
        Keep(o);
    }

    private async Task Running(DateOnly today, DateTimeOffset now, CancellationToken ct)
    {
        if (await Open(today, 10, 1, now.AddMinutes(-3), ct) is { } asked)
        {
            Ask(asked, today, 10, now, FirstWave);
            Keep(asked);
        }
        if (await Open(today, 11, 5, now.AddMinutes(-8), ct) is { } waiting)
        {
            waiting.Release();
            Keep(waiting);
        }
    }

    private void Ask(Orientation o, DateOnly day, int n, DateTimeOffset at, TimeSpan lasts)
    {
        o.StartSolicitation(null, 10, DemoCast.Prat.Id, DemoCast.Prat.Name, at);
        o.BeginWave(1, [.. cast.Select((c, i) => (Id(day, 100 + (n * 10) + i), c.Who))], lasts, at);
    }

    private static void Seen(Orientation o, Guid booking, Guid doctor, DateTimeOffset booked, DateTimeOffset start, bool came)
    {
        o.NoteBooked(booking, doctor, start, booked);
        o.NoteOutcome(booking, came, start.AddMinutes(20));
    }

    /// <summary>Null when it stands there already.</summary>
    private async Task<Orientation?> Open(DateOnly day, int n, int caller, DateTimeOffset at, CancellationToken ct)
    {
        var id = Id(day, n);
        if (await db.Orientations.AnyAsync(o => o.Id == id, ct))
            return null;
        var c = Callers[caller % Callers.Length];
        var (mt, reason) = caller % 3 == 0 ? (DemoCast.Petit, (MtReason?)MtReason.Unavailable48h) : (null, MtReason.None);
        var o = new Orientation(
            id,
            DemoCast.Sas.Id,
            ["57"],
            [],
            new(
                $"57-{day.Year}-{118100 + (day.DayNumber % 400 * 20) + n}",
                c.Age,
                c.Sex,
                CareKind.GeneralMedicine,
                c.Reason,
                CarePool.UsualSkill(CareKind.GeneralMedicine),
                null,
                WantedWithin.H4,
                new(c.Place, c.Latitude, c.Longitude, false, c.Insee, c.Place, "57"),
                new(mt?.DirectoryPersonId, mt?.FullName, reason, false)
            ),
            DemoCast.Prat.Id,
            DemoCast.Prat.Name,
            at
        );
        o.Claim(DemoCast.Prat.Id, DemoCast.Prat.Name, TimeSpan.FromMinutes(1), at);
        var file = new PatientFile(id, DemoCast.Sas.Id);
        seal.Write(
            file,
            n == 11
                ? null
                : PatientSheet.Empty.Say(
                    new($"{(c.Sex == Sex.Female ? "Mme" : "M.")} Essai {caller % 90}", null),
                    null,
                    DemoCast.Prat.Name,
                    at
                ),
            new ClinicalDetails(c.Text)
        );
        db.Files.Add(file);
        return o;
    }

    private void Keep(Orientation o)
    {
        db.Orientations.Add(o);
        db.Files.Local.Single(f => f.OrientationId == o.Id).OpenTo(o.PractitionerId);
        foreach (var e in o.TakeHappened())
            db.Publish(e, o.Id);
    }

    private static Guid Id(DateOnly day, int n) => DemoCast.IdOf(Family, (day.DayNumber * 1000) + n);
}
