namespace Parceo.Directory.Import;

/// <summary>The 56 columns of « PS_LibreAcces_Personne_activite », in the national order (file of October 2026).</summary>
internal enum RppsColumn
{
    IdentifierType, Identifier, NationalId,
    ExerciseTitleCode, ExerciseTitle, CivilityCode, Civility, FamilyName, GivenName,
    ProfessionCode, Profession, CategoryCode, Category,
    SkillTypeCode, SkillType, SkillCode, Skill,
    ModeCode, Mode,
    Siret, Siren, Finess, FinessLegal, StructureKey, StructureName, StructureSign,
    AddresseeExtra, PlaceExtra, StreetNumber, StreetRepeat, StreetTypeCode, StreetType, Street, Distribution, PostalLine,
    PostalCode, CommuneCode, Commune, CountryCode, Country,
    Phone, Phone2, Fax, Email,
    DepartementCode, Departement, FormerStructureId, Authority,
    SectorCode, Sector, SectionCode, Section, RoleCode, Role, KindCode, Kind,
}

/// <summary>Header labels of <see cref="RppsColumn"/> and which of them a file cannot lack.</summary>
internal static class RppsColumns
{
    private static readonly string[] Labels =
    [
        "Type d'identifiant PP", "Identifiant PP", "Identification nationale PP",
        "Code civilité d'exercice", "Libellé civilité d'exercice", "Code civilité", "Libellé civilité", "Nom d'exercice", "Prénom d'exercice",
        "Code profession", "Libellé profession", "Code catégorie professionnelle", "Libellé catégorie professionnelle",
        "Code type savoir-faire", "Libellé type savoir-faire", "Code savoir-faire", "Libellé savoir-faire",
        "Code mode exercice", "Libellé mode exercice",
        "Numéro SIRET site", "Numéro SIREN site", "Numéro FINESS site", "Numéro FINESS établissement juridique",
        "Identifiant technique de la structure", "Raison sociale site", "Enseigne commerciale site",
        "Complément destinataire (coord. structure)", "Complément point géographique (coord. structure)", "Numéro Voie (coord. structure)",
        "Indice répétition voie (coord. structure)", "Code type de voie (coord. structure)", "Libellé type de voie (coord. structure)",
        "Libellé Voie (coord. structure)", "Mention distribution (coord. structure)", "Bureau cedex (coord. structure)",
        "Code postal (coord. structure)", "Code commune (coord. structure)", "Libellé commune (coord. structure)",
        "Code pays (coord. structure)", "Libellé pays (coord. structure)",
        "Téléphone (coord. structure)", "Téléphone 2 (coord. structure)", "Télécopie (coord. structure)", "Adresse e-mail (coord. structure)",
        "Code Département (structure)", "Libellé Département (structure)", "Ancien identifiant de la structure", "Autorité d'enregistrement",
        "Code secteur d'activité", "Libellé secteur d'activité", "Code section tableau pharmaciens", "Libellé section tableau pharmaciens",
        "Code rôle", "Libellé rôle", "Code genre activité", "Libellé genre activité",
    ];

    /// <summary>Number of known columns.</summary>
    public const int Count = (int)RppsColumn.Kind + 1;

    /// <summary>Columns since 2018; the eight after them were appended in 2021 and 2025, and older files go without.</summary>
    public const int RequiredCount = (int)RppsColumn.Authority + 1;

    /// <summary>The label of a column as the national file writes it.</summary>
    public static string Label(RppsColumn column) => Labels[(int)column];
}
