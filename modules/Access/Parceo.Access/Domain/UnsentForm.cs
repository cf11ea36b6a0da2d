namespace Parceo.Access.Domain;

/// <summary>A form that was posted after its session had ended, sealed for who wrote it (S77): the latest one of each session, for an hour.</summary>
internal sealed class UnsentForm
{
    /// <summary>How long it waits for its writer.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private UnsentForm() { }

    public UnsentForm(Guid sessionId, Guid personId)
    {
        SessionId = sessionId;
        PersonId = personId;
    }

    public Guid SessionId { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>Address and fields.</summary>
    public byte[] Sealed { get; private set; } = [];
    public DateTimeOffset Until { get; private set; }

    public void Keep(byte[] form, DateTimeOffset now)
    {
        Sealed = form;
        Until = now + Life;
    }
}
