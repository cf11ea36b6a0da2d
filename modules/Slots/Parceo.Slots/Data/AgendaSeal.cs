using Parceo.Platform;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Data;

/// <summary>Seals the address of an outside agenda under its professional's key (S29).</summary>
internal static class AgendaSeal
{
    private const string Table = "slots.outside_agenda",
        Column = "sealed_address";

    /// <summary>Where it is kept.</summary>
    public static readonly SealedColumn[] Columns =
    [
        new(typeof(OutsideAgenda), nameof(OutsideAgenda.SealedAddress), Table, nameof(OutsideAgenda.Id))
        {
            Organisation = nameof(OutsideAgenda.PractitionerId),
        },
    ];

    public static byte[] Seal(FieldCipher cipher, string address, Guid practitioner, Guid agenda) =>
        cipher.Seal(address, practitioner, Table, Column, agenda);

    public static string Open(FieldCipher cipher, OutsideAgenda agenda) =>
        cipher.Open(agenda.SealedAddress, agenda.PractitionerId, Table, Column, agenda.Id);
}
