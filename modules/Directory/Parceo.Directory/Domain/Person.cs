namespace Parceo.Directory.Domain;

/// <summary>
/// A professional of the national directory, one per national identification. Two numbers of one human being are two
/// people here: they are never merged by themselves.
/// </summary>
internal sealed class Person
{
    /// <summary>Made from the national identification: the same at every import and on every machine.</summary>
    public required Guid Id { get; init; }

    /// <summary>IDNPS: « 8 » + RPPS or « 0 » + ADELI.</summary>
    public required string NationalId { get; init; }

    /// <summary>Family name in exercise, as received, cleaned.</summary>
    public required string FamilyName { get; init; }

    /// <summary>First name in exercise; may be empty.</summary>
    public required string GivenName { get; init; }

    /// <summary>M, MME, MLLE or empty.</summary>
    public required string Civility { get; init; }

    /// <summary>DR, PR, MC… or empty.</summary>
    public required string ExerciseTitle { get; init; }

    /// <summary>Folded « family given »: order of lists, and what further words of a search are looked for in.</summary>
    public required string SortKey { get; init; }

    /// <summary>Fingerprint of the lines the person was made from; an equal one is not written again.</summary>
    public required long ContentHash { get; init; }

    /// <summary>Where the person comes from.</summary>
    public PersonOrigin Origin { get; private set; }

    /// <summary>When an import last changed anything of the person.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Set when the person is no longer in the national file: hidden, kept for what refers to it.</summary>
    public DateTimeOffset? GoneAt { get; private set; }

    /// <summary>Says which import wrote the person, and when.</summary>
    public void Stamp(PersonOrigin origin, DateTimeOffset now) => (Origin, ChangedAt) = (origin, now);

    /// <summary>What the person does, and where.</summary>
    public List<Activity> Activities { get; init; } = [];
}

/// <summary>Where a person comes from. A national file makes only the people of national files disappear.</summary>
internal enum PersonOrigin
{
    /// <summary>The national open data.</summary>
    National,

    /// <summary>The demonstration world.</summary>
    Demo,
}

/// <summary>One activity of a person: a profession exercised in a way, at a structure or at none.</summary>
internal sealed class Activity
{
    /// <summary>Made from the person and what distinguishes the activity: other modules may keep it.</summary>
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>The person's <see cref="Person.SortKey"/>, so that a profession's list comes in order from one index.</summary>
    public required string SortKey { get; init; }

    /// <summary>TRE_G15, R94, R95 or R291.</summary>
    public required string ProfessionCode { get; init; }

    /// <summary>Received label, when the code is not in our nomenclature.</summary>
    public string? ProfessionLabel { get; init; }

    /// <summary>C civil, E student, M military, F public servant.</summary>
    public required string CategoryCode { get; init; }

    /// <summary>L self-employed, S employed, B volunteer; may be empty.</summary>
    public required string ModeCode { get; init; }

    /// <summary>TRE_R02, may be empty.</summary>
    public required string SectorCode { get; init; }

    /// <summary>Received label, when the code is not in our nomenclature.</summary>
    public string? SectorLabel { get; init; }

    /// <summary>Section of the pharmacists' order, may be empty.</summary>
    public required string SectionCode { get; init; }

    /// <summary>TRE_R21, may be empty.</summary>
    public required string RoleCode { get; init; }

    /// <summary>Received label, when the code is not in our nomenclature.</summary>
    public string? RoleLabel { get; init; }

    /// <summary>TRE_R22, may be empty.</summary>
    public required string KindCode { get; init; }

    /// <summary>Technical id of the structure in the national directory; null for an activity without structure.</summary>
    public string? StructureKey { get; init; }

    /// <summary>Name of the structure: its sign, else its legal name.</summary>
    public string? StructureName { get; init; }

    /// <summary>FINESS of the site.</summary>
    public string? Finess { get; init; }

    /// <summary>FINESS of the legal entity.</summary>
    public string? FinessLegal { get; init; }

    /// <summary>SIRET of the site.</summary>
    public string? Siret { get; init; }

    /// <summary>Whether a FINESS or SIRET above fails its check digit; the line is kept.</summary>
    public bool HasInvalidStructureId { get; init; }

    /// <summary>Street line: number, repetition, type and name.</summary>
    public string? Street { get; init; }

    /// <summary>Building, floor, addressee, PO box: what goes above or below the street.</summary>
    public string? AddressExtra { get; init; }

    /// <summary>Postal code as received.</summary>
    public string? PostalCode { get; init; }

    /// <summary>INSEE code of the commune we located; null abroad or unknown.</summary>
    public string? CommuneCode { get; init; }

    /// <summary>Name of the commune (ours when located, else as received).</summary>
    public string? Commune { get; init; }

    /// <summary>Département of the commune.</summary>
    public string? Departement { get; init; }

    /// <summary>Country, when it is not France.</summary>
    public string? Country { get; init; }

    /// <summary>Phone as received.</summary>
    public string? Phone { get; init; }

    /// <summary>Second phone as received.</summary>
    public string? Phone2 { get; init; }

    /// <summary>Fax as received.</summary>
    public string? Fax { get; init; }

    /// <summary>Ordinary e-mail address, never a secure one.</summary>
    public string? Email { get; init; }

    /// <summary>Latitude of the commune's middle: the national file gives no finer point.</summary>
    public double? Latitude { get; init; }

    /// <summary>Longitude of the commune's middle.</summary>
    public double? Longitude { get; init; }

    /// <summary>The 10 km cell of the point, for searches by distance.</summary>
    public int? Cell { get; init; }

    /// <summary>Savoir-faire shown with this activity.</summary>
    public List<Skill> Skills { get; init; } = [];
}

/// <summary>A savoir-faire shown with an activity.</summary>
internal sealed class Skill
{
    public required Guid ActivityId { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>« SM54 »…</summary>
    public required string Code { get; init; }

    /// <summary>S, C, CEX, CAPA…</summary>
    public required string Type { get; init; }

    /// <summary>Received label, when the code is not in our nomenclature.</summary>
    public string? Label { get; init; }

    /// <summary>The activity's cell, so that « cardiologists near here » is one index.</summary>
    public int? Cell { get; init; }

    /// <summary>The person's sort key, so that « all cardiologists » comes in order.</summary>
    public required string SortKey { get; init; }
}
