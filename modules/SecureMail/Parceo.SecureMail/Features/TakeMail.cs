using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Mime;
using Parceo.SecureMail.Operator;
using Parceo.SecureMail.Services;

namespace Parceo.SecureMail.Features;

/// <summary>A node takes a due mail to transmit it: nobody else does for two minutes. One whose recipients left the liste blanche is refused.</summary>
internal static class TakeMail
{
    [SystemOnly]
    public sealed record Command(Guid MailId) : IRequest<Envelope?>;

    /// <summary>What to hand over; null when somebody else has it.</summary>
    /// <param name="To">Addresses.</param>
    /// <param name="Message">MIME.</param>
    public sealed record Envelope(string From, IReadOnlyList<string> To, byte[] Message);

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(
        SecureMailDb db,
        MailSeal seal,
        Outgoing outgoing,
        TrustedDomains domains,
        OperatorSettings settings,
        TimeProvider clock
    ) : IRequestHandler<Command, Envelope?>
    {
        public async Task<Envelope?> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var mail = await db.Sent.SingleOrDefaultAsync(
                m =>
                    m.Id == command.MailId
                    && m.State == MailState.Waiting
                    && m.NextAttemptAt <= now
                    && !db.Attachments.Any(a => a.MailId == m.Id && a.Verdict != Verdict.Allowed),
                ct
            );
            if (mail is null)
                return null;
            var box = await db.Mailboxes.AsNoTracking().SingleAsync(b => b.Id == mail.MailboxId, ct);
            var stored = await (
                from a in db.Attachments.AsNoTracking()
                join c in db.Contents.AsNoTracking() on a.Id equals c.AttachmentId
                where a.MailId == mail.Id
                orderby a.Position
                select new { a, c }
            ).ToListAsync(ct);
            var content = seal.Open(mail);
            // The list may have changed since the mail was written: it decides when the mail leaves.
            var trusted = domains.All;
            if (content.To.Select(t => MssAddress.Refusal(t, trusted)).FirstOrDefault(r => r is not null) is { } refusal)
            {
                if (trusted.Count == 0 ? mail.Later(refusal, now) : mail.Refuse(refusal, now))
                    outgoing.Tell(mail);
                return null;
            }
            var files = stored.ConvertAll(f => new MailFile(seal.Name(f.a), seal.Open(f.a, f.c)));
            mail.Take(now);
            return new Envelope(
                box.Address,
                content.To,
                MailWriter.Write(mail.Id, mail.MessageId, box.Name, box.Address, content, files, settings.Nil, mail.CreatedAt)
            );
        }
    }
}
