using Parceo.Access.Contracts;
using static Parceo.Access.Contracts.OrganisationKind;

namespace Parceo.Demo;

/// <summary>A person of the demo world.</summary>
/// <param name="Number">1, 2, 3…: fixes every id.</param>
/// <param name="Title">« Dr » or nothing.</param>
/// <param name="Name">First name and name.</param>
/// <param name="Organisation">Where they work.</param>
/// <param name="Roles">Their roles there.</param>
/// <param name="Who">One line: who they are.</param>
/// <param name="Try">One sentence: what to try as them.</param>
/// <param name="InDirectory">Whether the national directory knows them.</param>
public sealed record CastMember(
    int Number,
    string? Title,
    string Name,
    DemoOrganisation Organisation,
    IReadOnlyList<string> Roles,
    string Who,
    string Try,
    bool InDirectory
)
{
    /// <summary>Account.</summary>
    public Guid Id => DemoCast.IdOf(1, Number);

    /// <summary>Professional in the Directory module; null when the directory does not know them.</summary>
    public Guid? DirectoryPersonId => InDirectory ? DemoCast.IdOf(2, Number) : null;

    /// <summary>« Dr Amandine Roche ».</summary>
    public string FullName => Title is null ? Name : $"{Title}\u00A0{Name}";

    /// <summary>Sign-in address: firstname.lastname@demo.parceo.invalid.</summary>
    public string Email => DemoCast.EmailOf(Name);
}

/// <summary>An organisation of the demo world.</summary>
/// <param name="Number">Fixes its id.</param>
/// <param name="Parent">Its parent's number.</param>
/// <param name="Departements">Whole départements of its territory.</param>
/// <param name="Communes">Communes (INSEE codes) of its territory.</param>
public sealed record DemoOrganisation(
    int Number,
    OrganisationKind Kind,
    string Name,
    int? Parent,
    IReadOnlyList<string> Departements,
    IReadOnlyList<string> Communes
)
{
    /// <summary>Organisation.</summary>
    public Guid Id => DemoCast.IdOf(3, Number);
}

/// <summary>The fixed cast of the demo world, so that every module's part fits the others'. All fictional.</summary>
public static class DemoCast
{
    private static readonly string[] ValCommunes =
    [
        "57049",
        "57351",
        "57412",
        "57447",
        "57452",
        "57463",
        "57467",
        "57480",
        "57487",
        "57512",
        "57534",
        "57545",
        "57616",
        "57642",
        "57693",
        "57751",
    ];

    private static readonly string[] CretesCommunes =
    [
        "57033",
        "57050",
        "57056",
        "57071",
        "57113",
        "57114",
        "57119",
        "57175",
        "57180",
        "57255",
        "57280",
        "57299",
        "57304",
        "57310",
        "57314",
        "57318",
        "57320",
        "57321",
        "57324",
        "57333",
        "57344",
        "57362",
        "57382",
        "57407",
        "57414",
        "57500",
        "57505",
        "57509",
        "57518",
        "57544",
        "57566",
        "57629",
        "57630",
        "57637",
        "57680",
        "57713",
        "57756",
    ];

    /// <summary>CPTS du Val, around Metz.</summary>
    public static DemoOrganisation Val { get; } = new(1, Community, "CPTS du Val", null, [], ValCommunes);

    /// <summary>CPTS des Crêtes, around Sarrebourg.</summary>
    public static DemoOrganisation Cretes { get; } = new(2, Community, "CPTS des Crêtes", null, [], CretesCommunes);

    /// <summary>SAS 57, centre 15.</summary>
    public static DemoOrganisation Sas { get; } = new(3, AccessService, "SAS 57", null, ["57"], []);

    /// <summary>CH du Val.</summary>
    public static DemoOrganisation Hospital { get; } = new(4, OrganisationKind.Hospital, "CH du Val", null, [], ValCommunes);

    /// <summary>DAC 57.</summary>
    public static DemoOrganisation Dac { get; } = new(5, SupportUnit, "DAC 57", null, ["57"], []);

    /// <summary>MSP des Tilleuls, inside Val.</summary>
    public static DemoOrganisation Tilleuls { get; } = new(6, HealthHouse, "MSP des Tilleuls", 1, [], ["57463"]);

    /// <summary>ARS.</summary>
    public static DemoOrganisation Ars { get; } = new(7, Agency, "ARS Grand Est", null, ["57"], []);

    /// <summary>All organisations; parents first.</summary>
    public static IReadOnlyList<DemoOrganisation> Organisations { get; } = [Val, Cretes, Sas, Hospital, Dac, Tilleuls, Ars];

    /// <summary>GP, Metz, effector: 2 h on Tuesday and on Thursday.</summary>
    public static CastMember Roche { get; } =
        Doctor(
            1,
            "Amandine Roche",
            Val,
            [Roles.Professional, Roles.Effector],
            "généraliste à Metz, effectrice",
            "Publiez une plage et voyez une réservation arriver."
        );

    /// <summary>GP, Montigny-lès-Metz, effector: a range on Monday 14–16 h for 4 patients.</summary>
    public static CastMember Haddad { get; } =
        Doctor(
            2,
            "Bilal Haddad",
            Val,
            [Roles.Professional, Roles.Effector],
            "généraliste à Montigny-lès-Metz, effecteur",
            "Regardez votre plage de lundi se remplir."
        );

    /// <summary>GP, on leave this week.</summary>
    public static CastMember Petit { get; } =
        Doctor(
            3,
            "Claire Petit",
            Val,
            [Roles.Professional],
            "généraliste, en congé cette semaine",
            "Consultez l’annuaire de votre territoire."
        );

    /// <summary>GP, Woippy, effector; accepts over capacity.</summary>
    public static CastMember Weber { get; } =
        Doctor(
            4,
            "Sarah Weber",
            Val,
            [Roles.Professional, Roles.Effector],
            "généraliste à Woippy, effectrice",
            "Ajoutez un créneau pour ce soir."
        );

    /// <summary>Cardiologist, Metz.</summary>
    public static CastMember Morel { get; } =
        Doctor(5, "Denis Morel", Val, [Roles.Professional], "cardiologue à Metz", "Cherchez un confrère par nom ou par lieu.");

    /// <summary>Dermatologist, Crêtes.</summary>
    public static CastMember Kuhn { get; } =
        Doctor(6, "Rémi Kuhn", Cretes, [Roles.Professional], "dermatologue, CPTS des Crêtes", "Cherchez un confrère près de Sarrebourg.");

    /// <summary>Nurse (IDEL), Val.</summary>
    public static CastMember Faure { get; } =
        new(
            7,
            null,
            "Elsa Faure",
            Val,
            [Roles.Professional],
            "infirmière libérale, CPTS du Val",
            "Trouvez un médecin de votre secteur.",
            true
        );

    /// <summary>Pharmacist, Val.</summary>
    public static CastMember Zemmour { get; } =
        new(8, null, "Farid Zemmour", Val, [Roles.Professional], "pharmacien, CPTS du Val", "Trouvez un médecin de votre secteur.", true);

    /// <summary>Physiotherapist, Val.</summary>
    public static CastMember Noel { get; } =
        new(
            9,
            null,
            "Gaëlle Noël",
            Val,
            [Roles.Professional],
            "kinésithérapeute, CPTS du Val",
            "Trouvez un médecin de votre secteur.",
            true
        );

    /// <summary>Secretary, delegate of Dr Roche.</summary>
    public static CastMember Bost { get; } =
        new(
            10,
            null,
            "Jeanne Bost",
            Val,
            [Roles.Delegate],
            "secrétaire, déléguée du Dr\u00A0Roche",
            "Publiez un créneau pour le Dr\u00A0Roche.",
            false
        );

    /// <summary>Social worker, DAC 57.</summary>
    public static CastMember Lenoir { get; } =
        new(
            11,
            null,
            "Hugo Lenoir",
            Dac,
            [Roles.SocialProfessional],
            "assistant social, DAC\u00A057",
            "Cherchez un professionnel près d’un usager.",
            false
        );

    /// <summary>Coordination nurse, CH du Val.</summary>
    public static CastMember Carre { get; } =
        new(
            12,
            null,
            "Inès Carré",
            Hospital,
            [Roles.CoordinationNurse],
            "infirmière de coordination, CH du Val",
            "Préparez une sortie : trouvez une infirmière.",
            true
        );

    /// <summary>Coordinator of CPTS du Val, and its administrator.</summary>
    public static CastMember Sellami { get; } =
        new(
            13,
            null,
            "Karim Sellami",
            Val,
            [Roles.Coordinator, Roles.Administrator],
            "coordinateur, CPTS du Val",
            "Invitez un membre, donnez-lui un rôle.",
            false
        );

    /// <summary>Treasurer of CPTS du Val.</summary>
    public static CastMember Aubry { get; } =
        new(14, null, "Lise Aubry", Val, [Roles.Treasurer], "trésorière, CPTS du Val", "Parcourez l’annuaire de la communauté.", false);

    /// <summary>Data-protection officer of CPTS du Val.</summary>
    public static CastMember Caron { get; } =
        new(
            15,
            null,
            "Mireille Caron",
            Val,
            [Roles.PrivacyOfficer],
            "déléguée à la protection des données, CPTS du Val",
            "Voyez qui a accès à quoi.",
            false
        );

    /// <summary>Coordinator of CPTS des Crêtes, and its administrator.</summary>
    public static CastMember Tran { get; } =
        new(
            16,
            null,
            "Olivier Tran",
            Cretes,
            [Roles.Coordinator, Roles.Administrator],
            "coordinateur, CPTS des Crêtes",
            "Vérifiez que vous ne voyez rien du Val.",
            false
        );

    /// <summary>Regulating physician, SAS 57.</summary>
    public static CastMember Viel { get; } =
        Doctor(
            17,
            "Marc Viel",
            Sas,
            [Roles.Regulator, Roles.SasReferent],
            "médecin régulateur, SAS\u00A057",
            "Réservez le même créneau que Nadia, en même temps."
        );

    /// <summary>OSNP, SAS 57.</summary>
    public static CastMember Prat { get; } =
        new(
            18,
            null,
            "Nadia Prat",
            Sas,
            [Roles.Regulator],
            "opératrice au centre\u00A015, SAS\u00A057",
            "Trouvez un médecin à Metz et réservez en deux gestes.",
            false
        );

    /// <summary>ARS reader.</summary>
    public static CastMember Girard { get; } =
        new(
            19,
            null,
            "Paule Girard",
            Ars,
            [Roles.AgencyReader],
            "lectrice ARS",
            "Voyez ce qu’un financeur voit : rien de nominatif.",
            false
        );

    /// <summary>Single number desk, CPTS du Val.</summary>
    public static CastMember Klein { get; } =
        new(
            20,
            null,
            "Rosa Klein",
            Val,
            [Roles.SingleNumberDesk],
            "opératrice du numéro unique, CPTS du Val",
            "Ouvrez un dossier à Metz et réservez un créneau.",
            false
        );

    /// <summary>The whole cast.</summary>
    public static IReadOnlyList<CastMember> All { get; } =
    [
        Roche,
        Haddad,
        Petit,
        Weber,
        Morel,
        Kuhn,
        Faure,
        Zemmour,
        Noel,
        Bost,
        Lenoir,
        Carre,
        Sellami,
        Aubry,
        Caron,
        Tran,
        Viel,
        Prat,
        Girard,
        Klein,
    ];

    /// <summary>Fixed id: family 1 people, 2 professionals of the directory, 3 organisations, 4 and up for the modules' own things.</summary>
    public static Guid IdOf(int family, int number) => Guid.Parse($"0de30000-{family:x4}-7000-8000-{number:x12}");

    internal static string EmailOf(string name)
    {
        var plain = string.Concat(
            name.ToLowerInvariant()
                .Normalize(System.Text.NormalizationForm.FormD)
                .Where(c =>
                    System.Globalization.CharUnicodeInfo.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark
                )
        );
        return $"{plain.Replace(' ', '.')}@demo.parceo.invalid";
    }

    private static CastMember Doctor(int number, string name, DemoOrganisation organisation, string[] roles, string who, string attempt) =>
        new(number, "Dr", name, organisation, roles, who, attempt, InDirectory: true);
}
