namespace Parceo.SecureMail.Contracts;

/// <summary>Permissions of the module. Beside them, each mailbox says who may open it.</summary>
public static class SecureMailPermissions
{
    /// <summary>Read the mailboxes that one may open.</summary>
    public const string Read = "securemail.read";

    /// <summary>Send from the mailboxes that one may send from.</summary>
    public const string Send = "securemail.send";

    /// <summary>Declare the organisation's mailboxes and who opens them; opens none of them.</summary>
    public const string Manage = "securemail.manage";
}
