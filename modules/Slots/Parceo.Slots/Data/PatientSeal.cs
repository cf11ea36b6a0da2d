using System.Text.Json;
using Parceo.Platform;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Data;

/// <summary>Seals and opens who the patient of a booking is (S29).</summary>
internal sealed class PatientSeal(FieldCipher cipher)
{
    /// <summary>Where it is kept.</summary>
    public static readonly SealedColumn[] Columns =
    [
        new(typeof(Booking), nameof(Booking.SealedIdentity), "slots.booking", nameof(Booking.Id)),
    ];

    public void Seal(Booking booking, PatientSheet sheet)
    {
        if (sheet.Entries.Count > 0)
            booking.Seal(
                cipher.Seal(JsonSerializer.Serialize(sheet), booking.OrganisationId, "slots.booking", "sealed_identity", booking.Id)
            );
    }

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
