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
/// <param name="Kind">What they cover.</param>
/// <param name="Until">End of the duty, UTC, excluded.</param>
/// <param name="Who">The professional or the account.</param>
/// <param name="Communes">INSEE codes that the sector covers; empty for a whole territory.</param>
/// <param name="Phone">Of the duty, or null.</param>
public sealed record DutyHolder(
    Guid SectorId,
    string Sector,
    SectorKind Kind,
    DateTimeOffset Until,
    RosterPerson Who,
    IReadOnlyCollection<string> Communes,
    string? Phone
);

/// <summary>What a roster covers.</summary>
public enum SectorKind
{
    /// <summary>Duty doctors who see patients in some communes.</summary>
    Effection,

    /// <summary>A line of regulation: regulating physicians or OSNP.</summary>
    RegulationLine,

    /// <summary>Pharmacies on duty (code de la santé publique, L5125-17).</summary>
    Pharmacy,
}

/// <summary>Who is on duty: a professional of the directory, or an account (an OSNP is in no directory).</summary>
/// <param name="Id">Directory id, or account.</param>
/// <param name="Name">As shown, with the title.</param>
/// <param name="IsAccount">Whether <paramref name="Id"/> is an account.</param>
public sealed record RosterPerson(Guid Id, string Name, bool IsAccount);
