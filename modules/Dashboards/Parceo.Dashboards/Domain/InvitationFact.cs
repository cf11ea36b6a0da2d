using Parceo.Platform;

namespace Parceo.Dashboards.Domain;

/// <summary>One professional asked in one wave (I6). Who they are is not kept: nobody is ranked (D31).</summary>
internal sealed class InvitationFact : Fact
{
    private InvitationFact() { }

    /// <summary>For an invitation that something was heard of.</summary>
    public InvitationFact(Guid invitationId) => InvitationId = invitationId;

    public Guid InvitationId { get; private set; }

    /// <summary>1, 2, 3; 0 for the usual professional, asked alone.</summary>
    public int Wave { get; private set; }

    /// <summary>They said yes, and it was not undone.</summary>
    public bool Accepted { get; private set; }

    /// <summary>From the invitation to a yes or a no, seconds; null when they did not answer.</summary>
    public int? AnswerSeconds { get; private set; }

    /// <summary>When it was settled last.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>They were asked.</summary>
    public void Sent(Guid organisation, string departement, string? commune, int wave, DateTimeOffset at)
    {
        OrganisationId = organisation;
        Departement = departement;
        Commune = commune ?? Commune;
        Wave = wave;
        (Day, Counts) = (LocalTime.DayOf(at, Zones.OfDepartement(departement)), true);
        Version++;
    }

    /// <summary>It is settled: <c>accepted</c>, <c>declined</c>, <c>no_answer</c>, <c>taken</c>, <c>withdrawn</c>. The latest word counts.</summary>
    public void Settled(Guid organisation, string departement, int wave, string answer, DateTimeOffset sentAt, DateTimeOffset at)
    {
        Sent(organisation, departement, null, wave, sentAt);
        if (SettledAt > at)
            return;
        SettledAt = at;
        Accepted = answer == "accepted";
        if (answer is "accepted" or "declined")
            AnswerSeconds = Math.Max(0, (int)(at - sentAt).TotalSeconds); // a yes undone later was an answer all the same
    }
}
