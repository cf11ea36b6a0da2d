using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Services;

namespace Parceo.SecureMail.Features;

/// <summary>Answers <see cref="Contracts.SendSecureMail"/>: one mail a key, whatever the number of deliveries.</summary>
internal static class SendSecureMail
{
    public sealed class Validator : AbstractValidator<Contracts.SendSecureMail>
    {
        public Validator()
        {
            RuleFor(m => m.Key).NotEmpty().WithMessage("mail_key_missing");
            RuleFor(m => m.Subject).Reference("mail_subject_invalid", 200);
            RuleFor(m => m.Text).Must(t => !string.IsNullOrWhiteSpace(t) && TextRules.IsText(t, 20_000)).WithMessage("mail_text_invalid");
            RuleFor(m => m.Origin).NotNull().Must(o => o is { Module.Length: > 0 and <= 32 }).WithMessage("mail_origin_missing");
            RuleFor(m => m.Document).Must(IsPlain).WithMessage("mail_document_invalid");
        }
    }

    /// <summary>Traits go into the subject, the code into a header, all of it into XML: one line each, no control characters.</summary>
    private static bool IsPlain(MailDocument? d) =>
        d is null
        || (
            d is { Patient: { } patient, Sections: { Count: <= 50 } sections, Code.Length: > 0 and <= 40 }
            && d.Code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
            && new[] { d.Title, d.Author, d.AuthorNationalId, patient.BirthName, patient.FirstNames, patient.BirthPlace }.All(t =>
                t is null || (t.Length <= 200 && TextRules.IsLine(t))
            )
            && sections.All(s => s.Title.Length <= 200 && TextRules.IsLine(s.Title) && TextRules.IsText(s.Text, 20_000))
        );

    public sealed class Handler(SecureMailDb db, MailSeal seal, Outgoing outgoing) : IRequestHandler<Contracts.SendSecureMail, Guid>
    {
        public async Task<Guid> Handle(Contracts.SendSecureMail request, CancellationToken ct)
        {
            if (await db.Sent.Where(m => m.Key == request.Key).Select(m => (Guid?)m.Id).SingleOrDefaultAsync(ct) is { } known)
                return known;
            var from = await (
                request.From is { } chosen
                    ? db.Mailboxes.SingleOrDefaultAsync(
                        m => m.Address == chosen && m.OrganisationId == request.OrganisationId && m.Kind != MailboxKind.Per,
                        ct
                    )
                    : Sender(db, request.OrganisationId, ct)
            )
                ?? throw new ConflictException("mail_no_mailbox");
            var answered =
                request.AnswersId is { } id
                && await db.Received.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.OrganisationId == request.OrganisationId, ct)
                    is { } mail
                    ? seal.Body(mail)
                    : null;
            var content = new OutContent(
                request.To,
                request.Subject.Trim(),
                request.Text,
                WantsReceipt: true,
                answered?.MessageId,
                Outgoing.ThreadOf(answered),
                request.Document,
                PatientId: request.PatientId
            );
            return (
                await outgoing.Queue(
                    from,
                    request.AuthorId,
                    request.Key,
                    request.Origin,
                    content,
                    request.Files ?? [],
                    ct,
                    answered is null ? null : request.AnswersId
                )
            ).Id;
        }
    }

    /// <summary>From where an organisation's modules send: its APP mailbox, else an ORG one; never a person's.</summary>
    internal static Task<Mailbox?> Sender(SecureMailDb db, Guid organisation, CancellationToken ct) =>
        db
            .Mailboxes.Where(m => m.OrganisationId == organisation && m.ClosedAt == null && m.Kind != MailboxKind.Per)
            .OrderBy(m => m.Kind == MailboxKind.App ? 0 : 1)
            .ThenBy(m => m.Address)
            .FirstOrDefaultAsync(ct);
}
