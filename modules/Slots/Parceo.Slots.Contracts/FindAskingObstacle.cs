using MediatR;

namespace Parceo.Slots.Contracts;

/// <summary>Why a solicitation cannot reach a professional now: told before they are asked. It is what <see cref="FindEffectorsToAsk"/> leaves them out for.</summary>
public static class FindAskingObstacle
{
    /// <summary>Null when they may be asked.</summary>
    /// <param name="PractitionerId">Directory id.</param>
    /// <param name="Latitude">WGS 84.</param>
    /// <param name="Longitude">WGS 84.</param>
    /// <param name="RadiusKm">How far they may be.</param>
    /// <param name="Skill">Group of specialties or NOS code.</param>
    /// <param name="Mode">Any when null.</param>
    /// <param name="Departements">Territory by département.</param>
    /// <param name="Communes">Territory by commune (INSEE code), in addition.</param>
    [SystemOnly]
    public sealed record Query(
        Guid PractitionerId,
        double Latitude,
        double Longitude,
        double RadiusKm,
        string Skill,
        Mode? Mode,
        IReadOnlyCollection<string> Departements,
        IReadOnlyCollection<string> Communes
    ) : IRequest<AskingObstacle?>;
}

/// <summary>What keeps a professional from being asked.</summary>
/// <param name="Until">When it ends by itself, if it does.</param>
public sealed record AskingObstacle(ObstacleKind Kind, DateTimeOffset? Until = null);

/// <summary>What keeps a professional from being asked.</summary>
public enum ObstacleKind
{
    /// <summary>They take no unscheduled care by this way.</summary>
    NotHere,

    /// <summary>Nowhere in the territory of the organisation that asks.</summary>
    OtherTerritory,

    /// <summary>Another specialty than the one that is searched.</summary>
    OtherSkill,

    /// <summary>Farther than the last wave goes.</summary>
    TooFar,

    /// <summary>Absent (D28).</summary>
    Away,

    /// <summary>They do not see patients in this mode.</summary>
    OtherMode,
}
