using MediatR;
using Parceo.Patients.Contracts;

namespace Parceo.SecureMail.Contracts;

/// <summary>
/// Sends an MSSanté mail for another module. Sent by an effect of that module with its event's id as <paramref name="Key"/>:
/// a repeated delivery sends nothing twice and answers with the same id. What becomes of it comes as
/// <see cref="MailStateChanged"/>, an answer as <see cref="AnswerReceived"/>, both with the <paramref name="Origin"/>.
/// </summary>
/// <param name="Key">Idempotency key.</param>
/// <param name="OrganisationId">From whose mailbox (<see cref="FindSender"/>).</param>
/// <param name="AuthorId">Account of who wrote it; empty for the host itself.</param>
/// <param name="To">MSSanté addresses, 1–20.</param>
/// <param name="Subject">One line, 1–200 characters. It stays inside the espace de confiance.</param>
/// <param name="Text">1–20 000 characters.</param>
/// <param name="Origin">Where answers and states belong.</param>
/// <param name="Files">Attachments, at most 10; their encoded size counts against the operator's limit.</param>
/// <param name="Document">Sent as <c>IHE_XDM.ZIP</c> with a readable copy beside it; null for none.</param>
/// <param name="From">Address of the mailbox, as <see cref="CheckSecureAddress"/> gave it; null for the organisation's own choice.</param>
/// <param name="AnswersId">The received mail that it answers (<see cref="AnswerReceived"/>); null for none.</param>
/// <param name="PatientId">Reference to the patient whom it is about; kept sealed with the mail.</param>
[SystemOnly]
public sealed record SendSecureMail(
    Guid Key,
    Guid OrganisationId,
    Guid AuthorId,
    IReadOnlyList<string> To,
    string Subject,
    string Text,
    MailOrigin Origin,
    IReadOnlyList<MailFile>? Files = null,
    MailDocument? Document = null,
    string? From = null,
    Guid? AnswersId = null,
    Guid? PatientId = null
) : IRequest<Guid>;

/// <summary>A thing of a module.</summary>
/// <param name="Module">Name of the module: <c>feedback</c>, <c>messaging</c>.</param>
/// <param name="Id">The report, the conversation…</param>
public sealed record MailOrigin(string Module, Guid Id);

/// <summary>A file.</summary>
/// <param name="Name">With its extension: pdf, png, jpg, txt.</param>
/// <param name="Content">Bytes.</param>
public sealed record MailFile(string Name, byte[] Content)
{
    /// <summary>Media types that leave by MSSanté, whatever else Parceo may hold.</summary>
    public static IReadOnlyList<string> Types { get; } = ["application/pdf", "image/jpeg", "image/png", "text/plain"];
}

/// <summary>A clinical document (CDA R2, body as text) about one patient.</summary>
/// <param name="Code">LOINC code of the kind of document: <c>34112-3</c>.</param>
/// <param name="Title">« Compte rendu de soins non programmés ».</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="AuthorNationalId">IDNPS of the author, or null.</param>
/// <param name="Patient">About whom.</param>
/// <param name="Sections">Title and text.</param>
/// <param name="At">When the care took place; UTC.</param>
public sealed record MailDocument(
    string Code,
    string Title,
    string Author,
    string? AuthorNationalId,
    StrictTraits Patient,
    IReadOnlyList<DocumentSection> Sections,
    DateTimeOffset At
);

/// <summary>A part of a document.</summary>
public sealed record DocumentSection(string Title, string Text);

/// <summary>From where an organisation's modules can send without anybody's presence: its APP or ORG mailbox.</summary>
[SystemOnly]
public sealed record FindSender(Guid OrganisationId) : IRequest<SenderFound>;

/// <summary>Whether the organisation can send.</summary>
/// <param name="Address">From which address; null when it cannot.</param>
/// <param name="Reason">Error code that says why not: <c>mail_no_operator</c>, <c>mail_no_mailbox</c>, <c>mail_no_domains</c>; null when it can.</param>
public sealed record SenderFound(string? Address, string? Reason);

/// <summary>
/// Whether the caller could write to an address now by way of another module, from which mailbox, and whose the address
/// is. From a mailbox of their organisation that they may send from, else from its application's own (BAL APP).
/// </summary>
/// <param name="Address">As typed or chosen; null asks about the mailbox only.</param>
[Requires(SecureMailPermissions.Send)]
public sealed record CheckSecureAddress(string? Address = null) : IRequest<SecureAddressChecked>;

/// <summary>What came of it.</summary>
/// <param name="From">Address of the mailbox; null when nothing can leave at all.</param>
/// <param name="To">The address in its one form; null when it was not asked for, or may not be written to.</param>
/// <param name="Name">Whose it is in the national extraction; else the address.</param>
/// <param name="Reason">Error code that says why not; null when it can.</param>
public sealed record SecureAddressChecked(string? From, string? To, string? Name, string? Reason);

/// <summary>MSSanté addresses of professionals, from the national extraction, of domains of the liste blanche. Who asked not to be listed is absent: absence proves nothing.</summary>
/// <param name="PractitionerIds">Directory ids, at most 100.</param>
[OpenToSignedIn("Professional addresses are public data of the national directory.")]
public sealed record FindSecureAddresses(IReadOnlyList<Guid> PractitionerIds) : IRequest<IReadOnlyList<SecureAddress>>;

/// <summary>An address of a professional.</summary>
/// <param name="PractitionerId">Directory id.</param>
/// <param name="Address">MSSanté address.</param>
/// <param name="Structure">Where, or null.</param>
public sealed record SecureAddress(Guid PractitionerId, string Address, string? Structure);

/// <summary>The text of an answer, for the module that <see cref="AnswerReceived"/> told of it; it answers for who reads it.</summary>
/// <param name="AnswerId">The received mail.</param>
[SystemOnly]
public sealed record ReadAnswer(Guid AnswerId) : IRequest<Answer>;

/// <summary>Files of an answer that may be shown elsewhere (<see cref="MailFile.Types"/>), at most 10. The antivirus may not have seen them yet: whoever keeps them asks it.</summary>
/// <param name="AnswerId">The received mail.</param>
[SystemOnly]
public sealed record ReadAnswerFiles(Guid AnswerId) : IRequest<IReadOnlyList<MailFile>>;

/// <summary>An answer.</summary>
/// <param name="From">Display name, or the address.</param>
/// <param name="Address">Sender's address; a patient's number is masked.</param>
/// <param name="Text">Plain text, without the quoted original where it can be told.</param>
/// <param name="Files">How many attachments wait in the mailbox.</param>
/// <param name="At">When it was sent, as its sender says; UTC.</param>
public sealed record Answer(string From, string Address, string Text, int Files, DateTimeOffset At);
