using Microsoft.AspNetCore.Http;
using Parceo.Slots.Features;

namespace Parceo.Slots.Pages;

/// <summary>What <see cref="PatientForm"/> posts.</summary>
internal sealed record PatientPost(Guid BookingId, PatientContact Said, PatientContact Seen, CompletePatient.ReasonChange? Reason)
{
    /// <summary>What asks for it.</summary>
    public CompletePatient.Command Command => new(BookingId, Said.Name, Said.Phone, Seen, Reason);

    /// <summary>The form that was posted, when it was this one.</summary>
    public static PatientPost? Of(IFormCollection form) =>
        Guid.TryParse(form["completer"], out var id)
            ? new(
                id,
                new(form["nom"], form["telephone"]),
                new(form["nom-vu"], form["telephone-vu"]),
                form.ContainsKey("motif") ? new(form["motif"], form["motif-vu"]) : null
            )
            : null;

    /// <summary>Id of the control of the name.</summary>
    public static string NameId(Guid booking) => $"nom-{booking:n}";

    /// <summary>Id of the control of the phone.</summary>
    public static string PhoneId(Guid booking) => $"telephone-{booking:n}";

    /// <summary>Id of the control of the reason.</summary>
    public static string ReasonId(Guid booking) => $"motif-{booking:n}";

    /// <summary>The control that a member of the command is typed in.</summary>
    public string FieldOf(string member) =>
        member switch
        {
            "name" => NameId(BookingId),
            "phone" => PhoneId(BookingId),
            "reason" => ReasonId(BookingId),
            _ => "",
        };
}
