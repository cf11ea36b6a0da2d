using Parceo.Directory.Import;
using Parceo.Directory.Tests.Import;
using Parceo.Platform.Data;
using Parceo.Testing;
using static Parceo.Directory.Tests.Given;
using Query = Parceo.Directory.Contracts.FindPeople.Query;

namespace Parceo.Directory.Tests.Features;

/// <summary>What people type into the one box, and whom they mean: the first result.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class EverydayWordsTests(Engine engine)
{
    private static readonly (RppsColumn, string)[] Woippy = [(RppsColumn.CommuneCode, "57751"), (RppsColumn.PostalCode, "57140")];
    private static readonly (RppsColumn, string)[] Thionville = [(RppsColumn.CommuneCode, "57672"), (RppsColumn.PostalCode, "57100")];
    private static readonly (RppsColumn, string)[] Annecy = [(RppsColumn.CommuneCode, "74010"), (RppsColumn.PostalCode, "74940")];
    private static readonly (RppsColumn, string)[] Hay = [(RppsColumn.CommuneCode, "94038"), (RppsColumn.PostalCode, "94240")];
    private ParceoHost host = null!;

    private static (RppsColumn, string)[] Of(string profession) =>
        [(RppsColumn.ProfessionCode, profession), (RppsColumn.SkillCode, ""), (RppsColumn.SkillTypeCode, "")];

    private static (RppsColumn, string)[] Knows(string skill, string profession = "10") =>
        [(RppsColumn.SkillCode, skill), (RppsColumn.ProfessionCode, profession)];

    private static (RppsColumn, string)[] In(string sector) => [(RppsColumn.SectorCode, sector), .. Of("96")];

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(engine);
        await host.Import([
            Line(1, "ROCHE", "Amandine", (RppsColumn.ExerciseTitleCode, "DR")),
            Line(2, "MULLER", "Jean", Woippy),
            Line(3, "HADDAD", "Bilal", (RppsColumn.ExerciseTitleCode, "DR")),
            Line(4, "LENOIR", "Hugo", Of("41")),
            Line(5, "FAURE", "Elsa", Of("60")),
            Line(6, "ZIEGLER", "Iris", [.. Of("60"), .. Thionville]),
            Line(7, "ZEMMOUR", "Farid", Of("21")),
            Line(8, "NOEL", "Gaëlle", Of("70")),
            Line(9, "DENTZ", "Paul", Of("40")),
            Line(10, "SAGE", "Zoé", Of("50")),
            Line(11, "PIED", "Ugo", Of("80")),
            Line(12, "PHONE", "Ora", Of("91")),
            Line(13, "OPTIN", "Ada", Of("92")),
            Line(14, "ERGAN", "Léo", Of("94")),
            Line(15, "DIETRICH", "Nina", Of("95")),
            Line(16, "PSYLO", "Marc", Of("93")),
            Line(17, "OSTERMANN", "Kim", Of("71")),
            Line(18, "AIDAN", "Sue", Of("35")),
            Line(19, "AMBERT", "Rita", Of("36")),
            Line(20, "LUNET", "Guy", Of("28")),
            Line(21, "AUDIN", "Max", Of("26")),
            Line(30, "MOREL", "Denis", Knows("SM04")),
            Line(31, "KUHN", "Rémi", Knows("SM15")),
            Line(32, "PSICHE", "Éva", Knows("SM42")),
            Line(33, "OREIL", "Luc", Knows("SM39")),
            Line(34, "OEIL", "Anne", Knows("SM38")),
            Line(35, "ENFANT", "Rose", Knows("SM40")),
            Line(36, "GYNAL", "Ève", Knows("SM20")),
            Line(37, "NEURAL", "Tom", Knows("SM32")),
            Line(38, "POUMON", "Ali", Knows("SM41")),
            Line(39, "RHUMEL", "Ida", Knows("SM48")),
            Line(40, "GASTON", "Bob", Knows("SM24")),
            Line(41, "ENDORE", "Lia", Knows("SM62")),
            Line(42, "REIN", "Leo", Knows("SM30")),
            Line(43, "UROZ", "Pol", Knows("SM12")),
            Line(44, "CANCE", "Mia", Knows("SM36")),
            Line(45, "RADIN", "Sam", Knows("SM74")),
            Line(46, "GERAND", "Jo", Knows("SM18")),
            Line(47, "ALLARD", "Ben", Knows("SM57")),
            Line(48, "URGEL", "Cyr", Knows("SM59")),
            Line(49, "ENDORMI", "Zac", Knows("SM02")),
            Line(50, "AVANCE", "Flo", Knows("SI01", "60")),
            Line(51, "BAGUE", "Tim", Knows("SCD01", "40")),
            Line(52, "VEINE", "Lou", Knows("SM61")),
            Line(53, "OSSELIN", "Kai", Knows("SM08")),
            Line(60, "HOSPITALIER", "Ana", In("SA01")),
            Line(61, "CLINI", "Ike", In("SA04")),
            Line(62, "AGEE", "Odile", In("SA17")),
            Line(63, "LABAT", "Roy", In("SA25")),
            Line(64, "MAISON", "Lea", In("SA52")),
            Line(70, "LAC", "Odette", [.. Of("60"), .. Annecy]),
            Line(71, "ROSE", "Igor", [.. Of("60"), .. Hay]),
        ]);
    }

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private const string Table = """
        Dr Bilal Haddad → Haddad
        Dr. Bilal Haddad → Haddad
        Docteur Haddad → Haddad
        dr haddad → Haddad
        M. Lenoir → Lenoir
        monsieur lenoir → Lenoir
        M Hugo Lenoir → Lenoir
        Mme Faure → Faure
        madame elsa faure → Faure
        Dr Roche → Roche
        Dr Amandine Roche → Roche
        dr muler → Muller
        dr roche metz → Roche
        muller woippy → Muller
        woippy muller → Muller
        muller à woippy → Muller
        infirmière → Avance
        infirmier → Avance
        infirmiers → Avance
        infirmières → Avance
        infirmieres liberales → Avance
        IDE → Avance
        IDEL → Avance
        infirmière thionville → Ziegler
        thionville infirmière → Ziegler
        infirmière à Thionville → Ziegler
        infirmière Thionville, Moselle → Ziegler
        infirmière 57100 → Ziegler
        infirmière faure → Faure
        infirmière elsa → Faure
        infirmière annecy → Lac
        infirmière Annecy-le-Vieux → Lac
        ide annecy le vieux → Lac
        infirmière lhay les roses → Rose
        IDEL L'Haÿ-les-Roses → Rose
        IPA → Avance
        infirmière en pratique avancée → Avance
        infirmi → Avance
        pharmacien → Zemmour
        pharmacienne → Zemmour
        pharmacie → Zemmour
        pharmacie metz → Zemmour
        officine → Zemmour
        kiné → Noel
        kinés → Noel
        kinésithérapeute → Noel
        masseur kiné → Noel
        dentiste → Bague
        chirurgien-dentiste → Bague
        orthodontiste → Bague
        sage-femme → Sage
        sages-femmes → Sage
        sage femme metz → Sage
        podologue → Pied
        pédicure → Pied
        orthophoniste → Phone
        orthoptiste → Optin
        ergothérapeute → Ergan
        diététicienne → Dietrich
        psychologue → Psylo
        ostéo → Ostermann
        aide-soignante → Aidan
        ambulance → Ambert
        opticien → Lunet
        audioprothésiste → Audin
        assistante sociale → Lenoir
        travailleur social → Lenoir
        généraliste → Haddad
        médecin généraliste → Haddad
        médecin traitant → Haddad
        généraliste woippy → Muller
        généralis → Haddad
        médecin → Allard
        docteur → Allard
        cardiologue → Morel
        cardiologues → Morel
        cardiologue metz → Morel
        cardio → Morel
        cardiologie → Morel
        cardioloque → Morel
        dermato → Kuhn
        dermatologue → Kuhn
        psychiatre → Psiche
        psychiatrie → Psiche
        ORL → Oreil
        orl metz → Oreil
        ophtalmo → Oeil
        ophtalmologue → Oeil
        pédiatre → Enfant
        gynéco → Gynal
        gynécologue → Gynal
        neurologue → Neural
        pneumologue → Poumon
        rhumato → Rhumel
        gastro-entérologue → Gaston
        endocrinologue → Endore
        diabétologue → Endore
        néphrologue → Rein
        urologue → Uroz
        cancérologue → Cance
        radiologue → Radin
        IRM → Radin
        gériatre → Gerand
        allergologue → Allard
        urgentiste → Urgel
        anesthésiste → Endormi
        angiologue → Veine
        orthopédiste → Osselin
        hôpital → Hospitalier
        hopital metz → Hospitalier
        clinique → Clini
        EHPAD → Agee
        maison de retraite → Agee
        laboratoire → Labat
        labo → Labat
        maison de santé → Maison
        MSP → Maison
        thionville → Ziegler
        Thionville (57100) → Ziegler
        annecy-le-vieux → Lac
        metz → Agee
        cardiologe metz → Morel
        metz cardiologe → Morel
        infirmère thionville → Ziegler
        muler woippy → Muller
        dr muler woippy → Muller
        Docteur Roche Metz → Roche
        57100 → Ziegler
        """;

    private static IEnumerable<TestCaseData> Typed() =>
        Table.Split('\n').Select(row => row.Split(" → ")).Select(row => new TestCaseData(row[0], row[1].Trim()).SetArgDisplayNames(row[0]));

    [TestCaseSource(nameof(Typed))]
    public async Task First_result(string typed, string family)
    {
        var found = (await host.Send(Professional, new Query(typed, Limit: 5))).People;
        Assert.That(found.Select(p => p.Name.Split(' ')[^1]).FirstOrDefault(), Is.EqualTo(family));
    }

    [Test]
    public void The_table_is_long_enough() => Assert.That(Typed().Count(), Is.GreaterThanOrEqualTo(80));

    [Test]
    public async Task A_place_in_the_box_is_that_of_the_distances_and_pages_go_on_from_it()
    {
        var first = await host.Send(Professional, new Query("infirmière metz", Limit: 1));
        Assert.That(first.People.Single().Activities[0].DistanceKm, Is.Zero);
        var second = await host.Send(Professional, new Query("infirmière metz", Limit: 1, Next: first.Next));
        Assert.That(second.People.Single().Id, Is.Not.EqualTo(first.People.Single().Id));
    }

    [Test]
    public async Task What_the_form_says_is_not_guessed_again()
    {
        Assert.That((await host.Send(Professional, new Query("infirmière", Profession: "21"))).People, Is.Empty);
        Assert.That(
            (await host.Send(Professional, new Query("infirmière", Place: "57672", RadiusKm: 3))).People.Select(p => p.Name),
            Is.EqualTo(new[] { "Iris Ziegler" })
        );
    }

    [Test]
    public async Task Among_some_people_only_they_are_found_however_they_are_asked_for()
    {
        Guid Id(int number) => Directory.Domain.PersonKey.Parse("8" + Rpps(number)).PersonId();
        foreach (
            var (typed, among, found) in new[]
            {
                ("infirmière", 5, "Faure"), // Avance comes first otherwise
                ("infirmière metz", 5, "Faure"),
                ("cardiologue", 30, "Morel"),
                ("cardiologue metz", 30, "Morel"),
                ("hôpital", 60, "Hospitalier"),
                ("hôpital metz", 60, "Hospitalier"),
                ("metz", 5, "Faure"),
                ("faure", 5, "Faure"),
                ("faur", 5, "Faure"),
                (Rpps(5), 5, "Faure"),
            }
        )
        {
            var names = (await host.Send(Professional, new Query(typed, Among: [Id(among), Id(63)]))).People;
            Assert.That(names.Select(p => p.Name.Split(' ')[^1]).First(), Is.EqualTo(found), typed);
            Assert.That(
                (await host.Send(Professional, new Query(typed, Among: [Id(21)]))).People.Select(p => p.Name),
                Has.All.EqualTo("Max Audin"),
                typed
            );
        }
    }

    [TestCase("infirmière de Woippy", "60", "woippy", "57751")]
    [TestCase("IDE", "60", "", null)]
    [TestCase("infirmi", "60", "", null)]
    [TestCase("infirmière elsa", "60", "elsa", null)]
    [TestCase("pharmacienne montigny", "21", "montigny", "57480", "57")]
    [TestCase("dr roche", null, null, null)]
    [TestCase("", null, null, null)]
    public async Task The_vocabulary_is_other_modules_too(
        string typed,
        string? profession,
        string? others,
        string? commune,
        string? home = null
    )
    {
        var user = home is null ? Professional : Professional with { Departements = [home] };
        var meant = await host.Send(user, new Contracts.ReadEverydayWords.Query(typed));
        Assert.That((meant?.Professions[0], meant?.Others, meant?.Commune?.Insee), Is.EqualTo((profession, others, commune)));
    }
}
