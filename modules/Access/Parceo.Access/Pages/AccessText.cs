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

    public static IReadOnlyList<Choice> Roles { get; } = Choices(Parceo.Roles.All);

    /// <summary>Roles to choose from.</summary>
    public static IReadOnlyList<Choice> Choices(IEnumerable<string> roles) => [.. roles.Select(r => new Choice(r, RoleText.Of(r)))];

    /// <summary>A field of a form, by its name; those of other modules are named in French.</summary>
    public static string OfField(string name) =>
        name switch
        {
            "Actions" => "Peut",
            "Added" or "Communes" => "Communes",
            "Candidate" or "PractitionerText" => "Professionnel",
            "Days" => "Durée, en jours",
            "Departements" => "Départements",
            "Email" or "Emails" => "Adresse e-mail",
            "From" => "À partir du",
            "Until" or "End" => "Jusqu’au",
            "Kind" => "Genre",
            "Name" or "KeyName" => "Nom",
            "People" => "Personnes à inviter",
            "Role" => "Rôle",
            "Title" => "Titre",
            "TokenName" => "À quoi il servira",
            _ => FrenchText.Capital(name.EndsWith("Text", StringComparison.Ordinal) ? name[..^4] : name),
        };

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
