using MediatR;

namespace Parceo.Slots.Contracts;

/// <summary>Effectors whom a solicitation may reach (W1.5): everything a wave is chosen by, and nobody who is absent (D28).</summary>
public static class FindEffectorsToAsk
{
    /// <summary>
    /// Nearest first, one line a professional (their nearest place). The territory is the caller's, narrowed to the one
    /// given; the host itself, which runs the waves, must give one.
    /// </summary>
    /// <param name="Latitude">WGS 84.</param>
    /// <param name="Longitude">WGS 84.</param>
    /// <param name="RadiusKm">0.1–500.</param>
    /// <param name="Skill">Group of specialties (<c>MEDECINE_GENERALE</c>) or NOS code.</param>
    /// <param name="Mode">Only those who take solicitations in this mode; all when null.</param>
    /// <param name="Departements">Territory by département.</param>
    /// <param name="Communes">Territory by commune (INSEE code), in addition.</param>
    /// <param name="Limit">1–500.</param>
    [Requires(SlotsPermissions.Book)]
    public sealed record Query(
        double Latitude,
        double Longitude,
        double RadiusKm,
        string Skill,
        Mode? Mode = null,
        IReadOnlyCollection<string>? Departements = null,
        IReadOnlyCollection<string>? Communes = null,
        int Limit = 50
    ) : IRequest<IReadOnlyList<EffectorToAsk>>;
}

/// <summary>An effector who may be asked now.</summary>
/// <param name="PractitionerId">Directory id of the professional.</param>
/// <param name="CalendarId">Directory id of the activity: where.</param>
/// <param name="Name">With the title.</param>
/// <param name="LocationLabel">Structure or street line.</param>
/// <param name="Commune">Name of the commune.</param>
/// <param name="Zone">IANA zone of the place.</param>
/// <param name="Phone">Public telephone, or null.</param>
/// <param name="DistanceKm">As the crow flies.</param>
/// <param name="Present">They said they are available for a solicitation now.</param>
/// <param name="BookedThisWeek">Patients booked in the current ISO week of the place (cancelled ones left out).</param>
/// <param name="AtLimit">Their own limit of the day or of the week is reached.</param>
/// <param name="OverCapacityUntil">They may be called for one more until then; null when not, or past.</param>
public sealed record EffectorToAsk(
    Guid PractitionerId,
    Guid CalendarId,
    string Name,
    string LocationLabel,
    string Commune,
    string Departement,
    string Zone,
    string? Phone,
    double DistanceKm,
    bool Present,
    int BookedThisWeek,
    bool AtLimit,
    DateTimeOffset? OverCapacityUntil
);
