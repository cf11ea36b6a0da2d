using System.Text.Json;
using Parceo.Patients.Contracts;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;

namespace Parceo.Regulation.Data;

/// <summary>Seals and opens what is secret of an orientation (S29).</summary>
internal sealed class FileSeal(FieldCipher cipher)
{
    private const string Table = "regulation.patient_file";

    /// <summary>Where it is kept.</summary>
    public static readonly SealedColumn[] Columns =
    [
        new(typeof(PatientFile), nameof(PatientFile.Identity), Table, nameof(PatientFile.OrientationId)),
        new(typeof(PatientFile), nameof(PatientFile.Clinical), Table, nameof(PatientFile.OrientationId)),
        new(typeof(PatientFile), nameof(PatientFile.Handover), Table, nameof(PatientFile.OrientationId)),
    ];

    public void Write(PatientFile file, PatientSheet? identity = null, ClinicalDetails? clinical = null, string? handover = null) =>
        file.Take(
            identity is null ? null : Seal(JsonSerializer.Serialize(identity), "identity", file),
            clinical is null ? null : Seal(JsonSerializer.Serialize(clinical), "clinical", file),
            handover is null ? null : Seal(handover, "handover", file)
        );

    public PatientSheet Identity(PatientFile file) =>
        file.Identity is null ? PatientSheet.Empty : JsonSerializer.Deserialize<PatientSheet>(Open(file.Identity, "identity", file))!;

    /// <summary>Who it is, for whoever looks at the whole: what does not open says so in its place.</summary>
    public (PatientContact Contact, IReadOnlyList<PatientEntry> History) Shown(PatientFile file) =>
        FieldCipher.Shown(
            () => Identity(file) is var sheet ? (sheet.Contact, (IReadOnlyList<PatientEntry>)[.. sheet.History]) : default,
            (new PatientContact(FieldCipher.Illegible, null), [])
        );

    public ClinicalDetails Clinical(PatientFile file) => FieldCipher.Shown(() => OpenClinical(file), new(FieldCipher.Illegible));

    /// <summary>
    /// What goes to who receives: null where it does not open. Whoever runs the installation hears of that already; the patient
    /// must not wait for words, and nothing illegible is copied.
    /// </summary>
    public (PatientSheet? Identity, string? Reason) ToPass(PatientFile file, CareKind kind, ReasonClass reason) =>
        (
            FieldCipher.Shown<PatientSheet?>(() => Identity(file), null),
            FieldCipher.Shown<string?>(() => ReasonWords.Of(kind, reason, OpenClinical(file)), null)
        );

    private ClinicalDetails OpenClinical(PatientFile file) =>
        file.Clinical is null ? new((string?)null) : JsonSerializer.Deserialize<ClinicalDetails>(Open(file.Clinical, "clinical", file))!;

    public string? Handover(PatientFile file) =>
        file.Handover is null ? null
        : FieldCipher.Shown(() => Open(file.Handover, "handover", file), FieldCipher.Illegible) is { Length: > 0 } text ? text
        : null;

    private byte[] Seal(string text, string column, PatientFile file) =>
        cipher.Seal(text, file.OrganisationId, Table, column, file.OrientationId);

    private string Open(byte[] bytes, string column, PatientFile file) =>
        cipher.Open(bytes, file.OrganisationId, Table, column, file.OrientationId);
}
