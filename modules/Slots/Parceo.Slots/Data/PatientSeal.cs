using System.Text.Json;
using Parceo.Platform;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Data;

/// <summary>Seals and opens who the patient of a booking is, and why they come (S29).</summary>
internal sealed class PatientSeal(FieldCipher cipher)
{
    /// <summary>Where it is kept.</summary>
    public static readonly SealedColumn[] Columns =
    [
        new(typeof(Booking), nameof(Booking.SealedIdentity), "slots.booking", nameof(Booking.Id)),
        new(typeof(Booking), nameof(Booking.SealedReason), "slots.booking", nameof(Booking.Id)),
    ];

    public void Seal(Booking booking, PatientSheet sheet)
    {
        if (sheet.Entries.Count > 0)
            booking.Seal(
                cipher.Seal(JsonSerializer.Serialize(sheet), booking.OrganisationId, "slots.booking", "sealed_identity", booking.Id)
            );
    }

    /// <summary>Blank: taken away, which nothing fills in again.</summary>
    public void SealReason(Booking booking, string? reason) =>
        booking.SealReason(cipher.Seal(reason?.Trim() ?? "", booking.OrganisationId, "slots.booking", "sealed_reason", booking.Id));

    /// <summary>Null when nobody has said.</summary>
    public string? Reason(Booking booking) =>
        booking.SealedReason is { } bytes
        && FieldCipher.Shown(
            () => cipher.Open(bytes, booking.OrganisationId, "slots.booking", "sealed_reason", booking.Id),
            FieldCipher.Illegible
        )
            is { Length: > 0 } text
            ? text
            : null;

    /// <summary>For whoever looks at it among others: null when it does not open.</summary>
    public PatientSheet? Shown(Booking booking) => FieldCipher.Shown<PatientSheet?>(() => Open(booking), null);

    public PatientSheet Open(Booking booking) => Open(booking.SealedIdentity, booking.OrganisationId, booking.Id);

    public PatientSheet Open(byte[]? sealedIdentity, Guid organisation, Guid booking) =>
        sealedIdentity is null
            ? PatientSheet.Empty
            : JsonSerializer.Deserialize<PatientSheet>(
                cipher.Open(sealedIdentity, organisation, "slots.booking", "sealed_identity", booking)
            )!;
}
