using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Platform.Geo;
using Parceo.Regulation.Features;
using Parceo.Slots.Features;
using Parceo.Testing;

namespace Parceo.Simulation.Tests;

/// <summary>A professional of the simulated territory, with an account of their own.</summary>
internal sealed record Effector(int Number, Guid Practitioner, Guid Activity, double Latitude, double Longitude, TestUser User)
{
    public override string ToString() => $"E{Number}";
}

/// <summary>A territory: 200 effectors around a town, two desks of its SAS and one of a single-number desk.</summary>
internal sealed record Land(
    string Departement,
    double Latitude,
    double Longitude,
    IReadOnlyList<Effector> Effectors,
    IReadOnlyList<TestUser> Desks,
    TestUser Referent
)
{
    public const int EffectorCount = 200;
    public const string Group = "MEDECINE_GENERALE";
    private const double WithinKm = 30;

    /// <summary>Moselle (with its own holidays), Meurthe-et-Moselle, La Réunion (without summer time).</summary>
    public static IReadOnlyList<Land> All { get; } =
    [Make("57", 49.10814, 6.19595), Make("54", 48.6921, 6.1844), Make("974", -20.9300, 55.5000)];

    public static Land Of(string departement) => All.Single(l => l.Departement == departement);

    private readonly Dictionary<Guid, Effector> byPractitioner = Effectors.ToDictionary(e => e.Practitioner);

    public Effector Of(Guid practitioner) => byPractitioner[practitioner];

    private static Land Make(string departement, double latitude, double longitude)
    {
        var random = new Random(int.Parse(departement, null));
        var (sas, desk, town) = (Id(departement, 1, 1), Id(departement, 1, 2), Id(departement, 1, 3));
        var effectors = Enumerable
            .Range(0, EffectorCount)
            .Select(n =>
            {
                // Evenly over the disc.
                var (km, angle) = (WithinKm * Math.Sqrt(random.NextDouble()), random.NextDouble() * Math.Tau);
                var (lat, lon) = (
                    latitude + (km * Math.Sin(angle) / GeoPoint.KmPerLatitude),
                    longitude + (km * Math.Cos(angle) / (GeoPoint.KmPerLatitude * Math.Cos(latitude * Math.PI / 180)))
                );
                var practitioner = Id(departement, 2, n);
                return new Effector(
                    n,
                    practitioner,
                    Id(departement, 3, n),
                    lat,
                    lon,
                    new(Id(departement, 4, n), town, Roles.Effector, Roles.Professional) { PractitionerIds = [practitioner] }
                );
            })
            .ToList();
        TestUser Desk(int n, Guid organisation) =>
            new(Id(departement, 5, n), organisation, Roles.Regulator) { Departements = [departement] };
        return new(
            departement,
            latitude,
            longitude,
            effectors,
            [Desk(1, sas), Desk(2, sas), Desk(3, desk)],
            new(Id(departement, 6, 1), sas, Roles.SasReferent) { Departements = [departement] }
        );
    }

    private static Guid Id(string departement, int kind, int number) =>
        new($"{departement.PadLeft(8, '0')}-0000-7000-8000-{kind:D4}{number:D8}");

    /// <summary>Writes directory and accounts as an import and the administrators would; the calendars come of the effectors' own first act.</summary>
    public async Task Settle(SimHost host)
    {
        var since = host.Now.AddYears(-1);
        await host.With<AccessDb>(async db =>
        {
            foreach (var organisation in Desks.Select(d => d.OrganisationId).Append(Effectors[0].User.OrganisationId).Distinct())
            {
                var row = new Organisation(organisation, OrganisationKind.AccessService, $"Organisation {organisation:n}", null, since);
                row.Cover([], [Departement]);
                db.Add(row);
            }
            foreach (
                var (user, practitioner) in Effectors
                    .Select(e => (e.User, (Guid?)e.Practitioner))
                    .Concat(Desks.Append(Referent).Select(d => (d, (Guid?)null)))
            )
            {
                var person = new Access.Data.Person(user.Id, $"{user.Id:n}@simulation.invalid", $"Personne {user.Id:n}", null, since);
                person.Is(practitioner);
                db.Add(person);
                foreach (var role in user.Roles)
                    db.Add(new Membership(host.Ids.New(), user.Id, user.OrganisationId, role, since));
            }
            await db.SaveChangesAsync();
        });
        await host.With<DirectoryDb>(async db =>
        {
            foreach (var e in Effectors)
            {
                var key = $"ESSAI {e.Number:D3}";
                var cell = GeoCell.Of(new(e.Latitude, e.Longitude));
                db.Add(
                    new Directory.Domain.Person
                    {
                        Id = e.Practitioner,
                        NationalId = $"8{Departement}{e.Number:D8}",
                        FamilyName = $"ESSAI{e.Number:D3}",
                        GivenName = "Camille",
                        Civility = "",
                        ExerciseTitle = "DR",
                        SortKey = key,
                        ContentHash = e.Number,
                    }
                );
                db.Add(
                    new Activity
                    {
                        Id = e.Activity,
                        PersonId = e.Practitioner,
                        SortKey = key,
                        ProfessionCode = "10",
                        CategoryCode = "C",
                        ModeCode = "L",
                        SectorCode = "SA07",
                        SectionCode = "",
                        RoleCode = "",
                        KindCode = "GENR01",
                        StructureName = "Cabinet",
                        Commune = "Ville",
                        Departement = Departement,
                        Latitude = e.Latitude,
                        Longitude = e.Longitude,
                        Cell = cell,
                    }
                );
                db.Add(
                    new Skill
                    {
                        ActivityId = e.Activity,
                        PersonId = e.Practitioner,
                        Code = "SM54",
                        Type = "S",
                        SortKey = key,
                        Cell = cell,
                    }
                );
            }
            await db.SaveChangesAsync();
        });
        foreach (var e in Effectors)
            await host.Send(e.User, new SetPresence.Command(e.Practitioner, host.Now.AddMinutes(1)), "settle");
        // Small waves: a territory's referent may say so, and a year of them stays quick.
        await host.Send(Referent, new SetWavePolicy.Command(Departement, 10, 3, 5, 5, 10, 15, 1.5, "simulation"), "settle");
    }
}
