namespace Parceo.Messaging.Domain;

/// <summary>Where an uploaded file stands. Stored by number: append only.</summary>
internal enum FileState
{
    /// <summary>In quarantine: nobody can read it yet.</summary>
    Pending = 1,
    Ready = 2,

    /// <summary>Not what it says, or harmful: its bytes are gone.</summary>
    Refused = 3,
}

/// <summary>A file of a conversation (S42, S43). Its bytes lie sealed in <see cref="FileChunk"/>s of the database: whole or not there at all.</summary>
internal sealed class StoredFile
{
    private StoredFile() { }

    public StoredFile(
        Guid id,
        Guid conversationId,
        Guid organisationId,
        Guid ownerId,
        byte[] sealedName,
        string type,
        bool voice,
        DateTimeOffset now,
        int? seconds = null
    )
    {
        Id = id;
        ConversationId = conversationId;
        OrganisationId = organisationId;
        OwnerId = ownerId;
        SealedName = sealedName;
        Type = type;
        Voice = voice;
        Seconds = seconds;
        At = now;
        State = FileState.Pending;
    }

    public Guid Id { get; private set; }
    public Guid ConversationId { get; private set; }
    public Guid OrganisationId { get; private set; }

    /// <summary>Who sent it; nobody else can attach it.</summary>
    public Guid OwnerId { get; private set; }
    public byte[] SealedName { get; private set; } = [];

    /// <summary>Media type of the allow-list, agreed by name and content.</summary>
    public string Type { get; private set; } = "";
    public bool Voice { get; private set; }

    /// <summary>How long a voice note lasts, as its recorder says: such files do not say it themselves.</summary>
    public int? Seconds { get; private set; }
    public long Size { get; private set; }

    /// <summary>SHA-256 of the bytes that readers get; compared when they do.</summary>
    public byte[] Sha256 { get; private set; } = [];
    public FileState State { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>The message it belongs to; a file of none is removed after a day.</summary>
    public long? Seq { get; private set; }

    public void Call(byte[] sealedName) => SealedName = sealedName;

    public void Store(long size, byte[] sha256, FileState state) => (Size, Sha256, State) = (size, sha256, state);

    public void Refuse() => (State, Size) = (FileState.Refused, 0);

    public void AttachTo(long seq) => Seq = seq;
}

/// <summary>A part of a file's bytes, sealed with its place.</summary>
internal sealed class FileChunk
{
    private FileChunk() { }

    public FileChunk(Guid fileId, int number, byte[] bytes) => (FileId, Number, Bytes) = (fileId, number, bytes);

    public Guid FileId { get; private set; }
    public int Number { get; private set; }
    public byte[] Bytes { get; private set; } = [];

    /// <summary>Sealed anew under another key (S30).</summary>
    public void Reseal(byte[] bytes) => Bytes = bytes;
}
