using MediatR;

namespace Parceo.Rosters.Contracts;

/// <summary>Who is on duty at a moment, by sector: published duties of the caller's organisation and territory.</summary>
public static class ListDutyHolders
{
    /// <param name="At">The moment; now when null.</param>
    [Requires(RostersPermissions.Read)]
    public sealed record Query(DateTimeOffset? At = null) : IRequest<IReadOnlyList<DutyHolder>>;
}

/// <summary>Somebody on duty.</summary>
/// <param name="Sector">Name of the sector or of the line.</param>
/// <param name="IsLine">A line of regulation; else a sector in which patients are seen.</param>
/// <param name="Until">End of the duty, UTC, excluded.</param>
/// <param name="Who">The professional or the account.</param>
public sealed record DutyHolder(Guid SectorId, string Sector, bool IsLine, DateTimeOffset Until, RosterPerson Who);
