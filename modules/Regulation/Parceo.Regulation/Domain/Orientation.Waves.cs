using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Events;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Domain;

/// <summary>Solicitation: waves one after the other until somebody accepts (W1.5 to W1.7).</summary>
internal sealed partial class Orientation
{
    /// <summary>Solicitations so far; the current one.</summary>
    public int Round { get; private set; }

    /// <summary>The running wave of the round.</summary>
    public int Wave { get; private set; }

    /// <summary>When the running wave began.</summary>
    public DateTimeOffset? WaveStartedAt { get; private set; }

    /// <summary>It ends because this says so; null when none runs.</summary>
    public DateTimeOffset? WaveEndsAt { get; private set; }

    /// <summary>Begin of the round: the policy of that moment holds to its end (D50).</summary>
    public DateTimeOffset? SolicitedAt { get; private set; }

    /// <summary>Who asked.</summary>
    public Guid? SolicitedBy { get; private set; }

    /// <summary>The professional to ask first and alone; null for none.</summary>
    public Guid? UsualPractitionerId { get; private set; }

    /// <summary>The médecin traitant, where nothing says why not: they are asked first and alone (W1.2), once.</summary>
    public Guid? ToAskFirst => MtReason is null && !invitations.Exists(i => i.PractitionerId == MtPractitionerId) ? MtPractitionerId : null;

    /// <summary>Whether waves may begin.</summary>
    public bool MayBeginAsking =>
        State is OrientationState.Open or OrientationState.Searching or OrientationState.Held or OrientationState.Unfilled;

    /// <summary>Whether they said no, in this round or an earlier one: they are not asked again.</summary>
    public bool Declined(Guid practitioner) =>
        invitations.Exists(i => i.PractitionerId == practitioner && i.State == InvitationState.Declined);

    /// <summary>Radius of the search, km; wave 3 multiplies it.</summary>
    public double RadiusKm { get; private set; }

    /// <summary>Whoever was asked in this round, or declined in an earlier one, is not asked again.</summary>
    public IReadOnlySet<Guid> AlreadyAsked =>
        invitations.Where(i => i.Round == Round || i.State == InvitationState.Declined).Select(i => i.PractitionerId).ToHashSet();

    /// <summary>Begins to ask; the first wave follows at once.</summary>
    /// <param name="usual">Asked first and alone, or null.</param>
    public void StartSolicitation(Guid? usual, double radiusKm, Guid by, string? byName, DateTimeOffset now)
    {
        if (!MayBeginAsking)
            throw new ConflictException("solicitation_impossible");
        Round++;
        UsualPractitionerId = usual;
        RadiusKm = radiusKm;
        SolicitedAt = now;
        SolicitedBy = by;
        Wave = usual is null ? 0 : -1; // the wave before the first
        Become(OrientationState.Soliciting, by, byName, now);
    }

    /// <summary>The wave that comes next; null after the last.</summary>
    public int? NextWave => Wave >= WavePlan.Last ? null : Wave + 1;

    /// <summary>
    /// Ends the running wave: whose time is out is noted as not having answered, nothing more. Whom a hurried wave leaves
    /// time to answer keeps it, beside those whom the next wave asks.
    /// </summary>
    public void EndWave(DateTimeOffset now)
    {
        Settle(i => i.Deadline <= now, InvitationState.NoAnswer, now);
        (WaveStartedAt, WaveEndsAt) = (null, null);
        Version++;
    }

    /// <summary>The regulator does not wait for the end of the running wave.</summary>
    /// <exception cref="ConflictException"><c>solicitation_last_wave</c>: nobody is left to ask, and who was asked may still answer.</exception>
    public void Widen(DateTimeOffset now)
    {
        MustBeSoliciting();
        if (NextWave is null)
            throw new ConflictException("solicitation_last_wave");
        EndWave(now);
    }

    /// <summary>Asks these; a wave that found nobody is passed over.</summary>
    public void BeginWave(int wave, IReadOnlyList<(Guid InvitationId, EffectorToAsk Who)> asked, TimeSpan lasts, DateTimeOffset now)
    {
        MustBeSoliciting();
        Wave = wave;
        Version++;
        if (asked.Count == 0)
            return;
        (WaveStartedAt, WaveEndsAt) = (now, now + lasts);
        happened.Add(new WaveStarted(Id, OrganisationId, Departement, Round, wave, asked.Count, now, now + lasts));
        foreach (var (id, who) in asked)
        {
            invitations.Add(new Invitation(id, this, wave, who, now, now + lasts));
            happened.Add(new InvitationSent(id, Id, OrganisationId, Departement, who.PractitionerId, wave, now, now + lasts, Commune));
        }
    }

    /// <summary>Nobody is left to ask: those who may still answer have their time, and then nobody could.</summary>
    public void GiveUp(DateTimeOffset now)
    {
        MustBeSoliciting();
        if (invitations.Where(i => i.IsOpen(now)).Max(i => (DateTimeOffset?)i.Deadline) is { } last)
        {
            (WaveStartedAt, WaveEndsAt) = (now, last);
            Version++;
            happened.Add(new WaveStarted(Id, OrganisationId, Departement, Round, Wave, 0, now, last)); // for open pages
            return;
        }
        (WaveStartedAt, WaveEndsAt) = (null, null);
        BecomeUnfilled(now);
    }

    private void BecomeUnfilled(DateTimeOffset now)
    {
        Become(OrientationState.Unfilled, Guid.Empty, null, now);
        happened.Add(
            new OrientationUnfilled(
                Id,
                OrganisationId,
                Departement,
                Kind,
                OpenedAt,
                now,
                invitations.Count(i => i.Round == Round),
                OutsideSnp,
                Commune
            )
        );
    }

    /// <summary>The running wave need not wait any longer: everybody has answered.</summary>
    public void HurryWave(DateTimeOffset now)
    {
        MustBeSoliciting();
        WaveEndsAt = now;
        Version++;
    }

    /// <summary>The regulator stops asking and goes back to searching.</summary>
    public void StopSolicitation(Guid by, string? byName, DateTimeOffset now)
    {
        MustBeSoliciting();
        EndSolicitation(now);
        Search(by, byName, now);
    }

    /// <summary>First acceptance wins. The others are settled by <see cref="SettleOthers"/>, since the acceptor may not see them.</summary>
    /// <param name="start">When they will see the patient.</param>
    /// <exception cref="ConflictException"><c>solicitation_taken</c>, <c>solicitation_over</c>, <c>solicitation_answered</c>.</exception>
    public Invitation Accept(Guid invitationId, DateTimeOffset start, Guid by, DateTimeOffset now)
    {
        var invitation = invitations.Find(i => i.Id == invitationId) ?? throw new NotFoundException("solicitation_unknown");
        invitation.Answerable(now);
        if (invitation.Round == Round && State is (OrientationState.Accepted or OrientationState.Booked))
            throw new ConflictException("solicitation_taken");
        if (State != OrientationState.Soliciting || invitation.Round != Round)
            throw new ConflictException("solicitation_over");
        if (start < now.AddMinutes(-1))
            throw InvalidException.Of("start", "solicitation_start_past");
        if (start > OpenedAt + (OutsideSnp ? Wanted.Within() : Domain.Wanted.Snp))
            throw InvalidException.Of("start", "solicitation_start_late");
        invitation.Accept(by, now);
        Answered(invitation, "accepted", now);
        WaveStartedAt = null;
        WaveEndsAt = null;
        PractitionerId = invitation.PractitionerId;
        Start = start;
        Become(OrientationState.Accepted, by, invitation.Name, now);
        happened.Add(
            new OrientationAccepted(
                Id,
                OrganisationId,
                Departement,
                invitation.Id,
                invitation.PractitionerId,
                invitation.CalendarId,
                invitation.Wave,
                start,
                SolicitedBy ?? OpenedBy,
                now
            )
        );
        return invitation;
    }

    /// <summary>Somebody accepted: everybody else who was asked learns that it is taken.</summary>
    public void SettleOthers(DateTimeOffset now)
    {
        if (State != OrientationState.Soliciting)
            SettleOpen(InvitationState.Taken, now);
    }

    /// <summary>Everybody whom the running wave asks has answered: the next one need not wait for its end. After the last, all of the round count.</summary>
    public void NoteAllAnswered(DateTimeOffset now)
    {
        if (
            State == OrientationState.Soliciting
            && WaveEndsAt > now
            && !invitations.Exists(i => i.IsOpen(now) && (NextWave is null || i.Wave == Wave))
        )
            HurryWave(now);
    }

    /// <summary>The effector is away (D28): what they were asked is withdrawn.</summary>
    public void Withdraw(Guid practitioner, DateTimeOffset now)
    {
        foreach (var i in invitations.Where(i => i.PractitionerId == practitioner && i.State == InvitationState.Sent))
        {
            i.Settle(InvitationState.Withdrawn, null, now);
            Answered(i, "withdrawn", now);
        }
        NoteAllAnswered(now);
    }

    private void EndSolicitation(DateTimeOffset now)
    {
        SettleOpen(InvitationState.Withdrawn, now);
        (WaveStartedAt, WaveEndsAt) = (null, null);
    }

    private void SettleOpen(InvitationState state, DateTimeOffset now) => Settle(_ => true, state, now);

    private void Settle(Func<Invitation, bool> which, InvitationState state, DateTimeOffset now)
    {
        foreach (var i in invitations.Where(i => i.State == InvitationState.Sent && which(i)))
        {
            i.Settle(state, null, now);
            Answered(
                i,
                state switch
                {
                    InvitationState.NoAnswer => "no_answer",
                    InvitationState.Taken => "taken",
                    _ => "withdrawn",
                },
                now
            );
        }
    }

    private void Answered(Invitation i, string answer, DateTimeOffset now) =>
        happened.Add(new InvitationAnswered(i.Id, Id, OrganisationId, Departement, i.PractitionerId, i.Wave, answer, i.SentAt, now));

    private void MustBeSoliciting()
    {
        if (State != OrientationState.Soliciting)
            throw new ConflictException("solicitation_not_running");
    }
}
