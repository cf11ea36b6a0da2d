namespace Parceo.Messaging.Domain;

/// <summary>What somebody chose for all their conversations, and when they are away.</summary>
internal sealed class Profile
{
    private Profile() { }

    public Profile(Guid personId) => PersonId = personId;

    public Guid PersonId { get; private set; }

    /// <summary>Others see what they have read; then they see it of others too.</summary>
    public bool ShowsReading { get; private set; } = true;

    /// <summary>Others see that they are connected.</summary>
    public bool ShowsPresence { get; private set; } = true;

    /// <summary>Entrée sends, on a keyboard; otherwise Ctrl Entrée does.</summary>
    public bool EnterSends { get; private set; }
    public DateTimeOffset? AwayFrom { get; private set; }
    public DateTimeOffset? AwayUntil { get; private set; }

    /// <summary>The colleague who covers.</summary>
    public Guid? CoverId { get; private set; }
    public string? CoverName { get; private set; }

    public bool IsAway(DateTimeOffset now) => AwayFrom <= now && now < AwayUntil;

    public void Choose(bool showsReading, bool showsPresence, bool enterSends) =>
        (ShowsReading, ShowsPresence, EnterSends) = (showsReading, showsPresence, enterSends);

    public void GoAway(DateTimeOffset from, DateTimeOffset until, Guid? coverId, string? coverName)
    {
        AwayFrom = from;
        AwayUntil = until;
        CoverId = coverId;
        CoverName = coverName;
    }

    public void EndAway()
    {
        AwayFrom = null;
        AwayUntil = null;
        CoverId = null;
        CoverName = null;
    }
}

/// <summary>What somebody began to write, on all their devices; sealed.</summary>
internal sealed class Draft
{
    private Draft() { }

    public Draft(Guid personId, Guid conversationId) => (PersonId, ConversationId) = (personId, conversationId);

    public Guid PersonId { get; private set; }
    public Guid ConversationId { get; private set; }
    public byte[] SealedText { get; private set; } = [];
    public DateTimeOffset At { get; private set; }

    public void Write(byte[] sealedText, DateTimeOffset now) => (SealedText, At) = (sealedText, now);
}
