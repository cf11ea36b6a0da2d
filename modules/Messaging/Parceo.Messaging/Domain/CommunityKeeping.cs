namespace Parceo.Messaging.Domain;

/// <summary>For how many days a community keeps what is written in its conversations, when that is fewer than the usual ones (D17).</summary>
internal sealed class CommunityKeeping(Guid organisationId, int days)
{
    /// <summary>Fewest days: nobody should come back from a week away and find that it is gone.</summary>
    public const int Fewest = 7;

    public Guid OrganisationId { get; private set; } = organisationId;
    public int Days { get; private set; } = days;

    public void Keep(int days) => Days = days;
}
