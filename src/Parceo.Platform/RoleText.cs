namespace Parceo.Platform;

/// <summary>Roles as people read them: one name each, on every page.</summary>
public static class RoleText
{
    // The most telling first: who has several is named by it in the shell.
    private static readonly (string Role, string Name)[] Names =
    [
        (Roles.Regulator, "Régulation"),
        (Roles.SasReferent, "Référent du SAS"),
        (Roles.SingleNumberDesk, "Numéro unique"),
        (Roles.Effector, "Effecteur du SAS"),
        (Roles.Professional, "Professionnel de santé"),
        (Roles.Delegate, "Secrétariat, par délégation"),
        (Roles.Coordinator, "Coordination"),
        (Roles.Treasurer, "Bureau, trésorerie"),
        (Roles.ProjectLead, "Pilotage de projet"),
        (Roles.SupportCoordinator, "Coordination d’appui (DAC)"),
        (Roles.CoordinationNurse, "Infirmerie de coordination"),
        (Roles.SocialProfessional, "Travail social ou médico-social"),
        (Roles.AgencyReader, "Lecture ARS, CPAM"),
        (Roles.Administrator, "Administration"),
        (Roles.PrivacyOfficer, "Protection des données"),
    ];

    /// <summary>One role.</summary>
    public static string Of(string role) => Array.Find(Names, n => n.Role == role).Name ?? role;

    /// <summary>All of them.</summary>
    public static string Of(IEnumerable<string> roles) => string.Join(", ", roles.Select(Of));

    /// <summary>The most telling of them; nothing when there is none.</summary>
    public static string First(IReadOnlyCollection<string> roles) => Array.Find(Names, n => roles.Contains(n.Role)).Name ?? "";
}
