using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Mime;

namespace Parceo.SecureMail.Features;

/// <summary>Answers <see cref="Contracts.ReadAnswer"/>.</summary>
internal static class ReadAnswer
{
    public sealed class Handler(SecureMailDb db, MailSeal seal) : IRequestHandler<Contracts.ReadAnswer, Answer>
    {
        public async Task<Answer> Handle(Contracts.ReadAnswer request, CancellationToken ct)
        {
            var mail = await db.Received.AsNoTracking().SingleOrDefaultAsync(m => m.Id == request.AnswerId, ct)
                ?? throw new NotFoundException("mail_unknown");
            var head = seal.Head(mail);
            return new(
                head.Name.Length > 0 ? head.Name : MssAddress.Shown(head.Address),
                MssAddress.Shown(head.Address),
                PlainText.WithoutQuote(seal.Body(mail).Text),
                mail.Files,
                mail.SentAt ?? mail.ReceivedAt
            );
        }
    }
}
