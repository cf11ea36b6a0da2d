using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform.Jobs;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Operator;

namespace Parceo.SecureMail.Features;

/// <summary>Removes mails that were kept long enough, with their files (<see cref="OperatorSettings.Keep"/>): a batch at a time. What still waits to leave stays.</summary>
internal static class PruneMails
{
    internal const int Most = 200;

    [SystemOnly]
    public sealed record Command : IRequest<JobProgress>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(SecureMailDb db, OperatorSettings settings, TimeProvider clock) : IRequestHandler<Command, JobProgress>
    {
        public async Task<JobProgress> Handle(Command command, CancellationToken ct)
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
                return JobProgress.Done;
            var files = await db.Attachments.Where(a => mails.Contains(a.MailId)).ToListAsync(ct);
            var ids = files.ConvertAll(f => f.Id);
            var stored = await db.Contents.Where(c => ids.Contains(c.AttachmentId)).Select(c => c.AttachmentId).ToListAsync(ct);
            db.Contents.RemoveRange(stored.Select(id => new AttachmentContent(id, []))); // their bytes need not be read to go
            db.Attachments.RemoveRange(files);
            db.Received.RemoveRange(received);
            db.Sent.RemoveRange(sent);
            return sent.Count == Most || received.Count == Most ? JobProgress.More : JobProgress.Done;
        }
    }
}
