using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;

namespace Parceo.SecureMail.Features;

/// <summary>Mails sent from one's mailboxes, newest first, and where each stands.</summary>
internal static class ListSent
{
    private const int PageSize = 30;

    /// <param name="MailboxId">Of this mailbox only.</param>
    /// <param name="Before">Cursor of the page before.</param>
    [Requires(SecureMailPermissions.Read), Audited]
    public sealed record Query(Guid? MailboxId = null, string? Before = null) : IRequest<Response>;

    /// <param name="Mails">At most 30.</param>
    /// <param name="Next">Cursor of the next page; null on the last.</param>
    public sealed record Response(IReadOnlyList<Row> Mails, string? Next);

    public sealed record Row(
        Guid Id,
        Guid MailboxId,
        IReadOnlyList<string> To,
        string Subject,
        DateTimeOffset At,
        MailState State,
        string? Code
    );

    public sealed class Handler(SecureMailDb db, MailSeal seal) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var mails = db.Sent.AsNoTracking().Where(m => !m.IsReceipt);
            if (query.MailboxId is { } box)
                mails = mails.Where(m => m.MailboxId == box);
            if (query.Before is { } before && PageCursor.Read(before) is var (at, id))
                mails = mails.Where(m => m.CreatedAt < at || (m.CreatedAt == at && m.Id.CompareTo(id) < 0));
            var page = await mails.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Take(PageSize + 1).ToListAsync(ct);
            return new Response(
                [.. page.Take(PageSize).Select(Show)],
                page.Count > PageSize ? PageCursor.Write(page[PageSize - 1].CreatedAt, page[PageSize - 1].Id) : null
            );
        }

        private Row Show(OutMail m)
        {
            var content = seal.Shown(m);
            return new(m.Id, m.MailboxId, [.. content.To.Select(MssAddress.Shown)], content.Subject, m.CreatedAt, m.State, m.Code);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("sent", async (Guid? mailboxId, string? before, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(mailboxId, before), ct))
            )
            .WithName("ListSentMails")
            .WithSummary("Sent MSSanté mails and where they stand")
            .ProducesProblem(400);
}
