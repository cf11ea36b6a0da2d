namespace Parceo.Access.Mail;

/// <summary>The mail of an invitation, and of its reminder.</summary>
internal static class InvitationMail
{
    public static OutgoingMail Of(string to, string organisation, string link, bool isFirst) =>
        new(
            to,
            isFirst ? $"Parceo : invitation de {organisation}" : $"Parceo : rappel de l’invitation de {organisation}",
            $"Bonjour,\n\n{organisation} vous invite à la rejoindre sur Parceo. Ouvrez ce lien dans les 72 heures, il ne sert qu’une fois :\n{link}\n"
        );
}
