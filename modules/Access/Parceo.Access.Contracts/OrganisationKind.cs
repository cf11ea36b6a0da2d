namespace Parceo.Access.Contracts;

/// <summary>Kinds of organisations (domain specification, section 1). Stored by number: append only.</summary>
public enum OrganisationKind
{
    /// <summary>CPTS.</summary>
    Community = 1,

    /// <summary>MSP.</summary>
    HealthHouse = 2,

    /// <summary>CDS.</summary>
    HealthCentre = 3,

    /// <summary>ESP.</summary>
    PrimaryCareTeam = 4,

    /// <summary>DAC.</summary>
    SupportUnit = 5,

    /// <summary>SAS, centre 15.</summary>
    AccessService = 6,

    /// <summary>Hospital.</summary>
    Hospital = 7,

    /// <summary>ARS, CPAM.</summary>
    Agency = 8,
}
