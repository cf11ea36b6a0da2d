using MediatR;
using Parceo.Patients.Contracts;

namespace Parceo.Slots.Contracts;

/// <summary>What an organisation has booked under a number of the dispatch software: before the same number is used once more.</summary>
public static class FindBookingsOfCase
{
    /// <summary>Live bookings with exactly this number, made since then.</summary>
    [Requires(SlotsPermissions.Book), Audited]
    public sealed record Query(string CaseReference, DateTimeOffset Since) : IRequest<IReadOnlyList<CaseBooking>>;
}

/// <summary>A booking under a number, with as little of the patient as tells two of them apart.</summary>
/// <param name="Name">The professional who receives.</param>
/// <param name="Zone">IANA zone of the place.</param>
/// <param name="OrientationId">The case that it answers, if any.</param>
public sealed record CaseBooking(
    string Name,
    DateTimeOffset Start,
    string Zone,
    int Age,
    Sex Sex,
    DateTimeOffset BookedAt,
    Guid? OrientationId
);
