using System.Text;
using Parceo.Demo;
using Parceo.Directory.Domain;
using Parceo.Directory.Import;
using Parceo.Directory.Reference;

namespace Parceo.Directory.Tests.Import;

/// <summary>Small national files, line by line.</summary>
internal static class Sample
{
    private static readonly Lazy<CommuneIndex> SharedCommunes = new(() => new());
    private static readonly Lazy<Nos> SharedNos = new(() => new());

    public static CommuneIndex Communes => SharedCommunes.Value;
    public static Nos Nos => SharedNos.Value;

    public static string Header { get; } =
        string.Join('|', Enumerable.Range(0, RppsColumns.Count).Select(i => RppsColumns.Label((RppsColumn)i)));

    /// <summary>A whole, valid line; fields can be replaced.</summary>
    public static string Line(params (RppsColumn Column, string Value)[] changes)
    {
        var fields = Enumerable.Repeat("", RppsColumns.Count).ToArray();
        Set(RppsColumn.IdentifierType, "8");
        Set(RppsColumn.Identifier, "10900000018");
        Set(RppsColumn.FamilyName, "JOLY");
        Set(RppsColumn.GivenName, "Gaël");
        Set(RppsColumn.ProfessionCode, "10");
        Set(RppsColumn.Profession, "Médecin");
        Set(RppsColumn.CategoryCode, "C");
        Set(RppsColumn.SkillTypeCode, "S");
        Set(RppsColumn.SkillCode, "SM54");
        Set(RppsColumn.Skill, "Médecine générale");
        Set(RppsColumn.ModeCode, "L");
        Set(RppsColumn.StructureKey, "R10100000000001");
        Set(RppsColumn.StructureName, "CABINET JOLY");
        Set(RppsColumn.StreetNumber, "12");
        Set(RppsColumn.StreetType, "Rue");
        Set(RppsColumn.Street, "Serpenoise");
        Set(RppsColumn.PostalCode, "57000");
        Set(RppsColumn.CommuneCode, "57463");
        Set(RppsColumn.Commune, "Metz");
        Set(RppsColumn.Phone, "0387000000");
        foreach (var (column, value) in changes)
        {
            Set(column, value);
        }
        if (!changes.Any(c => c.Column == RppsColumn.NationalId))
        {
            Set(RppsColumn.NationalId, fields[0] + fields[1]);
        }
        return string.Join('|', fields);

        void Set(RppsColumn column, string value) => fields[(int)column] = value;
    }

    public static RppsFile File(params string[] lines) => RppsFile.Of("test.txt", Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    public static RppsFile Raw(byte[] content) => RppsFile.Of("test.txt", content);

    public static RppsSurvey Survey(RppsFile file, params string[] departements) =>
        RppsSurvey.Of(file, new RppsScope(departements, Communes), onProgress: null, CancellationToken.None);

    /// <summary>Everyone in a file.</summary>
    public static List<Person> People(RppsFile file, int mostWaitingLines = 200_000) =>
        [.. PersonReader.Read(file, Survey(file), new PersonBuilder(Nos, Communes), _ => true, mostWaitingLines)];

    public static byte[] Synthetic(RppsFileOptions options)
    {
        using var stream = new MemoryStream();
        new RppsFileWriter(Communes, Nos).Write(stream, options);
        return stream.ToArray();
    }

    /// <summary>A person and all it holds, as one comparable text.</summary>
    public static string Print(Person person) => System.Text.Json.JsonSerializer.Serialize(person);
}
