using System.Text.Json;
using Parceo.Platform;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Data;

/// <summary>Seals and opens the identity minimum of a booking (S29).</summary>
internal sealed class PatientSeal(FieldCipher cipher)
{
    /// <summary>Where it is kept.</summary>
    public static readonly SealedColumn[] Columns =
    [
        new(typeof(Booking), nameof(Booking.SealedIdentity), "slots.booking", nameof(Booking.Id)),
    ];

    private sealed record Identity(string? Name, string? Phone);

    public void Seal(Booking booking)
    {
        if (booking.Patient is not { } patient || (patient.Name is null && patient.Phone is null))
            return;
        var json = JsonSerializer.Serialize(new Identity(patient.Name, patient.Phone));
        booking.Seal(cipher.Seal(json, booking.OrganisationId, "slots.booking", "sealed_identity", booking.Id));
    }

    public Patient Open(byte[]? sealedIdentity, Guid organisation, Guid booking, int age, Sex sex)
    {
        if (sealedIdentity is null)
            return new(age, sex, null, null);
        var identity = JsonSerializer.Deserialize<Identity>(
            cipher.Open(sealedIdentity, organisation, "slots.booking", "sealed_identity", booking)
        )!;
        return new(age, sex, identity.Name, identity.Phone);
    }
}
