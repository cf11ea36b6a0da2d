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

    /// <summary>Id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Whose.</summary>
    public Guid PractitionerId { get; private set; }

    /// <summary>The address, sealed (S29): whoever knows it reads the agenda.</summary>
    public byte[] SealedAddress { get; private set; } = [];

    /// <summary>« calendar.example.fr »: all that is shown of the address.</summary>
    public string Host { get; private set; } = "";

    /// <summary>Who added it.</summary>
    public Guid AddedBy { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset AddedAt { get; private set; }

    /// <summary>The job reads it from then on.</summary>
    public DateTimeOffset NextReadAt { get; private set; }

    /// <summary>When it was last read well.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>Error code of the last try, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>Busy times known now.</summary>
    public int Times { get; private set; }

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
        Failure = null;
        Version++;
    }

    /// <summary>It could not be read: what is known stays, the owner sees why.</summary>
    public void Fail(string code)
    {
        Failure = code;
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

    /// <summary>Whose.</summary>
    public Guid PractitionerId { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset Start { get; private set; }

    /// <summary>UTC, excluded.</summary>
    public DateTimeOffset End { get; private set; }

    /// <summary>
    /// Whether they leave less of a range than one patient's share of it: any of a single slot, all but the last share of a
    /// range for several.
    /// </summary>
    /// <param name="times">In any order; they may overlap.</param>
    public static bool Fill(SlotRange range, IEnumerable<BusyTime> times)
    {
        var (free, from) = (TimeSpan.Zero, range.Start);
        foreach (var t in times.Where(t => t.Start < range.End && t.End > range.Start).OrderBy(t => t.Start))
        {
            if (t.Start > from)
                free += t.Start - from;
            if (t.End > from)
                from = t.End;
        }
        if (from < range.End)
            free += range.End - from;
        return free < (range.End - range.Start) / range.Capacity;
    }
}
