using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Services;

namespace Parceo.SecureMail.Features;

/// <summary>Answers <see cref="Contracts.ReadAnswerFiles"/>.</summary>
internal static class ReadAnswerFiles
{
    public sealed class Handler(SecureMailDb db, MailSeal seal) : IRequestHandler<Contracts.ReadAnswerFiles, IReadOnlyList<MailFile>>
    {
        public async Task<IReadOnlyList<MailFile>> Handle(Contracts.ReadAnswerFiles request, CancellationToken ct)
        {
            var types = MailFile.Types;
            var found = await (
                from a in db.Attachments.AsNoTracking()
                join c in db.Contents.AsNoTracking() on a.Id equals c.AttachmentId
                where a.MailId == request.AnswerId && a.Verdict != Verdict.Refused && types.Contains(a.MediaType)
                orderby a.Position
                select new { a, c }
            )
                .Take(Outgoing.MostFiles)
                .ToListAsync(ct);
            return [.. found.Select(f => new MailFile(seal.Name(f.a), seal.Open(f.a, f.c)))];
        }
    }
}
