namespace Parceo.SecureMail.Domain;

/// <summary>A line of the national extraction <c>Extraction_Correspondance_MSSante</c>: public data.</summary>
internal sealed class BookAddress
{
    private BookAddress() { }

    /// <param name="address">Lower case; the only key of the extraction.</param>
    /// <param name="isPersonal">PER, else ORG.</param>
    /// <param name="nationalId">IDNPS of the professional; null for ORG.</param>
    /// <param name="name">As shown.</param>
    /// <param name="structure">Name of the structure, or null.</param>
    /// <param name="town">Postal code and town, or null.</param>
    /// <param name="folded">Name as searched.</param>
    /// <param name="run">The import that last saw it.</param>
    public BookAddress(
        string address,
        bool isPersonal,
        string? nationalId,
        string name,
        string? structure,
        string? town,
        string folded,
        long run
    )
    {
        Address = address;
        IsPersonal = isPersonal;
        NationalId = nationalId;
        Name = name;
        Structure = structure;
        Town = town;
        Folded = folded;
        Run = run;
    }

    /// <summary>Lower case.</summary>
    public string Address { get; private set; } = "";

    /// <summary>PER, else ORG.</summary>
    public bool IsPersonal { get; private set; }

    /// <summary>IDNPS of the professional.</summary>
    public string? NationalId { get; private set; }

    /// <summary>As shown.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Name of the structure.</summary>
    public string? Structure { get; private set; }

    /// <summary>Postal code and town.</summary>
    public string? Town { get; private set; }

    /// <summary>Name as searched: a–z, 0–9, single spaces.</summary>
    public string Folded { get; private set; } = "";

    /// <summary>The import that last saw it.</summary>
    public long Run { get; private set; }

    /// <summary>Seen again, perhaps with another name.</summary>
    public void Renew(BookAddress seen)
    {
        IsPersonal = seen.IsPersonal;
        NationalId = seen.NationalId;
        Name = seen.Name;
        Structure = seen.Structure;
        Town = seen.Town;
        Folded = seen.Folded;
        Run = seen.Run;
    }
}
