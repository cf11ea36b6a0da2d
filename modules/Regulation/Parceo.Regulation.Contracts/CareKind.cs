namespace Parceo.Regulation.Contracts;

/// <summary>What kind of care an orientation asks for; each has a pool of its own. Stored by name.</summary>
public enum CareKind
{
    /// <summary>General practice.</summary>
    GeneralMedicine,

    /// <summary>Psychiatric extension of the SAS.</summary>
    Psychiatry,

    /// <summary>Geriatric extension of the SAS.</summary>
    Geriatrics,

    /// <summary>Direct admission to geriatrics, without the emergency department.</summary>
    GeriatricAdmission,

    /// <summary>SOS Médecins.</summary>
    SosMedecins,

    /// <summary>Maison médicale de garde.</summary>
    DutyHouse,

    /// <summary>Death certificate at home by a certified nurse.</summary>
    HomeDeathCertificate,
}
