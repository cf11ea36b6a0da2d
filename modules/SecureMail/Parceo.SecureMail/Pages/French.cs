using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Operator;
using Parceo.Ui;

namespace Parceo.SecureMail.Pages;

/// <summary>The module's words.</summary>
internal static class French
{
    /// <summary>Where a mail stands, for its tag.</summary>
    public static (StatusKind Kind, string Text) State(MailState state, string? code) =>
        state switch
        {
            MailState.Waiting => (StatusKind.Due, code is null ? "En cours d’envoi" : "En attente"),
            MailState.Sent => (StatusKind.Accent, "Envoyé"),
            MailState.Received => (StatusKind.Done, "Reçu"),
            MailState.Refused => (StatusKind.Alert, "Refusé"),
            MailState.Bounced => (StatusKind.Alert, "Non remis"),
            MailState.IntegrationError => (StatusKind.Alert, "Non intégré"),
            _ => (StatusKind.Alert, "Abandonné"),
        };

    /// <summary>What that means, and what to do.</summary>
    public static string Why(MailState state, string? code, ErrorTexts texts) =>
        state switch
        {
            MailState.Waiting when code is not null && texts.Knows(code) => texts.Of(code),
            MailState.Waiting when code is not null => $"L’opérateur demande de patienter (réponse {code}). Le message repart tout seul.",
            MailState.Waiting => "Le message part dans un instant.",
            MailState.Sent => "L’opérateur l’a pris en charge.",
            MailState.Received => "Le logiciel du destinataire l’a reçu.",
            MailState.Refused when code == "552" =>
                "L’opérateur l’a refusé : message trop volumineux. Retirez une pièce jointe et écrivez un nouveau message.",
            MailState.Refused when code is "550" or "551" or "553" or "554" =>
                $"L’opérateur l’a refusé (réponse {code}) : vérifiez l’adresse du destinataire.",
            MailState.Refused when code is not null && texts.Knows(code) => texts.Of(code),
            MailState.Refused => $"L’opérateur l’a refusé (réponse {code}).",
            MailState.Bounced =>
                $"Le message n’a pas pu être remis{(code is null ? "" : $" (code {code})")} : la boîte n’existe pas ou n’accepte rien. Vérifiez l’adresse, ou prévenez le destinataire.",
            MailState.IntegrationError =>
                $"Le logiciel du destinataire n’a pas pu l’intégrer : {Integration(code)}. Prévenez le destinataire par un autre moyen.",
            MailState.GivenUp when code == InspectionWorker.Silent =>
                "L’antivirus n’a pas répondu pendant trois jours : le message n’est pas parti. Vous pouvez le renvoyer.",
            _ => "L’opérateur n’a pas répondu pendant trois jours. Vous pouvez le renvoyer.",
        };

    /// <summary>Kind of a mailbox.</summary>
    public static string Of(MailboxKind kind) =>
        kind switch
        {
            MailboxKind.App => "applicative",
            MailboxKind.Org => "d’organisation",
            _ => "personnelle",
        };

    private static string Integration(string? code) =>
        code switch
        {
            "900" => "version du document non prise en charge",
            "901" => "auteur non autorisé",
            "902" => "patient inconnu chez lui",
            "903" => "identité nationale de santé absente",
            "904" => "identité nationale de santé différente",
            null => "raison non précisée",
            _ => $"code {code}",
        };
}
