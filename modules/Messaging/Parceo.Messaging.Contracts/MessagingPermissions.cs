namespace Parceo.Messaging.Contracts;

/// <summary>What the roles grant in this module. What is read is decided by being a member, never by a permission alone.</summary>
public static class MessagingPermissions
{
    /// <summary>Write and read in conversations one is a member of; begin conversations and groups.</summary>
    public const string Use = "messaging.use";

    /// <summary>Open and close channels and desks of one's organisation, shorten how long they are kept.</summary>
    public const string Manage = "messaging.manage";

    /// <summary>Set and end a legal hold, say for how long the community keeps at most (D17). Shows titles and dates of the organisation's conversations, never their content.</summary>
    public const string Hold = "messaging.hold";
}
