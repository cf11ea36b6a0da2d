using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots;

/// <summary>A booking as its regulator and its professional see it (S22: identity minimum).</summary>
internal sealed record BookingView(
    Guid Id,
    Guid RangeId,
    DateTimeOffset Start,
    DateTimeOffset End,
    Mode Mode,
    BookingState State,
    string CaseReference,
    PatientTraits Patient,
    Guid PractitionerId,
    string PractitionerName,
    string LocationLabel,
    string Commune,
    string? Phone,
    string Zone,
    DateTimeOffset BookedAt,
    Guid PatientId,
    IReadOnlyList<PatientEntry> History,
    string? Reason,
    Guid? OrientationId,
    Guid ActivityId
)
{
    public static BookingView Of(Booking b, Calendar c, PatientSeal seal)
    {
        var sheet = seal.Shown(b);
        return new(
            b.Id,
            b.RangeId,
            b.Start,
            b.End,
            b.Mode,
            b.State,
            b.CaseReference,
            sheet?.Traits(b.Age, b.Sex) ?? new PatientTraits(b.Age, b.Sex, FieldCipher.Illegible),
            b.PractitionerId,
            c.Name,
            c.LocationLabel,
            c.Commune,
            c.Phone,
            c.Zone,
            b.BookedAt,
            b.PatientId,
            [.. sheet?.History ?? []],
            seal.Reason(b),
            b.OrientationId,
            b.CalendarId
        );
    }
}
