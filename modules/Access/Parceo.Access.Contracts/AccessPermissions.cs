namespace Parceo.Access.Contracts;

/// <summary>What the roles grant in this module.</summary>
public static class AccessPermissions
{
    /// <summary>See the people of one's organisation, their roles, delegations and sessions.</summary>
    public const string SeePeople = "access.see-people";

    /// <summary>Invite, grant and end roles, delegate, end sessions (administrators; needs a second factor and a recent proof, S10).</summary>
    public const string ManagePeople = "access.manage-people";

    /// <summary>Create organisations below one's own and set their territory.</summary>
    public const string ManageOrganisations = "access.manage-organisations";

    /// <summary>Read who did what in one's organisation: the audit trail (S32). The data officer's; reading it is traced too.</summary>
    public const string ReadJournal = "access.read-journal";

    /// <summary>See whether the service does its work: figures of the installation, of no person.</summary>
    public const string SeeService = "access.see-service";
}
