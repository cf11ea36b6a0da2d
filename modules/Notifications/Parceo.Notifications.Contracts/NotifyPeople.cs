using MediatR;

namespace Parceo.Notifications.Contracts;

/// <summary>
/// Tells people that something waits for them: a line in their list at once, and a push to the devices they chose. Sent
/// by an effect of another module with its event's id, so that a repeated delivery tells nobody twice.
/// </summary>
/// <param name="EventId">Of the event that causes it: one notice a person and event.</param>
/// <param name="Topic">What it is about (an orientation, a report): notices of a topic are cleared together.</param>
/// <param name="Recipients">Whom.</param>
/// <param name="Subject">One that a module declares (<see cref="NoticeSubjects"/>): what preferences are about (D48).</param>
/// <param name="Text">A French sentence without a patient's identity or health (D16, S66); at most 160 characters.</param>
/// <param name="Link">Local path where to act, without anything about a patient.</param>
/// <param name="Urgent">Repeated until it is read, and passes through quiet hours (D48).</param>
/// <param name="Until">After it the notice is of no use: it is neither made nor pushed any more; UTC.</param>
/// <param name="Replaces">What already waits for them about this topic is cleared by it.</param>
[SystemOnly]
public sealed record NotifyPeople(
    Guid EventId,
    Guid Topic,
    Recipients Recipients,
    string Subject,
    string Text,
    string Link,
    bool Urgent = false,
    DateTimeOffset? Until = null,
    bool Replaces = false
) : IRequest<Unit>;

/// <summary>Accounts by id, or professionals by directory id together with whoever may act for them.</summary>
/// <param name="People">Accounts.</param>
/// <param name="Practitioners">Directory ids.</param>
/// <param name="Permission">What an account must be able to do for the professional to be told; needed with <paramref name="Practitioners"/>.</param>
public sealed record Recipients(IReadOnlyList<Guid> People, IReadOnlyList<Guid> Practitioners, string? Permission = null)
{
    /// <summary>These accounts.</summary>
    public static Recipients Of(params Guid[] people) => new(people, []);

    /// <summary>A professional and their delegates for an action.</summary>
    public static Recipients Professional(Guid practitioner, string permission) => new([], [practitioner], permission);
}

/// <summary>What no longer waits: the notices of a topic disappear from everybody's list and devices.</summary>
/// <param name="Topic">What they are about.</param>
/// <param name="Subject">Only those of this subject, where several modules tell of one thing; null for all.</param>
/// <param name="PersonId">Only this person's; null for everybody's.</param>
/// <param name="Except">Those of this event stay: a repeated delivery must not clear what it told itself.</param>
[SystemOnly]
public sealed record ClearNotices(Guid Topic, string? Subject = null, Guid? PersonId = null, Guid? Except = null) : IRequest<Unit>;

/// <summary>How many notices wait for the caller: for the bell of the shell, at most 100.</summary>
/// <param name="Topic">About this only; null for all.</param>
[OpenToSignedIn("One's own notices.")]
public sealed record CountNotices(Guid? Topic = null) : IRequest<int>;

/// <summary>Names of the subjects that people set preferences for (D48). The module whose notices they are declares each of them.</summary>
public static class NoticeSubjects
{
    /// <summary>A solicitation to answer, or its end.</summary>
    public const string Solicitation = "solicitation";

    /// <summary>Slots, bookings, outcomes to note.</summary>
    public const string Agenda = "agenda";

    /// <summary>Reports to write or to read.</summary>
    public const string Report = "report";

    /// <summary>Duty rosters and swaps.</summary>
    public const string Roster = "roster";

    /// <summary>Messages not read.</summary>
    public const string Message = "message";

    /// <summary>Who holds which right in one's organisation, for those who watch over it.</summary>
    public const string Rights = "rights";

    /// <summary>MSSanté mails: one came, or one could not be delivered.</summary>
    public const string Mail = "mail";
}
