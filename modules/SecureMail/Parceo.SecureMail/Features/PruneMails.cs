using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Operator;

namespace Parceo.SecureMail.Features;

/// <summary>Removes mails that were kept long enough, with their files (<see cref="OperatorSettings.Keep"/>): a batch a ring. What still waits to leave stays.</summary>
internal static class PruneMails
{
    private const int Most = 200;

    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(SecureMailDb db, OperatorSettings settings, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var keptFrom = clock.GetUtcNow() - settings.Keep;
            var sent = await db
                .Sent.Where(m => m.CreatedAt < keptFrom && m.State != MailState.Waiting)
                .OrderBy(m => m.CreatedAt)
                .Take(Most)
                .ToListAsync(ct);
            var received = await db.Received.Where(m => m.ReceivedAt < keptFrom).OrderBy(m => m.ReceivedAt).Take(Most).ToListAsync(ct);
            var mails = sent.Select(m => m.Id).Concat(received.Select(m => m.Id)).ToList();
            if (mails.Count == 0)
                return Unit.Value;
            var files = await db.Attachments.Where(a => mails.Contains(a.MailId)).ToListAsync(ct);
            var ids = files.ConvertAll(f => f.Id);
            var stored = await db.Contents.Where(c => ids.Contains(c.AttachmentId)).Select(c => c.AttachmentId).ToListAsync(ct);
            db.Contents.RemoveRange(stored.Select(id => new AttachmentContent(id, []))); // their bytes need not be read to go
            db.Attachments.RemoveRange(files);
            db.Received.RemoveRange(received);
            db.Sent.RemoveRange(sent);
            return Unit.Value;
        }
    }
}
