namespace Parceo.Regulation.Contracts;

/// <summary>Permissions of the module.</summary>
public static class RegulationPermissions
{
    /// <summary>Open orientations of one's own organisation and work on them: claim, solicit, escalate, close.</summary>
    public const string Orient = "regulation.orient";

    /// <summary>See and answer solicitations addressed to oneself or to a professional who delegated this.</summary>
    public const string Answer = "regulation.answer";

    /// <summary>See who takes each kind of care in one's organisation, and when.</summary>
    public const string SeePools = "regulation.see-pools";

    /// <summary>Change how waves run in a département, and the care pools of one's own organisation.</summary>
    public const string Configure = "regulation.configure";
}
