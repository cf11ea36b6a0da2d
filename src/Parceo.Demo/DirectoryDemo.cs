using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Directory.Import;
using Parceo.Directory.Reference;
using Parceo.Platform.Data;
using Parceo.Platform.Geo;

namespace Parceo.Demo;

/// <summary>
/// The professionals of the cast under their fixed ids, among some 3,000 generated activities of Moselle. Numbers begin
/// with 99, as no real one does, so that a national file can be imported beside them; it leaves them alone.
/// </summary>
internal sealed class DirectoryDemo(
    DirectoryDb db,
    DirectoryImporter importer,
    CommuneIndex communes,
    Nos nos,
    SqliteWriteGate gate,
    TimeProvider clock
) : IDemoPart
{
    private const long CastNumbers = 9_900_000_000;
    private const long OthersNumbers = 9_910_000_000;
    private const int OthersLines = 3_000;
    private const int Places = 20; // of their ids
    private static readonly string[] Women = ["Amandine", "Claire", "Sarah", "Elsa", "Gaëlle", "Inès"];

    public async Task Seed(CancellationToken ct)
    {
        await SeedCast(ct);
        await SeedPlaces(ct);
        using var file = new MemoryStream();
        new RppsFileWriter(communes, nos).Write(
            file,
            new()
            {
                Lines = OthersLines,
                Departements = ["57"],
                FirstNumber = OthersNumbers,
            }
        );
        await importer.Apply(RppsFile.Of("demo", file.ToArray()), PersonOrigin.Demo, ct);
    }

    private async Task SeedCast(CancellationToken ct)
    {
        var builder = new PersonBuilder(nos, communes);
        var cast = new List<Person>
        {
            Doctor(builder, DemoCast.Roche, "SM54", "57463", "57000", "12", "Rue", "Serpenoise", "Cabinet Roche"),
            Doctor(builder, DemoCast.Haddad, "SM54", "57480", "57950", "48", "Rue", "de Pont-à-Mousson", "Cabinet Haddad"),
            Doctor(builder, DemoCast.Petit, "SM54", "57463", "57070", "3", "Place", "des Tilleuls", "MSP des Tilleuls"),
            Doctor(builder, DemoCast.Weber, "SM26", "57751", "57140", "7", "Rue", "du Fort", "Cabinet Weber"),
            Doctor(builder, DemoCast.Morel, "SM04", "57463", "57000", "5", "Avenue", "Foch", "Cabinet de cardiologie Foch"),
            Doctor(builder, DemoCast.Kuhn, "SM15", "57630", "57400", "21", "Grande Rue", "", "Cabinet Kuhn"),
            Doctor(builder, DemoCast.Viel, "SM59", "57463", "57000", "1", "Allée", "du Château", "SAMU 57"),
            Other(builder, DemoCast.Faure, "60", "57463", "57000", "9", "Rue", "des Jardins", "Cabinet infirmier Faure"),
            Other(builder, DemoCast.Zemmour, "21", "57463", "57000", "2", "Place", "Saint-Louis", "Pharmacie Saint-Louis"),
            Other(builder, DemoCast.Noel, "70", "57447", "57155", "14", "Rue", "des Écoles", "Cabinet de kinésithérapie Noël"),
            Other(builder, DemoCast.Carre, "60", "57463", "57000", "1", "Allée", "du Château", "CH du Val"),
        };
        var ids = cast.ConvertAll(p => p.Id);
        var stored = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.ContentHash, ct);
        var changed = cast.FindAll(p => !stored.TryGetValue(p.Id, out var hash) || hash != p.ContentHash);
        if (changed.Count == 0)
        {
            return;
        }
        changed.ForEach(p => p.Stamp(PersonOrigin.Demo, clock.GetUtcNow()));
        using var turn = db.Database.IsSqlite() ? await gate.Enter(ct) : default;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await using var bulk = DirectoryBulk.For(db);
        await bulk.Replace(changed, areNew: false, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>What people in and around Metz call its quarters and landmarks.</summary>
    private async Task SeedPlaces(CancellationToken ct)
    {
        (string Words, string Commune, GeoPoint? Point)[] places =
        [
            ("Borny", "57463", new(49.1056, 6.2147)),
            ("Queuleu", "57463", new(49.1014, 6.1969)),
            ("Le Sablon", "57463", new(49.1010, 6.1715)),
            ("Devant-les-Ponts", "57463", new(49.1290, 6.1580)),
            ("Bellecroix", "57463", new(49.1229, 6.1930)),
            ("Gare de Metz", "57463", new(49.1098, 6.1772)),
            ("CHR Mercy", "57031", new(49.0783, 6.2297)),
            ("Hôpital Mercy", "57031", new(49.0783, 6.2297)),
        ];
        var ids = places.Select((_, i) => DemoCast.IdOf(Places, i + 1)).ToList();
        if (await db.PlaceAliases.AnyAsync(a => ids.Contains(a.Id), ct))
        {
            return; // what the coordinator removed stays removed
        }
        db.PlaceAliases.AddRange(
            places.Select(
                (p, i) => new PlaceAlias(ids[i], DemoCast.Val.Id, p.Words, (p.Commune, communes.Find(p.Commune)!.Departement), p.Point)
            )
        );
        await db.SaveChangesAsync(ct);
    }

    private static Person Doctor(PersonBuilder builder, CastMember who, string skill, params string[] place) =>
        Build(builder, who, "10", "DR", skill, place);

    private static Person Other(PersonBuilder builder, CastMember who, string profession, params string[] place) =>
        Build(builder, who, profession, "", "", place);

    /// <summary>A person of one national line, as the import would make it, but under the cast's id.</summary>
    private static Person Build(PersonBuilder builder, CastMember who, string profession, string title, string skill, string[] place)
    {
        var stem = (CastNumbers + who.Number).ToString(CultureInfo.InvariantCulture);
        var rpps = stem + Luhn.CheckDigit(Encoding.ASCII.GetBytes(stem)).ToString(CultureInfo.InvariantCulture);
        var names = who.Name.Split(' ', 2);
        var fields = Enumerable.Repeat("", RppsColumns.Count).ToArray();
        (RppsColumn Column, string Value)[] values =
        [
            (RppsColumn.IdentifierType, "8"),
            (RppsColumn.Identifier, rpps),
            (RppsColumn.NationalId, "8" + rpps),
            (RppsColumn.ExerciseTitleCode, title),
            (RppsColumn.CivilityCode, Women.Contains(names[0]) ? "MME" : "M"),
            (RppsColumn.FamilyName, names[1].ToUpperInvariant()),
            (RppsColumn.GivenName, names[0]),
            (RppsColumn.ProfessionCode, profession),
            (RppsColumn.CategoryCode, "C"),
            (RppsColumn.SkillTypeCode, skill.Length > 0 ? "S" : ""),
            (RppsColumn.SkillCode, skill),
            (RppsColumn.ModeCode, "L"),
            (RppsColumn.StructureKey, "R" + rpps),
            (RppsColumn.CommuneCode, place[0]),
            (RppsColumn.PostalCode, place[1]),
            (RppsColumn.StreetNumber, place[2]),
            (RppsColumn.StreetType, place[3]),
            (RppsColumn.Street, place[4]),
            (RppsColumn.StructureName, place[5]),
            (RppsColumn.Phone, $"03879800{who.Number:D2}"),
            (RppsColumn.SectorCode, profession == "21" ? "SA33" : "SA07"),
            (RppsColumn.KindCode, "GENR01"),
        ];
        foreach (var (column, value) in values)
        {
            fields[(int)column] = value;
        }
        var line = Encoding.UTF8.GetBytes(string.Join('|', fields));
        return builder.Build(PersonKey.Parse("8" + rpps), [line], (long)XxHash3.HashToUInt64(line), who.DirectoryPersonId);
    }
}
