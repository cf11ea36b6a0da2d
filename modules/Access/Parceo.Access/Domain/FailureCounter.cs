namespace Parceo.Access.Domain;

/// <summary>
/// The one counter of failed proofs of an account, over all its local factors (S4): from the fourth failure on each one
/// closes the account for a growing while, the tenth for 15 minutes. A closed account answers like a wrong password.
/// </summary>
/// <param name="Failures">In a row.</param>
/// <param name="ClosedUntil">No proof is looked at before.</param>
internal readonly record struct FailureCounter(int Failures, DateTimeOffset? ClosedUntil)
{
    private const int Free = 3;
    private const int Limit = 10;
    private static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);

    public bool IsClosed(DateTimeOffset now) => ClosedUntil is { } until && now < until;

    /// <summary>One more failure; after a full lock the count begins anew.</summary>
    public FailureCounter Fail(DateTimeOffset now)
    {
        var failures = (Failures >= Limit ? 0 : Failures) + 1;
        return failures switch
        {
            <= Free => new(failures, null),
            >= Limit => new(failures, now + Lock),
            _ => new(failures, now + TimeSpan.FromSeconds(1 << (failures - Free))),
        };
    }
}
