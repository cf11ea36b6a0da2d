namespace Parceo.Slots.Contracts;

/// <summary>Permissions of the module.</summary>
public static class SlotsPermissions
{
    /// <summary>Search free slots of the territory (no patient data).</summary>
    public const string Search = "slots.search";

    /// <summary>Hold, book and cancel for a patient; read own bookings.</summary>
    public const string Book = "slots.book";

    /// <summary>Publish and close slots of oneself or of the professionals one acts for; see who comes.</summary>
    public const string Publish = "slots.publish";

    /// <summary>Say whether the patient came.</summary>
    public const string RecordOutcome = "slots.record-outcome";

    /// <summary>Change the search radius of a département.</summary>
    public const string Configure = "slots.configure";
}
