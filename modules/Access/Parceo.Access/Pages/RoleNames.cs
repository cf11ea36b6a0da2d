using Parceo.Access.Contracts;
using Parceo.Platform;
using Parceo.Ui;

namespace Parceo.Access.Pages;

/// <summary>Roles, kinds and permissions as people read them.</summary>
internal static class RoleNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [Roles.Coordinator] = "Coordination",
        [Roles.Treasurer] = "Bureau, trésorerie",
        [Roles.ProjectLead] = "Pilotage de projet",
        [Roles.Professional] = "Professionnel de santé",
        [Roles.Effector] = "Effecteur du SAS",
        [Roles.Delegate] = "Délégataire (secrétariat)",
        [Roles.Regulator] = "Régulation (médecin, OSNP)",
        [Roles.SingleNumberDesk] = "Numéro unique",
        [Roles.SasReferent] = "Référent territorial du SAS",
        [Roles.SupportCoordinator] = "Coordination d’appui (DAC)",
        [Roles.CoordinationNurse] = "Infirmerie de coordination",
        [Roles.SocialProfessional] = "Professionnel social ou médico-social",
        [Roles.AgencyReader] = "Lecture ARS, CPAM",
        [Roles.Administrator] = "Administration",
        [Roles.PrivacyOfficer] = "Protection des données",
    };

    public static string Of(string role) => Names.GetValueOrDefault(role, role);

    public static string Of(IEnumerable<string> roles) => string.Join(", ", roles.Select(Of));

    public static IReadOnlyList<Choice> Choices { get; } = [.. Roles.All.Select(r => new Choice(r, Of(r)))];

    public static string Of(OrganisationKind kind) =>
        kind switch
        {
            OrganisationKind.Community => "CPTS",
            OrganisationKind.HealthHouse => "MSP",
            OrganisationKind.HealthCentre => "Centre de santé",
            OrganisationKind.PrimaryCareTeam => "ESP",
            OrganisationKind.SupportUnit => "DAC",
            OrganisationKind.AccessService => "SAS",
            OrganisationKind.Hospital => "Établissement de santé",
            OrganisationKind.Agency => "ARS, CPAM",
            _ => "",
        };

    public static IReadOnlyList<Choice> Kinds { get; } =
    [.. Enum.GetValues<OrganisationKind>().Select(k => new Choice(k.ToString(), Of(k)))];

    /// <summary>How somebody signed in.</summary>
    public static string Means(string means) =>
        means switch
        {
            "pwd" => "mot de passe",
            "pwd+totp" => "mot de passe et code",
            "pwd+recovery" => "mot de passe et code de secours",
            "passkey" => "clé d’accès",
            "demo" => "démonstration",
            _ => means,
        };
}

/// <summary>Dates as people read them, in the zone of their organisation.</summary>
internal static class When
{
    private static readonly System.Globalization.CultureInfo French = System.Globalization.CultureInfo.GetCultureInfo("fr-FR");

    public static string Day(DateTimeOffset at, string zone) => LocalTime.In(at, zone).ToString("d MMMM yyyy", French);

    public static string Moment(DateTimeOffset at, string zone) => LocalTime.In(at, zone).ToString("d MMMM, HH\u00A0'h'\u00A0mm", French);

    /// <summary>The first instant of a day typed or picked as <c>yyyy-MM-dd</c>; null when empty or unreadable.</summary>
    public static DateTimeOffset? StartOf(string? day, string zone) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", out var date) ? LocalTime.StartOfDay(date, zone) : null;
}
