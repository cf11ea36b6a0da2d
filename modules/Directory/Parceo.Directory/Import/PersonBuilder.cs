using System.Text;
using Parceo.Directory.Domain;
using Parceo.Directory.Reference;
using Parceo.Platform.Geo;

namespace Parceo.Directory.Import;

/// <summary>
/// Makes a person of all its lines. The lines are sorted first: the result does not depend on their order in the
/// file, and where two lines of one activity differ (they do, in spelling and phone) the first in byte order wins.
/// </summary>
internal sealed class PersonBuilder(Nos nos, CommuneIndex communes)
{
    private static readonly RppsColumn[] ActivityIdentity =
    [
        RppsColumn.ProfessionCode,
        RppsColumn.CategoryCode,
        RppsColumn.ModeCode,
        RppsColumn.StructureKey,
        RppsColumn.SectorCode,
        RppsColumn.SectionCode,
        RppsColumn.RoleCode,
        RppsColumn.KindCode,
    ];

    // A few dozen distinct values stand in millions of lines.
    private readonly Dictionary<string, string> codes = new(StringComparer.Ordinal);

    /// <summary>Builds the person.</summary>
    /// <param name="lines">Contents of valid lines (<see cref="RppsLine.Content"/>), all of that person; sorted in place.</param>
    /// <param name="hash">Fingerprint of the lines.</param>
    /// <param name="id">The person's id where something else than the number decides it.</param>
    public Person Build(PersonKey key, List<byte[]> lines, long hash, Guid? id = null)
    {
        lines.Sort((a, b) => a.AsSpan().SequenceCompareTo(b));
        Span<int> ends = stackalloc int[RppsColumns.Count];
        var first = RppsLine.Of(lines[0], ends);
        var (family, given) = (first.Text(RppsColumn.FamilyName), first.Text(RppsColumn.GivenName));
        var person = new Person
        {
            Id = id ?? key.PersonId(),
            NationalId = key.ToString(),
            FamilyName = Cut(family, 100),
            GivenName = Cut(given, 100),
            Civility = Code(first, RppsColumn.CivilityCode),
            ExerciseTitle = Code(first, RppsColumn.ExerciseTitleCode),
            SortKey = Cut(Folding.Fold($"{family} {given}"), 200),
            ContentHash = hash,
        };
        foreach (var content in lines)
        {
            Add(person, key, RppsLine.Of(content, ends));
        }
        return person;
    }

    private void Add(Person person, PersonKey key, RppsLine line)
    {
        var id = key.ActivityId(Identity(line, stackalloc byte[512]));
        var activity = person.Activities.Find(a => a.Id == id);
        if (activity is null)
        {
            person.Activities.Add(activity = NewActivity(person, id, line));
        }
        var code = Code(line, RppsColumn.SkillCode);
        if (code.Length > 0 && !activity.Skills.Exists(s => s.Code == code))
        {
            activity.Skills.Add(
                new()
                {
                    ActivityId = id,
                    PersonId = person.Id,
                    Code = code,
                    Type = Code(line, RppsColumn.SkillTypeCode),
                    Label = Received(nos.Skill(code)?.Label, line, RppsColumn.Skill),
                    Cell = activity.Cell,
                    SortKey = person.SortKey,
                }
            );
        }
    }

    private Activity NewActivity(Person person, Guid id, RppsLine line)
    {
        var commune = Locate(line);
        var (profession, sector, role) = (
            Code(line, RppsColumn.ProfessionCode),
            Code(line, RppsColumn.SectorCode),
            Code(line, RppsColumn.RoleCode)
        );
        var (finess, finessLegal, siret) = (
            Optional(line, RppsColumn.Finess, 20),
            Optional(line, RppsColumn.FinessLegal, 20),
            Optional(line, RppsColumn.Siret, 20)
        );
        return new()
        {
            Id = id,
            PersonId = person.Id,
            SortKey = person.SortKey,
            ProfessionCode = profession,
            ProfessionLabel = Received(nos.Profession(profession)?.Label, line, RppsColumn.Profession),
            CategoryCode = Code(line, RppsColumn.CategoryCode),
            ModeCode = Code(line, RppsColumn.ModeCode),
            SectorCode = sector,
            SectorLabel = Received(nos.Label("TRE_R02", sector), line, RppsColumn.Sector),
            SectionCode = Code(line, RppsColumn.SectionCode),
            RoleCode = role,
            RoleLabel = Received(nos.Label("TRE_R21", role), line, RppsColumn.Role),
            KindCode = Code(line, RppsColumn.KindCode),
            StructureKey = Optional(line, RppsColumn.StructureKey, 40),
            StructureName = Optional(line, RppsColumn.StructureSign, 200) ?? Optional(line, RppsColumn.StructureName, 200),
            Finess = finess,
            FinessLegal = finessLegal,
            Siret = siret,
            HasInvalidStructureId =
                (finess is not null && !Identifiers.IsFiness(finess))
                || (finessLegal is not null && !Identifiers.IsFiness(finessLegal))
                || (siret is not null && !Identifiers.IsSiret(siret)),
            Street = Join(
                200,
                Join(20, line.Text(RppsColumn.StreetNumber), line.Text(RppsColumn.StreetRepeat)),
                line.Text(RppsColumn.StreetType),
                line.Text(RppsColumn.Street)
            ),
            AddressExtra = Join(
                200,
                line.Text(RppsColumn.AddresseeExtra),
                line.Text(RppsColumn.PlaceExtra),
                line.Text(RppsColumn.Distribution)
            ),
            PostalCode = Optional(line, RppsColumn.PostalCode, 10),
            CommuneCode = commune?.Insee,
            Commune = commune?.Name ?? Optional(line, RppsColumn.Commune, 100),
            Departement = commune?.Departement,
            Country = IsFrance(line) ? null : Optional(line, RppsColumn.Country, 100) ?? Optional(line, RppsColumn.CountryCode, 10),
            Phone = Optional(line, RppsColumn.Phone, 40),
            Phone2 = Optional(line, RppsColumn.Phone2, 40),
            Fax = Optional(line, RppsColumn.Fax, 40),
            Email = Optional(line, RppsColumn.Email, 200),
            Latitude = commune?.Point?.Latitude,
            Longitude = commune?.Point?.Longitude,
            Cell = commune?.Point is { } point ? GeoCell.Of(point) : null,
        };
    }

    private Commune? Locate(RppsLine line) =>
        IsFrance(line)
            ? communes.Locate(
                line.Text(RppsColumn.CommuneCode),
                line.Text(RppsColumn.PostalCode),
                line.Text(RppsColumn.Commune) is { Length: > 0 } name ? name : AfterPostalCode(line.Text(RppsColumn.PostalLine))
            )
            : null;

    private static bool IsFrance(RppsLine line) =>
        line[RppsColumn.CountryCode].Trim((byte)' ') is [] or [(byte)'9', (byte)'9', (byte)'0', (byte)'0', (byte)'0'];

    /// <summary>« 57000 METZ CEDEX 1 » → « METZ CEDEX 1 ».</summary>
    private static string AfterPostalCode(string line) =>
        line.Length > 6 && char.IsAsciiDigit(line[0]) && line.IndexOf(' ') is > 0 and var at ? line[(at + 1)..] : line;

    /// <summary>What makes an activity another one, as one key; longer fields than the buffer are cut, which only merges absurd ones.</summary>
    private static ReadOnlySpan<byte> Identity(RppsLine line, Span<byte> buffer)
    {
        var length = 0;
        foreach (var column in ActivityIdentity)
        {
            var field = line[column];
            field = field[..Math.Min(field.Length, 60)];
            field.CopyTo(buffer[length..]);
            length += field.Length;
            buffer[length++] = (byte)'|';
        }
        return buffer[..length];
    }

    private string Code(RppsLine line, RppsColumn column)
    {
        var bytes = line[column];
        if (bytes.IsEmpty)
        {
            return "";
        }
        Span<char> text = stackalloc char[32];
        if (bytes.Length <= text.Length && Ascii.IsValid(bytes))
        {
            var length = Encoding.ASCII.GetChars(bytes, text);
            if (codes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var known))
            {
                return known;
            }
        }
        var received = Encoding.UTF8.GetString(bytes);
        var code = Cut(Folding.Clean(received), 20);
        if (codes.Count < 10_000)
        {
            codes.TryAdd(received, code);
        }
        return code;
    }

    private static string? Received(string? known, RppsLine line, RppsColumn label) =>
        known is null && !line[label].IsEmpty ? Optional(line, label, 200) : null;

    private static string? Optional(RppsLine line, RppsColumn column, int longest) =>
        line.Text(column) is { Length: > 0 } text ? Cut(text, longest) : null;

    private static string Join(int longest, string first, string second) => Join(longest, first, second, "") ?? "";

    private static string? Join(int longest, string first, string second, string third)
    {
        var text = string.Join(' ', new[] { first, second, third }.Where(part => part.Length > 0));
        return text.Length == 0 ? null : Cut(text, longest);
    }

    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
