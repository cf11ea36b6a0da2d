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

/// <summary>One sent mail, what became of it, and the answers; traced (S31).</summary>
internal static class ShowSent
{
    [Requires(SecureMailPermissions.Read), Audited]
    public sealed record Query(Guid Id) : IRequest<Response>;

    /// <summary>A sent mail.</summary>
    /// <param name="CanRetry">It was refused or given up, and the caller may send it again.</param>
    /// <param name="Answers">Received mails that answer it, at most 20.</param>
    public sealed record Response(
        Guid Id,
        Guid MailboxId,
        string Mailbox,
        IReadOnlyList<string> To,
        string Subject,
        string Text,
        ReadableDocument? Document,
        IReadOnlyList<MailFileRow> Files,
        bool WantsReceipt,
        MailState State,
        string? Code,
        int Attempts,
        DateTimeOffset CreatedAt,
        DateTimeOffset? SentAt,
        DateTimeOffset StateAt,
        string Origin,
        bool CanRetry,
        IReadOnlyList<Guid> Answers
    );

    public sealed class Handler(SecureMailDb db, MailSeal seal, ICurrentUser user, AuditNote audit) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var mail = await db.Sent.AsNoTracking().SingleOrDefaultAsync(m => m.Id == query.Id && !m.IsReceipt, ct)
                ?? throw new NotFoundException("mail_unknown");
            audit.About("mail", mail.Id);
            var box = await db.Mailboxes.AsNoTracking().Include(b => b.Members).SingleAsync(b => b.Id == mail.MailboxId, ct);
            var content = seal.Shown(mail);
            var document = content.Document is not { } d
                ? null
                : new ReadableDocument(d.Title, d.Author, $"{d.Patient.BirthName} {d.Patient.FirstNames}".Trim(), null, d.Sections);
            var answers = await db
                .Received.Where(r => r.AnswersId == mail.Id && r.Kind == InKind.Mail)
                .OrderBy(r => r.ReceivedAt)
                .Select(r => r.Id)
                .Take(20)
                .ToListAsync(ct);
            return new Response(
                mail.Id,
                box.Id,
                box.Address,
                [.. content.To.Select(MssAddress.Shown)],
                content.Subject,
                content.Text,
                document,
                await MailFileRow.Of(db, seal, mail.Id, ct),
                content.WantsReceipt,
                mail.State,
                mail.Code,
                mail.Attempts,
                mail.CreatedAt,
                mail.SentAt,
                mail.StateAt,
                mail.Origin,
                mail.State is MailState.GivenUp or MailState.Refused
                    && mail.Code != OutMail.Infected
                    && box.ClosedAt is null
                    && box.Members.Any(m => m.PersonId == user.Id && m.MaySend)
                    && user.Can(SecureMailPermissions.Send),
                answers
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("sent/{id:guid}", async (Guid id, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(id), ct))
            )
            .WithName("ShowSentMail")
            .WithSummary("One sent MSSanté mail")
            .ProducesProblem(404);
}
