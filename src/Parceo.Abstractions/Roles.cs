namespace Parceo;

/// <summary>
/// The roles a membership can carry (the actors of the domain specification, section 2). Modules say which of their
/// permissions each role grants; people never hold a permission directly.
/// </summary>
public static class Roles
{
    /// <summary>Coordinator of a community (C).</summary>
    public const string Coordinator = "coordinator";

    /// <summary>Bureau member or treasurer (B).</summary>
    public const string Treasurer = "treasurer";

    /// <summary>Project lead (L).</summary>
    public const string ProjectLead = "project_lead";

    /// <summary>Health professional, member (H).</summary>
    public const string Professional = "professional";

    /// <summary>Effector of the SAS: publishes slots (E).</summary>
    public const string Effector = "effector";

    /// <summary>Delegate, usually a secretary, acting for named professionals (G).</summary>
    public const string Delegate = "delegate";

    /// <summary>Regulating physician or SNP operator, OSNP (R).</summary>
    public const string Regulator = "regulator";

    /// <summary>Single-number desk of a community: orients like a regulator, inside its own territory.</summary>
    public const string SingleNumberDesk = "single_number_desk";

    /// <summary>Territorial referent of the SAS (T).</summary>
    public const string SasReferent = "sas_referent";

    /// <summary>Coordinator of a support unit, DAC (K).</summary>
    public const string SupportCoordinator = "support_coordinator";

    /// <summary>Hospital or coordination nurse (N).</summary>
    public const string CoordinationNurse = "coordination_nurse";

    /// <summary>Social or médico-social professional (M).</summary>
    public const string SocialProfessional = "social_professional";

    /// <summary>Reader for the ARS or the CPAM (A): aggregates only.</summary>
    public const string AgencyReader = "agency_reader";

    /// <summary>Administrator of an organisation (D).</summary>
    public const string Administrator = "administrator";

    /// <summary>Data-protection officer (D).</summary>
    public const string PrivacyOfficer = "privacy_officer";

    /// <summary>Whether whoever holds it reaches patients' data: others are told when it is given (S25).</summary>
    public static bool IsCare(string role) =>
        role is not (Coordinator or Treasurer or ProjectLead or AgencyReader or Administrator or PrivacyOfficer);

    /// <summary>Every role, in a fixed order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Coordinator,
        Treasurer,
        ProjectLead,
        Professional,
        Effector,
        Delegate,
        Regulator,
        SasReferent,
        SupportCoordinator,
        CoordinationNurse,
        SocialProfessional,
        AgencyReader,
        Administrator,
        PrivacyOfficer,
        SingleNumberDesk,
    ];
}
