using MediatR;

namespace Parceo.Slots.Contracts;

/// <summary>With whom and where a booking is, for the module that keeps its orientation.</summary>
public static class FindBookedWith
{
    /// <summary>Null when there is no such booking.</summary>
    [SystemOnly]
    public sealed record Query(Guid BookingId) : IRequest<BookedWith?>;
}

/// <summary>The professional of a booking.</summary>
/// <param name="Name">With the title.</param>
/// <param name="LocationLabel">Structure or street line.</param>
/// <param name="Commune">Its name.</param>
/// <param name="Phone">Public telephone, or null.</param>
public sealed record BookedWith(Guid PractitionerId, string Name, string LocationLabel, string Commune, string? Phone);
