using Parceo.Platform;

namespace Parceo.Notifications.Domain;

/// <summary>Something that waits for one person. Belongs to the account, whatever organisation they work in now.</summary>
internal sealed class Notice
{
    /// <summary>Pause between two pushes of an urgent notice that nobody read.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    /// <summary>Pushes of one notice, repeats included.</summary>
    public const int MostPushes = 10;

    private Notice() { }

    /// <summary>A notice.</summary>
    public Notice(
        Guid id,
        Guid personId,
        Guid eventId,
        Guid topic,
        string subject,
        string text,
        string link,
        bool urgent,
        DateTimeOffset? until,
        DateTimeOffset now
    )
    {
        Id = id;
        PersonId = personId;
        EventId = eventId;
        Topic = topic;
        Subject = subject;
        Text = text;
        Link = link;
        Urgent = urgent;
        Until = until;
        At = now;
    }

    public Guid Id { get; private set; }

    public Guid PersonId { get; private set; }

    /// <summary>What caused it: unique with the person.</summary>
    public Guid EventId { get; private set; }

    /// <summary>What it is about.</summary>
    public Guid Topic { get; private set; }

    /// <summary>What preferences go by.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>A sentence without identity or health.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Local path.</summary>
    public string Link { get; private set; } = "";

    /// <summary>Repeated until read.</summary>
    public bool Urgent { get; private set; }

    /// <summary>Of no use after it.</summary>
    public DateTimeOffset? Until { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Read, acted upon, or cleared.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>When it goes (again) to the person's devices; null when it does not.</summary>
    public DateTimeOffset? NextPushAt { get; private set; }

    /// <summary>Pushes so far.</summary>
    public int Pushes { get; private set; }

    /// <summary>When it is told by e-mail, together with whatever else waits then; null when it is not.</summary>
    public DateTimeOffset? MailAt { get; private set; }

    /// <summary>It is to be pushed from now on.</summary>
    public void PushFrom(DateTimeOffset when) => NextPushAt = when;

    /// <summary>One more push was sent; an urgent one comes again until it is read or of no use.</summary>
    public void Pushed(DateTimeOffset now)
    {
        Pushes++;
        NextPushAt = Urgent && Pushes < MostPushes && !(Until <= now + Again) ? now + Again : null;
    }

    /// <summary>The person saw it, or it no longer waits.</summary>
    public void Read(DateTimeOffset now)
    {
        ReadAt ??= now;
        (NextPushAt, MailAt) = (null, null);
    }

    /// <summary>It is told by e-mail then.</summary>
    public void MailFrom(DateTimeOffset when) => MailAt = when;

    /// <summary>An e-mail tells of it.</summary>
    public void Mailed() => MailAt = null;
}

/// <summary>A browser that a person lets Parceo wake (web push, RFC 8030).</summary>
internal sealed class Device
{
    private Device() { }

    /// <param name="endpoint">The push service's address of it.</param>
    /// <param name="name">« Chrome sur Android ».</param>
    public Device(Guid id, Guid personId, string endpoint, string name, DateTimeOffset now)
    {
        Id = id;
        PersonId = personId;
        Endpoint = endpoint;
        Name = name;
        AddedAt = now;
    }

    public Guid Id { get; private set; }

    public Guid PersonId { get; private set; }

    /// <summary>Address at the push service; unique.</summary>
    public string Endpoint { get; private set; } = "";

    /// <summary>As the person recognises it.</summary>
    public string Name { get; private set; } = "";

    public DateTimeOffset AddedAt { get; private set; }

    /// <summary>Another person signed in on this browser: it is theirs now, and tells the first nothing more.</summary>
    public void TakeOver(Guid personId, string name, DateTimeOffset now) => (PersonId, Name, AddedAt) = (personId, name, now);
}

/// <summary>What a person wants on their devices, by subject, and when not (D48). No row means everything, at any hour.</summary>
internal sealed class Preferences
{
    private Preferences() { }

    /// <summary>Of a person.</summary>
    public Preferences(Guid personId) => PersonId = personId;

    /// <summary>Whoever reads within this time is not written to.</summary>
    public static readonly TimeSpan MailGrace = TimeSpan.FromMinutes(15);

    /// <summary>Between two e-mails to one person, at least.</summary>
    public static readonly TimeSpan MailPause = TimeSpan.FromHours(1);

    public Guid PersonId { get; private set; }

    /// <summary>Subjects that are told by e-mail too, separated by spaces; nobody is written to unasked.</summary>
    public string ByMail { get; private set; } = "";

    /// <summary>The last e-mail.</summary>
    public DateTimeOffset? MailedAt { get; private set; }

    /// <summary>Subjects that stay in the list and are not pushed, separated by spaces.</summary>
    public string Muted { get; private set; } = "";

    /// <summary>Start of the quiet hours, minutes of the local day; null when there are none.</summary>
    public int? QuietFrom { get; private set; }

    /// <summary>Their end, minutes; may be before the start (over midnight).</summary>
    public int? QuietTo { get; private set; }

    /// <summary>IANA zone of these hours: where the person worked when they chose them.</summary>
    public string Zone { get; private set; } = Zones.Paris;

    /// <summary>Replaces them.</summary>
    public void Set(IEnumerable<string> muted, TimeOnly? from, TimeOnly? to, string zone, IEnumerable<string> byMail)
    {
        Zone = zone;
        (Muted, ByMail) = (string.Join(' ', muted.Order(StringComparer.Ordinal)), string.Join(' ', byMail.Order(StringComparer.Ordinal)));
        var quiet = from is not null && to is not null && from != to;
        QuietFrom = quiet ? Minutes(from!.Value) : null;
        QuietTo = quiet ? Minutes(to!.Value) : null;
    }

    /// <summary>Whether pushes of a subject are wanted at all.</summary>
    public bool Wants(string subject) => !Muted.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(subject);

    /// <summary>Whether e-mails about a subject were asked for.</summary>
    public bool WantsMail(string subject) => ByMail.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(subject);

    /// <summary>When a notice made now is told by e-mail if it still waits: after the grace, the pause and the quiet hours.</summary>
    public DateTimeOffset MailTime(DateTimeOffset now) =>
        PushTime(MailedAt is { } last && last + MailPause > now + MailGrace ? last + MailPause : now + MailGrace, urgent: false);

    /// <summary>When one may be written at the earliest, if not now.</summary>
    public DateTimeOffset? MailWaits(DateTimeOffset now) =>
        PushTime(MailedAt is { } last && last + MailPause > now ? last + MailPause : now, urgent: false) is var when && when > now
            ? when
            : null;

    /// <summary>One is written.</summary>
    public void Mailed(DateTimeOffset now) => MailedAt = now;

    /// <summary>When a notice made now may be pushed: now, or at the end of the quiet hours; urgent ones do not wait.</summary>
    public DateTimeOffset PushTime(DateTimeOffset now, bool urgent)
    {
        if (urgent || QuietFrom is not { } from || QuietTo is not { } to)
            return now;
        var local = LocalTime.In(now, Zone);
        var minute = (local.Hour * 60) + local.Minute;
        var isQuiet = from < to ? from <= minute && minute < to : minute >= from || minute < to;
        if (!isQuiet)
            return now;
        var over = LocalTime.At(DateOnly.FromDateTime(local.DateTime).AddDays(to > minute ? 0 : 1), TimeOnly.MinValue.AddMinutes(to), Zone);
        return over > now ? over : now; // the hour that autumn repeats may be over already
    }

    private static int Minutes(TimeOnly time) => (time.Hour * 60) + time.Minute;
}
