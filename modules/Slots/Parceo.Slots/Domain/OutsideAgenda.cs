using Parceo.Platform;

namespace Parceo.Slots.Domain;

/// <summary>
/// An agenda that a professional keeps elsewhere and Parceo reads by ICS subscription, to hide the slots in which they
/// are busy. Only times are kept, never what they are for; its address is a secret and stands sealed.
/// </summary>
internal sealed class OutsideAgenda
{
    /// <summary>Most subscriptions of a professional.</summary>
    public const int Most = 5;

    /// <summary>Most characters of an address.</summary>
    public const int LongestAddress = 1000;

    /// <summary>After so many failures in a row it sleeps (S46).</summary>
    public const int MostFailures = 3;

    /// <summary>How long it sleeps before one more try, unless its owner wakes it.</summary>
    public static readonly TimeSpan Sleep = TimeSpan.FromDays(1);

    /// <summary>How often it is read.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    private OutsideAgenda() { }

    /// <summary>A subscription, due at once.</summary>
    public OutsideAgenda(Guid id, Guid practitionerId, byte[] sealedAddress, string host, Guid by, DateTimeOffset now)
    {
        Id = id;
        PractitionerId = practitionerId;
        SealedAddress = sealedAddress;
        Host = host;
        AddedBy = by;
        AddedAt = now;
        NextReadAt = now;
    }

    public Guid Id { get; private set; }

    public Guid PractitionerId { get; private set; }

    /// <summary>The address, sealed (S29): whoever knows it reads the agenda.</summary>
    public byte[] SealedAddress { get; private set; } = [];

    /// <summary>« calendar.example.fr »: all that is shown of the address.</summary>
    public string Host { get; private set; } = "";

    /// <summary>Who added it.</summary>
    public Guid AddedBy { get; private set; }

    public DateTimeOffset AddedAt { get; private set; }

    /// <summary>The job reads it from then on.</summary>
    public DateTimeOffset NextReadAt { get; private set; }

    /// <summary>When it was last read well.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>Error code of the last try, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; private set; }

    /// <summary>Asleep since then, or null.</summary>
    public DateTimeOffset? AsleepSince { get; private set; }

    /// <summary>Busy times known now.</summary>
    public int Times { get; private set; }

    /// <summary>Events that the last reading set aside.</summary>
    public int Aside { get; private set; }

    /// <summary>Code of the first thing to know about the last reading, or null.</summary>
    public string? AsideCode { get; private set; }

    /// <summary>Its line of the file.</summary>
    public int AsideLine { get; private set; }

    /// <summary>It had lost more than half of its times when it was last read; what was known was kept.</summary>
    public bool Shrank { get; private set; }

    /// <summary>The server's mark of what was read, to ask only for changes.</summary>
    public string? ETag { get; private set; }

    /// <summary>Stale writers lose.</summary>
    public int Version { get; private set; }

    /// <summary>A reading begins; nobody else begins one meanwhile.</summary>
    public void Begin(DateTimeOffset now)
    {
        NextReadAt = now + Every;
        Version++;
    }

    /// <summary>It was read.</summary>
    public void Read(int times, string? etag, DateTimeOffset now)
    {
        Times = times;
        ETag = etag;
        ReadAt = now;
        Wake();
        Version++;
    }

    /// <summary>What of it could not be used.</summary>
    public void SetAside(int count, int line, string? code) => (Aside, AsideLine, AsideCode) = (count, line, code);

    /// <summary>
    /// Whether to keep what is known although less was read: a server that has lost its data answers well, once. The mark goes,
    /// so that the whole is asked for again.
    /// </summary>
    public bool KeepsAgainst(int known, int read, DateTimeOffset now)
    {
        Shrank = !Shrank && read * 2 < known;
        if (!Shrank)
            return false;
        Read(Times, null, now);
        return true;
    }

    /// <summary>Its owner wants it read again.</summary>
    public void Wake() => (Failure, Failures, AsleepSince) = (null, 0, null);

    /// <summary>It could not be read: what is known stays, the owner sees why.</summary>
    public void Fail(string code, DateTimeOffset now)
    {
        (Failure, Failures) = (code, Failures + 1);
        if (Failures >= MostFailures)
            AsleepSince = now;
        Version++;
    }
}

/// <summary>A time in which an outside agenda says busy; nothing else of it is kept.</summary>
internal sealed class BusyTime
{
    private BusyTime() { }

    /// <summary>A time.</summary>
    public BusyTime(Guid agendaId, Guid practitionerId, DateTimeOffset start, DateTimeOffset end)
    {
        AgendaId = agendaId;
        PractitionerId = practitionerId;
        Start = start;
        End = end;
    }

    /// <summary>From which agenda.</summary>
    public Guid AgendaId { get; private set; }

    public Guid PractitionerId { get; private set; }

    public DateTimeOffset Start { get; private set; }

    /// <summary>UTC, excluded.</summary>
    public DateTimeOffset End { get; private set; }
}
