using System.Text;
using Parceo.Directory.Domain;
using Parceo.Directory.Import;
using Parceo.Platform.Geo;
using static Parceo.Directory.Tests.Import.Sample;

namespace Parceo.Directory.Tests.Import;

/// <summary>Every oddity of the national file.</summary>
internal sealed class RppsFileTests
{
    /// <summary>The same two lines in every outer form.</summary>
    private static IEnumerable<TestCaseData> Forms()
    {
        string[] lines = [Header, Line(), Line((RppsColumn.SkillCode, "SM18"), (RppsColumn.Skill, "Gériatrie"))];
        yield return Form("plain", string.Join('\n', lines) + "\n");
        yield return Form("no last line end", string.Join('\n', lines));
        yield return Form("CRLF", string.Join("\r\n", lines) + "\r\n");
        yield return Form("trailing separator", string.Join("|\n", lines) + "|\n");
        yield return Form("trailing separator in the header only", string.Join('\n', [Header + "|", .. lines[1..]]) + "\n");
        yield return Form("trailing separator in the lines only", string.Join('\n', [Header, .. lines[1..].Select(l => l + "|")]) + "\n");
        yield return Form("BOM", "\uFEFF" + string.Join('\n', lines) + "\n");
        yield return Form("blank lines", string.Join("\n\n", lines) + "\n\n\r\n");
        yield return Form("extra columns", string.Join('\n', [Header + "|Colonne de 2027", .. lines[1..].Select(l => l + "|x")]) + "\n");
        yield return Form("typographic apostrophes in the header", string.Join('\n', [Header.Replace('\'', '’'), .. lines[1..]]) + "\n");
        yield return Form(
            "decomposed accents in the header",
            string.Join('\n', [Header.Normalize(NormalizationForm.FormD), .. lines[1..]]) + "\n"
        );
        yield return Form(
            "columns in another order",
            string.Join('\n', lines.Select(l => string.Join('|', l.Split('|').Reverse()))) + "\n"
        );
        yield return new TestCaseData(Encoding.Latin1.GetBytes(string.Join('\n', lines) + "\n")).SetArgDisplayNames("Latin-1");

        static TestCaseData Form(string name, string text) => new TestCaseData(Encoding.UTF8.GetBytes(text)).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Forms))]
    public void Every_outer_form_gives_the_same_person(byte[] content)
    {
        var expected = People(File(Header, Line(), Line((RppsColumn.SkillCode, "SM18"), (RppsColumn.Skill, "Gériatrie")))).Single();
        Assert.That(People(Raw(content)).Select(Print), Is.EqualTo([Print(expected)]));
        Assert.That(Survey(Raw(content)).RejectedLines, Is.Zero);
    }

    [Test]
    public void Encoding_and_unknown_columns_are_reported()
    {
        var latin1 = Survey(Raw(Encoding.Latin1.GetBytes($"{Header}\n{Line()}\n")));
        Assert.That(latin1.Encoding, Is.EqualTo(FileEncoding.Latin1));
        var mixed = Survey(Raw([.. Encoding.UTF8.GetBytes($"{Header}\n"), .. Encoding.Latin1.GetBytes($"{Line()}\n")]));
        Assert.That((mixed.Encoding, mixed.Latin1Lines, mixed.ValidLines), Is.EqualTo((FileEncoding.Utf8, 1L, 1L)));
        Assert.That(Survey(File($"{Header}|Colonne de 2027", Line() + "|x")).UnknownColumns, Is.EqualTo(["Colonne de 2027"]));
    }

    [Test]
    public void A_file_of_2018_without_the_appended_columns_is_read()
    {
        var lines = new[] { Header, Line() }.Select(l => string.Join('|', l.Split('|').Take(RppsColumns.RequiredCount)));
        Assert.That(People(File([.. lines])).Single().Activities.Single().Commune, Is.EqualTo("Metz"));
    }

    [Test]
    public void A_missing_required_column_refuses_the_file()
    {
        foreach (var column in Enum.GetValues<RppsColumn>().Where(c => (int)c < RppsColumns.RequiredCount))
        {
            var header = Header.Split('|').ToList();
            header.RemoveAt((int)column);
            var refusal = Assert.Throws<RppsFileException>(() => Survey(File(string.Join('|', header))))!;
            Assert.That((refusal.Error, refusal.Detail), Is.EqualTo((RppsFileError.ColumnMissing, RppsColumns.Label(column))));
        }
    }

    [Test]
    public void A_column_named_twice_refuses_the_file() =>
        Assert.That(
            Assert.Throws<RppsFileException>(() => Survey(File(Header + "|Code profession")))!.Error,
            Is.EqualTo(RppsFileError.ColumnTwice)
        );

    [TestCase("")]
    [TestCase("\n")]
    [TestCase("%PDF-1.7\n…")]
    public void Another_kind_of_file_is_refused(string text) =>
        Assert.Throws<RppsFileException>(() => Survey(Raw(Encoding.UTF8.GetBytes(text))));

    [Test]
    public void A_cut_last_line_refuses_the_file_wherever_it_is_cut()
    {
        var whole = Encoding.UTF8.GetBytes(string.Join("|\n", Header, Line(), Line()) + "|\n");
        var lastLine = whole.Length - Encoding.UTF8.GetByteCount(Line()) - 2;
        for (var length = lastLine + 1; length < whole.Length - 1; length++)
        {
            Assert.That(
                Assert.Throws<RppsFileException>(() => Survey(Raw(whole[..length])), $"{length}")!.Error,
                Is.EqualTo(RppsFileError.Truncated)
            );
        }
        Assert.That(Survey(Raw(whole[..^1])).ValidLines, Is.EqualTo(2), "only the line end is missing");
        Assert.That(Survey(Raw(whole)).ValidLines, Is.EqualTo(2));
    }

    private static IEnumerable<TestCaseData> BadLines()
    {
        yield return Bad(RejectReason.FieldCount, Line() + "||");
        yield return Bad(RejectReason.FieldCount, Line()[..40]);
        yield return Bad(RejectReason.FieldCount, "n'importe quoi");
        yield return Bad(RejectReason.FieldCount, Line() + "|not empty");
        yield return Bad(RejectReason.Rpps, Line((RppsColumn.Identifier, "10900000019")));
        yield return Bad(RejectReason.Rpps, Line((RppsColumn.Identifier, "1090000001")));
        yield return Bad(RejectReason.Rpps, Line((RppsColumn.Identifier, "")));
        yield return Bad(RejectReason.Rpps, Line((RppsColumn.Identifier, "1090000001\0")));
        yield return Bad(RejectReason.Adeli, Line((RppsColumn.IdentifierType, "0"), (RppsColumn.Identifier, "10900000018")));
        yield return Bad(RejectReason.IdentifierType, Line((RppsColumn.IdentifierType, "3")));
        yield return Bad(RejectReason.IdentifierType, Line((RppsColumn.IdentifierType, "")));
        yield return Bad(RejectReason.NationalId, Line((RppsColumn.NationalId, "810900000026")));
        yield return Bad(RejectReason.Name, Line((RppsColumn.FamilyName, " \u00A0 ")));
        yield return Bad(RejectReason.TooLong, Line((RppsColumn.StructureName, new string('X', 70_000))));
        yield return Bad(RejectReason.TooLong, Line((RppsColumn.StructureName, new string('X', 3_000_000))));

        static TestCaseData Bad(RejectReason reason, string line) =>
            new TestCaseData(reason, line).SetArgDisplayNames($"{reason}, {line.Length} characters");
    }

    [TestCaseSource(nameof(BadLines))]
    public void A_bad_line_is_set_aside_and_the_others_go_on(RejectReason reason, string line)
    {
        var other = Line((RppsColumn.Identifier, "10900000026"));
        var survey = Survey(File(Header, other, line, other));
        Assert.That(survey.Rejects.Select(r => (r.Line, r.Reason)), Is.EqualTo([(3L, reason)]));
        Assert.That((survey.ValidLines, survey.RejectedLines), Is.EqualTo((2L, 1L)));
        Assert.That(People(File(Header, other, line, other)).Select(p => p.NationalId), Is.EqualTo(["810900000026"]));
    }

    [Test]
    public void Quotes_are_ordinary_characters()
    {
        var person = People(File(Header, Line((RppsColumn.AddresseeExtra, "\"LES TILLEULS"), (RppsColumn.StructureName, "L'\"ORÉE\""))))
            .Single();
        Assert.That(person.Activities.Single().AddressExtra, Is.EqualTo("\"LES TILLEULS"));
        Assert.That(person.Activities.Single().StructureName, Is.EqualTo("L'\"ORÉE\""));
    }

    [Test]
    public void Stray_characters_are_cleaned_and_never_lose_the_line()
    {
        var person = People(
                File(
                    Header,
                    Line(
                        (RppsColumn.FamilyName, "ME\u0301NARD\r\0"),
                        (RppsColumn.GivenName, "\u00A0Anne\u00A0 Sophie "),
                        (RppsColumn.Street, "DES\tÉCOLES\u200B")
                    )
                )
            )
            .Single();
        Assert.That((person.FamilyName, person.GivenName, person.SortKey), Is.EqualTo(("MÉNARD", "Anne Sophie", "menard anne sophie")));
        Assert.That(person.Activities.Single().Street, Is.EqualTo("12 Rue DES ÉCOLES"));
    }

    [Test]
    public void Activities_and_skills_of_one_person_are_gathered_whatever_the_order()
    {
        string[] lines =
        [
            Line(),
            Line((RppsColumn.SkillCode, "CAPA06"), (RppsColumn.SkillTypeCode, "CAPA")),
            Line((RppsColumn.StructureKey, "F570000158"), (RppsColumn.ModeCode, "S"), (RppsColumn.Finess, "570000158")),
            Line((RppsColumn.Identifier, "10900000026"), (RppsColumn.FamilyName, "MULLER")),
            Line((RppsColumn.Phone, "03 87 00 00 00")),
        ];
        var expected = People(File([Header, .. lines])).OrderBy(p => p.NationalId).Select(Print).ToList();
        Assert.That(expected, Has.Count.EqualTo(2));
        var joly = People(File([Header, .. lines])).Single(p => p.FamilyName == "JOLY");
        Assert.That(joly.Activities.Select(a => a.Skills.Count).Order(), Is.EqualTo([1, 2]));
        var random = new Random(4);
        for (var round = 0; round < 20; round++)
        {
            random.Shuffle(lines);
            Assert.That(People(File([Header, .. lines])).OrderBy(p => p.NationalId).Select(Print), Is.EqualTo(expected));
        }
    }

    [Test]
    public void A_number_of_the_former_directory_and_one_of_the_new_are_two_people()
    {
        var adeli = "57930012" + Luhn.CheckDigit("57930012"u8);
        var people = People(File(Header, Line(), Line((RppsColumn.IdentifierType, "0"), (RppsColumn.Identifier, adeli))));
        Assert.That(people.Select(p => p.NationalId), Is.EquivalentTo(["810900000018", "0" + adeli]));
    }

    [Test]
    public void Unknown_codes_keep_the_received_label()
    {
        var activity = People(
                File(
                    Header,
                    Line(
                        (RppsColumn.ProfessionCode, "77"),
                        (RppsColumn.Profession, "Métier nouveau"),
                        (RppsColumn.SkillCode, "SM99"),
                        (RppsColumn.Skill, "Spécialité nouvelle")
                    )
                )
            )
            .Single()
            .Activities.Single();
        Assert.That((activity.ProfessionCode, activity.ProfessionLabel), Is.EqualTo(("77", "Métier nouveau")));
        Assert.That((activity.Skills.Single().Code, activity.Skills.Single().Label), Is.EqualTo(("SM99", "Spécialité nouvelle")));
        var known = People(File(Header, Line((RppsColumn.Profession, "Medecin (ancien libellé)")))).Single().Activities.Single();
        Assert.That(known.ProfessionLabel, Is.Null);
    }

    [Test]
    public void A_wrong_structure_number_is_kept_and_flagged()
    {
        var activity = People(File(Header, Line((RppsColumn.Finess, "570000150")))).Single().Activities.Single();
        Assert.That((activity.Finess, activity.HasInvalidStructureId), Is.EqualTo(("570000150", true)));
    }

    [Test]
    public void Places_abroad_unknown_and_missing()
    {
        var abroad = People(
                File(
                    Header,
                    Line(
                        (RppsColumn.CountryCode, "99132"),
                        (RppsColumn.Country, "Royaume-Uni"),
                        (RppsColumn.PostalCode, "GL"),
                        (RppsColumn.CommuneCode, ""),
                        (RppsColumn.Commune, "Gloucester")
                    )
                )
            )
            .Single()
            .Activities.Single();
        Assert.That((abroad.Country, abroad.Commune, abroad.Cell), Is.EqualTo(("Royaume-Uni", "Gloucester", (int?)null)));
        var none = People(
                File(
                    Header,
                    Line(
                        (RppsColumn.StructureKey, ""),
                        (RppsColumn.StructureName, ""),
                        (RppsColumn.PostalCode, ""),
                        (RppsColumn.CommuneCode, ""),
                        (RppsColumn.Commune, "")
                    )
                )
            )
            .Single()
            .Activities.Single();
        Assert.That((none.StructureKey, none.Commune, none.Cell), Is.EqualTo(((string?)null, (string?)null, (int?)null)));
        var here = People(File(Header, Line())).Single().Activities.Single();
        Assert.That((here.Commune, here.Departement, here.Cell), Is.EqualTo(("Metz", "57", (int?)GeoCell.Of(new(49.10814, 6.19595)))));
    }

    [Test]
    public void Scope_keeps_people_of_the_departements()
    {
        var elsewhere = Line((RppsColumn.Identifier, "10900000026"), (RppsColumn.CommuneCode, "75112"), (RppsColumn.PostalCode, "75012"));
        var survey = Survey(File(Header, Line(), elsewhere), "57");
        Assert.That(survey.People.CountOf(PersonMarks.InFile), Is.EqualTo(2));
        Assert.That(survey.People.With(PersonMarks.InScope).Select(p => p.ToString()), Is.EqualTo(["810900000018"]));
    }

    [Test]
    public void An_archive_of_the_agency_is_read_as_the_text_in_it()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using (var archive = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Create))
            {
                foreach (
                    var (name, text) in new[]
                    {
                        ("PS_LibreAcces_SavoirFaire_202611220403.txt", "x"),
                        ("PS_LibreAcces_Personne_activite_202611220403.txt", $"{Header}\n{Line()}\n"),
                    }
                )
                {
                    using var entry = archive.CreateEntry(name).Open();
                    entry.Write(Encoding.UTF8.GetBytes(text));
                }
            }
            var file = RppsFile.At(path);
            Assert.That(file.Name, Is.EqualTo("PS_LibreAcces_Personne_activite_202611220403.txt"));
            Assert.That(People(file).Single().FamilyName, Is.EqualTo("JOLY"));
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}
