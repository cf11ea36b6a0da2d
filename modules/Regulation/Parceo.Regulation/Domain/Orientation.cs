using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Events;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Domain;

/// <summary>What a regulator says when opening: no identity (W1.1).</summary>
internal sealed record Demand(
    string CaseReference,
    int Age,
    Sex Sex,
    CareKind Kind,
    ReasonClass Reason,
    string Skill,
    Mode? Mode,
    WantedWithin Wanted,
    PatientLocation Location,
    TreatingPhysician Mt
);

/// <summary>Where the patient is.</summary>
/// <param name="Precise">An address or a point: order by distance makes sense (W1.3).</param>
/// <param name="CommuneLabel">« Metz (57000) », all that an invited effector learns of it.</param>
internal sealed record PatientLocation(
    string Label,
    double Latitude,
    double Longitude,
    bool Precise,
    string? Commune,
    string CommuneLabel,
    string Departement
);

/// <summary>The MT question (D24): who, or why none is used; and whether the patient refuses a report to them.</summary>
internal sealed record TreatingPhysician(Guid? PractitionerId, string? Name, MtReason? NotUsedBecause, bool OpposedToReport);

/// <summary>
/// A patient to be seen without appointment (W1), from the call to the end. It commands no slot: a booking is learnt from
/// the Slots module's events. Who wins a solicitation is decided here, by <see cref="Version"/> and a unique index.
/// </summary>
internal sealed partial class Orientation
{
    private readonly List<IIntegrationEvent> happened = [];
    private readonly List<OrientationStep> steps = [];
    private readonly List<Invitation> invitations = [];

    private Orientation() { }

    /// <summary>Opens one; it waits in the queue until a regulator takes it.</summary>
    public Orientation(
        Guid id,
        Guid organisationId,
        IReadOnlyCollection<string> departements,
        IReadOnlyCollection<string> communes,
        Demand d,
        Guid by,
        string? byName,
        DateTimeOffset now
    )
    {
        Id = id;
        PatientId = id; // first written down here
        OrganisationId = organisationId;
        OpenedBy = by;
        OpenedAt = now;
        (TerritoryDepartements, TerritoryCommunes) = (
            string.Join(',', departements.Order(StringComparer.Ordinal)),
            string.Join(',', communes.Order(StringComparer.Ordinal))
        );
        CaseReference = d.CaseReference;
        Age = d.Age;
        Sex = d.Sex;
        Kind = d.Kind;
        Reason = d.Reason;
        Skill = d.Skill;
        Mode = d.Mode;
        Wanted = d.Wanted;
        WantedBefore = now + d.Wanted.Within();
        LocationLabel = d.Location.Label;
        Latitude = d.Location.Latitude;
        Longitude = d.Location.Longitude;
        Precise = d.Location.Precise;
        Commune = d.Location.Commune;
        CommuneLabel = d.Location.CommuneLabel;
        Departement = d.Location.Departement;
        SetMt(d.Mt);
        Become(OrientationState.Open, by, byName, now);
        happened.Add(
            new OrientationOpened(
                Id,
                OrganisationId,
                Departement,
                Kind,
                OpenedAt,
                WantedBefore,
                OutsideSnp,
                MtPractitionerId,
                OpposedToReport
            )
        );
    }

    public Guid Id { get; private set; }

    /// <summary>Reference to the patient.</summary>
    public Guid PatientId { get; private set; }

    /// <summary>The regulators' organisation: the tenant (D30).</summary>
    public Guid OrganisationId { get; private set; }

    /// <summary>Département of the place.</summary>
    public string Departement { get; private set; } = "";

    /// <summary>Territory of the organisation at the opening, by département, comma-separated: waves never leave it.</summary>
    public string TerritoryDepartements { get; private set; } = "";

    /// <summary>Likewise by commune.</summary>
    public string TerritoryCommunes { get; private set; } = "";

    /// <summary>Number of the dispatch case.</summary>
    public string CaseReference { get; private set; } = "";

    public int Age { get; private set; }

    public Sex Sex { get; private set; }

    /// <summary>Kind of care.</summary>
    public CareKind Kind { get; private set; }

    /// <summary>Class of the reason; its words are sealed.</summary>
    public ReasonClass Reason { get; private set; }

    /// <summary>Group of specialties or NOS code.</summary>
    public string Skill { get; private set; } = "";

    /// <summary>How; any when null.</summary>
    public Mode? Mode { get; private set; }

    /// <summary>How soon.</summary>
    public WantedWithin Wanted { get; private set; }

    /// <summary>End of that band.</summary>
    public DateTimeOffset WantedBefore { get; private set; }

    /// <summary>Label « hors SNP » (D25).</summary>
    public bool OutsideSnp => Wanted == WantedWithin.Beyond;

    /// <summary>« Metz (57000) »</summary>
    public string LocationLabel { get; private set; } = "";

    /// <summary>WGS 84.</summary>
    public double Latitude { get; private set; }

    /// <summary>WGS 84.</summary>
    public double Longitude { get; private set; }

    /// <summary>An address or a point, not a whole commune.</summary>
    public bool Precise { get; private set; }

    /// <summary>INSEE code.</summary>
    public string? Commune { get; private set; }

    /// <summary>« Metz (57000) »</summary>
    public string CommuneLabel { get; private set; } = "";

    /// <summary>Directory id of the médecin traitant.</summary>
    public Guid? MtPractitionerId { get; private set; }

    /// <summary>Copied.</summary>
    public string? MtName { get; private set; }

    /// <summary>Why not used; null only while the MT is to be tried first.</summary>
    public MtReason? MtReason { get; private set; }

    /// <summary>The patient refuses a report to the MT.</summary>
    public bool OpposedToReport { get; private set; }

    public OrientationState State { get; private set; }

    /// <summary>Who opened it.</summary>
    public Guid OpenedBy { get; private set; }

    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>The regulator who works on it.</summary>
    public Guid? ClaimedBy { get; private set; }

    /// <summary>Copied, for the other regulators.</summary>
    public string? ClaimedName { get; private set; }

    /// <summary>Free again by itself from then on.</summary>
    public DateTimeOffset? ClaimedUntil { get; private set; }

    /// <summary>Places that regulators hold for it now, as far as was told: a sum, so that their order does not matter.</summary>
    public int HeldPlaces { get; private set; }

    /// <summary>The live booking.</summary>
    public Guid? BookingId { get; private set; }

    /// <summary>When the newest booking that was told of was made, alive or not.</summary>
    public DateTimeOffset? BookedAt { get; private set; }

    /// <summary>Who sees the patient, from the acceptance or booking on.</summary>
    public Guid? PractitionerId { get; private set; }

    public DateTimeOffset? Start { get; private set; }

    /// <summary>Whether the patient came, once it is known.</summary>
    public bool? Came { get; private set; }

    /// <summary>Where it was escalated to.</summary>
    public EscalatedTo? EscalatedTo { get; private set; }

    /// <summary>Nothing is left to do since then.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Steps so far; numbers them.</summary>
    public int StepCount { get; private set; }

    /// <summary>Stale writers lose: of two acceptances, of an acceptance and a stop, one wins.</summary>
    public int Version { get; private set; }

    /// <summary>Every state with actor and time (D29); the new ones only, where the orientation was not read with them.</summary>
    public IReadOnlyList<OrientationStep> Steps => steps;

    /// <summary>Everybody asked, in all rounds.</summary>
    public IReadOnlyList<Invitation> Invitations => invitations;

    /// <summary>The zone of the patient's place.</summary>
    public string Zone => Zones.OfDepartement(Departement);

    /// <summary>What others must learn of the changes since the last call; the handler publishes it.</summary>
    public IReadOnlyList<IIntegrationEvent> TakeHappened()
    {
        var taken = happened.ToList();
        happened.Clear();
        return taken;
    }

    /// <summary>
    /// A regulator takes the orientation for a while; each of its acts renews the lease. An orientation that waited is searched from now on.
    /// </summary>
    /// <exception cref="ConflictException"><c>orientation_claimed</c>: another regulator works on it.</exception>
    public void Claim(Guid by, string? name, TimeSpan lease, DateTimeOffset now)
    {
        if (ClaimedBy is { } other && other != by && ClaimedUntil > now)
            throw new ConflictException("orientation_claimed");
        (ClaimedBy, ClaimedName, ClaimedUntil) = (by, name ?? ClaimedName, now + lease);
        Version++;
        if (State == OrientationState.Open)
            Become(OrientationState.Searching, by, ClaimedName, now);
    }

    /// <summary>Gives the orientation back to the queue.</summary>
    public void Release()
    {
        (ClaimedBy, ClaimedName, ClaimedUntil) = (null, null, null);
        Version++;
    }

    /// <summary>Answers the MT question anew (D24).</summary>
    public void AnswerMt(TreatingPhysician mt, DateTimeOffset now)
    {
        if (State is OrientationState.Closed or OrientationState.Escalated)
            throw new ConflictException("orientation_closed");
        SetMt(mt);
        Version++;
        happened.Add(new TreatingPhysicianChanged(Id, OrganisationId, MtPractitionerId, OpposedToReport));
        if (State == OrientationState.FeedbackDue && !OwesReport)
            Close("fulfilled", Guid.Empty, null, now); // nobody waits for a report any more
    }

    private void SetMt(TreatingPhysician mt)
    {
        MtPractitionerId = mt.PractitionerId;
        MtName = mt.Name;
        MtReason = mt.NotUsedBecause;
        OpposedToReport = mt.OpposedToReport;
    }

    /// <summary>A known MT who did not see the patient themselves, and whom the patient does not refuse (D22).</summary>
    private bool OwesReport => MtPractitionerId is not null && !OpposedToReport && MtPractitionerId != PractitionerId;

    private void Become(OrientationState state, Guid by, string? byName, DateTimeOffset now)
    {
        State = state;
        Version++;
        steps.Add(new OrientationStep(Id, ++StepCount, state, by, byName, now));
    }

    private void Close(string outcome, Guid by, string? byName, DateTimeOffset now)
    {
        Become(OrientationState.Closed, by, byName, now);
        ClosedAt = now;
        Release();
        happened.Add(new OrientationClosed(Id, OrganisationId, Departement, Kind, outcome, OpenedAt, now));
    }
}

/// <summary>A state reached: who, when (D29).</summary>
internal sealed class OrientationStep
{
    private OrientationStep() { }

    internal OrientationStep(Guid orientationId, int number, OrientationState state, Guid by, string? byName, DateTimeOffset at)
    {
        OrientationId = orientationId;
        Number = number;
        State = state;
        ActorId = by;
        ActorName = byName;
        At = at;
    }

    /// <summary>Of which orientation.</summary>
    public Guid OrientationId { get; private set; }

    /// <summary>1, 2, 3…</summary>
    public int Number { get; private set; }

    /// <summary>Reached.</summary>
    public OrientationState State { get; private set; }

    /// <summary>Empty for the host itself.</summary>
    public Guid ActorId { get; private set; }

    /// <summary>Copied, null for the host itself.</summary>
    public string? ActorName { get; private set; }

    public DateTimeOffset At { get; private set; }
}
