using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;

namespace Parceo.SecureMail.Features;

/// <summary>One received mail; traced (S31).</summary>
internal static class ShowMail
{
    [Requires(SecureMailPermissions.Read), Audited]
    public sealed record Query(Guid Id) : IRequest<Response>;

    /// <summary>A mail as text.</summary>
    /// <param name="From">Display name, or empty.</param>
    /// <param name="Address">Sender; a patient's number is masked.</param>
    /// <param name="CanAnswer">The caller may send from this mailbox, and the sender may be written to.</param>
    /// <param name="AnswersId">Mail of ours that it answers.</param>
    /// <param name="Notes">Codes of what was left out.</param>
    public sealed record Response(
        Guid Id,
        Guid MailboxId,
        string Mailbox,
        string From,
        string Address,
        string Subject,
        IReadOnlyList<string> To,
        DateTimeOffset? SentAt,
        DateTimeOffset ReceivedAt,
        bool IsRead,
        string Text,
        IReadOnlyList<ReadableDocument> Documents,
        IReadOnlyList<MailFileRow> Files,
        IReadOnlyList<string> Notes,
        bool CanAnswer,
        Guid? AnswersId
    );

    public sealed class Handler(SecureMailDb db, MailSeal seal, ICurrentUser user, AuditNote audit) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var mail = await db.Received.AsNoTracking().SingleOrDefaultAsync(m => m.Id == query.Id && m.Kind != InKind.Report, ct)
                ?? throw new NotFoundException("mail_unknown");
            audit.About("mail", mail.Id);
            var box = await db.Mailboxes.AsNoTracking().Include(b => b.Members).SingleAsync(b => b.Id == mail.MailboxId, ct);
            var (head, body) = (seal.Head(mail), seal.Body(mail));
            var address = MssAddress.Parse(head.Address);
            var mine = box.Members.FirstOrDefault(m => m.PersonId == user.Id);
            return new Response(
                mail.Id,
                box.Id,
                box.Address,
                head.Name,
                MssAddress.Shown(head.Address),
                head.Subject,
                body.To,
                mail.SentAt,
                mail.ReceivedAt,
                mail.ReadAt is not null,
                body.Text,
                body.Documents,
                await MailFileRow.Of(db, seal, mail.Id, ct),
                body.Notes,
                mine?.MaySend == true
                    && box.ClosedAt is null
                    && user.Can(SecureMailPermissions.Send)
                    && address is not null
                    && !MssAddress.IsPatient(address),
                mail.AnswersId
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("mails/{id:guid}", async (Guid id, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(id), ct))
            )
            .WithName("ShowMail")
            .WithSummary("One received MSSanté mail")
            .ProducesProblem(404);
}
