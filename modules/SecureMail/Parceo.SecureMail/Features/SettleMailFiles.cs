using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Events;
using Parceo.SecureMail.Services;

namespace Parceo.SecureMail.Features;

/// <summary>What the antivirus says of a mail's files: clean ones can be read and leave; the bytes of others are gone, and a mail with one does not leave (S42).</summary>
internal static class SettleMailFiles
{
    /// <param name="Files">Each file and whether it is clean.</param>
    [SystemOnly]
    public sealed record Command(Guid MailId, IReadOnlyDictionary<Guid, bool> Files) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(SecureMailDb db, Outgoing outgoing, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var files = await db.Attachments.Where(a => a.MailId == command.MailId && a.Verdict == Verdict.Pending).ToListAsync(ct);
            foreach (var file in files.Where(f => command.Files.ContainsKey(f.Id)))
            {
                file.Judge(command.Files[file.Id]);
                if (file.Verdict == Verdict.Refused)
                    db.Contents.Remove(new AttachmentContent(file.Id, []));
            }
            if (files.Count == 0 || await db.Sent.SingleOrDefaultAsync(m => m.Id == command.MailId, ct) is not { } mail)
                return Unit.Value;
            if (files.Exists(f => f.Verdict == Verdict.Refused))
            {
                if (mail.Infect(clock.GetUtcNow()))
                    outgoing.Tell(mail);
            }
            else
                db.Publish(new MailDue(mail.Id), mail.Id);
            return Unit.Value;
        }
    }
}
