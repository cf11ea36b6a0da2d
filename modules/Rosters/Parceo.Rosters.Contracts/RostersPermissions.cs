namespace Parceo.Rosters.Contracts;

/// <summary>Permissions of the module.</summary>
public static class RostersPermissions
{
    /// <summary>See who is on duty: published rosters of one's organisation and, for regulators, of their territory.</summary>
    public const string Read = "rosters.read";

    /// <summary>The continuity sheet of the day: who is on duty, with telephones, for when everything is down.</summary>
    public const string Sheet = "rosters.sheet";

    /// <summary>Make sectors, prepare months, assign, publish, keep duty houses: of one's own organisation.</summary>
    public const string Plan = "rosters.plan";

    /// <summary>Be on duty: say when one is free, propose and answer swaps. Never a delegate's: a swap is the doctor's own agreement (W14).</summary>
    public const string Take = "rosters.take";
}
