using Parceo.Access.Contracts;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Ui;

namespace Parceo.Access.Pages;

/// <summary>Kinds of organisations and of proofs as people read them, roles to choose from.</summary>
internal static class AccessText
{
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
    [.. Enum.GetValues<OrganisationKind>().Where(Organisation.MayBeMadeBelow).Select(k => new Choice(k.ToString(), Of(k)))];

    public static IReadOnlyList<Choice> Roles { get; } = [.. Parceo.Roles.All.Select(r => new Choice(r, RoleText.Of(r)))];

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

    /// <summary>The first instant of a day typed or picked as <c>yyyy-MM-dd</c>; null when empty, unreadable or at the ends of time.</summary>
    public static DateTimeOffset? StartOf(string? day, string zone) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", out var date) && date.Year is > 1900 and < 9000 ? LocalTime.StartOfDay(date, zone) : null;
}
