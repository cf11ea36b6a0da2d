using System.Text.Json;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;

namespace Parceo.Messaging.Pages;

/// <summary>What the chat island says, sent with its pages only; refusals of the server are under « ! » + code.</summary>
internal static class ChatWords
{
    private static readonly string[] MailCodes =
    [
        "mail_no_operator",
        "mail_no_mailbox",
        "mail_no_domains",
        "mailbox_closed",
        "mail_ordinary_refused",
        "mail_patient_refused",
        "mail_file_refused",
        "mail_file_infected",
        "mail_too_large",
        "mail_too_many_files",
    ];

    private static readonly string[] Codes =
    [
        "conversation_unknown",
        "entry_invalid",
        "entry_target_unknown",
        "entry_not_yours",
        "message_text_invalid",
        "message_empty",
        "mention_unknown",
        "emoji_invalid",
        "priority_too_many",
        "already_taken",
        "not_taken_by_you",
        "topic_unknown",
        "file_unknown",
        "files_too_many",
        "guest_may_not",
        // A message by MSSanté that could not leave says why.
        .. MailCodes,
    ];

    private static readonly Dictionary<string, string> French = new()
    {
        ["you"] = "Vous",
        ["somebody"] = "Quelqu’un",
        ["today"] = "Aujourd’hui",
        ["yesterday"] = "Hier",
        ["people"] = "Personnes de la conversation",
        ["sending"] = "Envoi…",
        ["sent"] = "Envoyé",
        ["read"] = "Lu",
        ["readBy"] = "Lu par {0} sur {1}",
        ["kept"] = "Gardé, part dès le retour du réseau",
        ["retry"] = "Réessayer",
        ["discard"] = "Jeter",
        ["takeBack"] = "Reprendre le texte",
        ["refused"] = "Refusé. Votre texte est gardé.",
        ["edited"] = "modifié",
        ["deleted"] = "Message supprimé",
        ["deleting"] = "Suppression…",
        ["deletedToast"] = "Message supprimé pour tous.",
        ["undo"] = "Annuler",
        ["priority"] = "Prioritaire, accusé demandé",
        ["waitingFor"] = "{0}",
        ["confirm"] = "Accuser réception",
        ["take"] = "Je m’en occupe",
        ["release"] = "Je ne m’en occupe plus",
        ["takenBy"] = "{0} s’en occupe",
        ["takenByMe"] = "Vous vous en occupez",
        ["reply"] = "Répondre",
        ["replyTo"] = "Répondre à {0}",
        ["cancelReply"] = "Ne plus répondre à ce message",
        ["edit"] = "Modifier",
        ["editing"] = "Modifier le message",
        ["cancelEdit"] = "Abandonner la modification",
        ["delete"] = "Supprimer",
        ["copy"] = "Copier le texte",
        ["copied"] = "Texte copié",
        ["actions"] = "Actions sur le message",
        ["actionsOf"] = "Actions\u00A0: {0}",
        ["react"] = "Réagir",
        ["reactWith"] = "Réagir {0}",
        ["otherEmoji"] = "Autre réaction, un émoji",
        ["guest"] = "Invité",
        ["voice"] = "Message vocal",
        ["olderQuote"] = "Voir le message d’origine",
        ["gone"] = "Ce message n’existe plus.",
        ["notReached"] = "Sans réseau, ce message ne peut être affiché.",
        ["newOne"] = "1 nouveau message",
        ["newMany"] = "{0} nouveaux messages",
        ["toEnd"] = "Derniers messages",
        ["unreadFrom"] = "Nouveaux messages",
        ["typing"] = "{0} écrit…",
        ["typingMany"] = "{0} écrivent…",
        ["present"] = " en ligne",
        // What happened: of somebody else, « -me » of oneself, « -to-me » where it is done to oneself.
        ["e-join"] = "{0} a rejoint la conversation",
        ["e-join-me"] = "Vous avez rejoint la conversation",
        ["e-add"] = "{0} a ajouté {1}",
        ["e-add-me"] = "Vous avez ajouté {1}",
        ["e-add-to-me"] = "{0} vous a ajouté",
        ["e-leave"] = "{0} a quitté la conversation",
        ["e-leave-me"] = "Vous avez quitté la conversation",
        ["e-remove"] = "{0} a retiré {1}",
        ["e-remove-me"] = "Vous avez retiré {1}",
        ["e-remove-to-me"] = "{0} vous a retiré",
        ["e-title"] = "{0} a renommé la conversation\u00A0: {1}",
        ["e-title-me"] = "Vous avez renommé la conversation\u00A0: {1}",
        ["e-topic"] = "{0} a ouvert le sujet\u00A0: {1}",
        ["e-topic-me"] = "Vous avez ouvert le sujet\u00A0: {1}",
        ["e-resolve"] = "{0} a clos le sujet {1}",
        ["e-resolve-me"] = "Vous avez clos le sujet {1}",
        ["e-reopen"] = "{0} a rouvert le sujet {1}",
        ["e-reopen-me"] = "Vous avez rouvert le sujet {1}",
        ["e-assign"] = "{0} a confié le fil à {1}",
        ["e-assign-me"] = "Vous avez confié le fil à {1}",
        ["e-assign-to-me"] = "{0} vous a confié le fil",
        ["e-charge"] = "{0} s’en charge",
        ["e-charge-me"] = "Vous vous en chargez",
        ["e-unassign"] = "{0} a remis le fil à tous",
        ["e-unassign-me"] = "Vous avez remis le fil à tous",
        ["e-done"] = "{0} a terminé le fil",
        ["e-done-me"] = "Vous avez terminé le fil",
        ["e-undone"] = "{0} a repris le fil",
        ["e-undone-me"] = "Vous avez repris le fil",
        ["e-mail"] = "{0} a écrit par MSSanté à {1}",
        ["e-mail-me"] = "Vous avez écrit par MSSanté à {1}",
        ["removedFrom"] = "Vous n’êtes plus dans cette conversation.",
        ["tooLong"] = "Un message tient en 8\u202F000 caractères.",
        ["filePending"] = "Le fichier est en cours de vérification. Envoyez dans un instant.",
        ["fileReady"] = "{0} est prêt",
        ["fileFailed"] = "n’est pas arrivé\u00A0: le réseau a manqué",
        ["fileTooBig"] = "pèse {0}\u202F; un fichier pèse 20\u00A0Mo au plus",
        ["filesTooMany"] = "de trop\u202F; un message porte dix fichiers au plus",
        ["fileTry"] = "Réessayer",
        ["refusedOne"] = "Un fichier ne part pas\u00A0: {0}. Envoyer sans lui\u202F?",
        ["refusedMany"] = "{0} ne partent pas. Envoyer sans eux\u202F?",
        ["topicFailed"] = "Le sujet n’a pas pu s’ouvrir. Votre texte est gardé.",
        ["sendWithout"] = "Envoyer sans",
        ["sendNot"] = "Ne pas envoyer",
        ["fileRefused"] = "Refusé par l’analyse",
        ["fileChecking"] = "vérification…",
        ["removeFile"] = "Retirer {0}",
        ["searchFailed"] = "La recherche n’a pas abouti. Votre saisie est gardée.",
        ["searchOn"] = "Chercher plus loin",
        ["withThem"] = "Conversations",
        ["foundNone"] = "Aucun message trouvé",
        ["foundOne"] = "1 message trouvé",
        ["foundMany"] = "{0} messages trouvés",
        ["voiceOf"] = "Message vocal, {0}",
        ["download"] = "Télécharger",
        ["previousFile"] = "Fichier précédent",
        ["nextFile"] = "Fichier suivant",
        ["closeFile"] = "Fermer le fichier",
        ["fileOf"] = "{0}, {1} sur {2}",
        ["fileOpening"] = "Ouverture…",
        ["fileUnshown"] = "Ce fichier ne s’affiche pas ici. Téléchargez-le pour l’ouvrir.",
        ["pageOf"] = "Page {0} sur {1}",
        ["firstPages"] = "Les {0} premières pages sont affichées. Pour lire les autres\u00A0:",
        ["voiceOn"] = "Enregistrement d’un message vocal",
        ["voiceBegun"] = "Enregistrement en cours. Entrée pour joindre, Échap pour annuler.",
        ["voiceSoon"] = "Il reste {0} secondes.",
        ["voiceCancel"] = "Annuler",
        ["voiceKeep"] = "Joindre",
        ["voiceKept"] = "Message vocal joint. Envoyez quand vous voulez.",
        ["voiceCancelled"] = "Enregistrement annulé",
        ["voiceDenied"] = "Le micro est bloqué. Autorisez-le dans le navigateur.",
        ["voiceFailed"] = "Aucun micro utilisable. Vérifiez qu’il est branché.",
        ["away"] = "absent",
        ["awayCovered"] = "absent, relais\u00A0: {0}",
        ["noAccount"] = "sans compte, écrire par MSSanté",
        ["outside"] = "Par MSSanté",
        ["mailTo"] = "Par MSSanté à {0}, {1}",
        ["mail-waiting"] = "Attend l’opérateur",
        ["mail-sent"] = "Pris en charge par l’opérateur",
        ["mail-received"] = "Reçu par le logiciel du destinataire",
        ["mail-refused"] = "Refusé par l’opérateur",
        ["mail-bounced"] = "Non remis\u00A0: vérifiez l’adresse",
        ["mail-integrationError"] = "Arrivé, mais non intégré par le logiciel du destinataire",
        ["mail-givenUp"] = "Abandonné\u00A0: il n’a pas pu partir en trois jours",
        ["answerByMail"] = "Répondre par MSSanté",
        ["mailFilesOne"] = "1 pièce jointe, dans la boîte MSSanté",
        ["mailFilesMany"] = "{0} pièces jointes, dans la boîte MSSanté",
        ["removeRecipient"] = "Retirer {0}",
        ["recipientAdded"] = "{0} ajouté aux destinataires",
    };

    /// <summary>What happened besides messages, in a sentence that agrees with whoever reads it; as the island says it (lines.ts).</summary>
    public static string Event(ListHistory.Line line, Guid me, Func<Guid, string> nameOf, Func<Guid, string?> topicOf)
    {
        var itself = line.Person == line.By;
        var (key, what) = line.Kind switch
        {
            EntryKind.Join => itself ? ("join", "") : ("add", Person()),
            EntryKind.Leave => itself ? ("leave", "") : ("remove", Person()),
            EntryKind.Title => ("title", line.Title ?? ""),
            EntryKind.Topic => ("topic", line.Title ?? ""),
            EntryKind.Resolve => ("resolve", Topic()),
            EntryKind.Reopen => ("reopen", Topic()),
            EntryKind.Assign when line.Person is null => ("unassign", ""),
            EntryKind.Assign => itself ? ("charge", "") : ("assign", Person()),
            EntryKind.Done => ("done", ""),
            EntryKind.Undone => ("undone", ""),
            EntryKind.Mail => ("mail", line.Mail?.Name ?? ""),
            _ => ("", ""),
        };
        return key.Length == 0
            ? ""
            : French[$"e-{key}{(line.By == me ? "-me" : line.Person == me && key is ("add" or "remove" or "assign") ? "-to-me" : "")}"]
                .Replace("{0}", nameOf(line.By), StringComparison.Ordinal)
                .Replace("{1}", what, StringComparison.Ordinal)
                .Trim();

        string Person() => line.Person is { } id ? nameOf(id) : "";
        string Topic() => line.Topic is { } id ? topicOf(id) ?? "" : "";
    }

    /// <summary>Where a message by MSSanté stands, as the island says it.</summary>
    public static string Mail(MailState state, string? code, ErrorTexts texts) =>
        state == MailState.Refused && code is { Length: > 0 } && char.IsAsciiLetterLower(code[0]) && texts.Knows(code)
            ? texts.Of(code)
            : French[$"mail-{JsonNamingPolicy.CamelCase.ConvertName(state.ToString())}"]
                + (code is { Length: > 0 } && char.IsAsciiDigit(code[0]) ? $" ({code})" : "");

    private static readonly string[] Recipients = ["away", "awayCovered", "noAccount", "removeRecipient", "recipientAdded"];

    /// <summary>Those of the recipients' picker alone.</summary>
    public static Dictionary<string, string> ForRecipients { get; } = Recipients.ToDictionary(name => name, name => French[name]);

    /// <summary>All of them, by name.</summary>
    public static Dictionary<string, string> Of(ErrorTexts texts)
    {
        var words = new Dictionary<string, string>(French);
        foreach (var code in Codes)
            words["!" + code] = texts.Of(code);
        return words;
    }
}
