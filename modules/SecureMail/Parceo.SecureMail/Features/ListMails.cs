using FluentValidation;
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

/// <summary>
/// Received mails, newest first. Words are looked for in senders and subjects, which are sealed: so in memory, among the 500
/// newest that the caller may read.
/// </summary>
internal static class ListMails
{
    private const int PageSize = 30,
        Searched = 500;

    /// <param name="MailboxId">Of this mailbox only; null for all that the caller opens.</param>
    /// <param name="Search">Words of the sender or the subject. They may name a patient: sent in a body, never in an address (S66).</param>
    /// <param name="Before">Cursor of the page before.</param>
    /// <param name="Unread">Only what nobody has read.</param>
    [Requires(SecureMailPermissions.Read), Audited]
    public sealed record Query(Guid? MailboxId = null, string? Search = null, string? Before = null, bool Unread = false)
        : IRequest<Response>;

    /// <param name="Mails">At most 30.</param>
    /// <param name="Next">Cursor of the next page; null on the last.</param>
    public sealed record Response(IReadOnlyList<Row> Mails, string? Next);

    public sealed record Row(
        Guid Id,
        Guid MailboxId,
        string From,
        string Subject,
        DateTimeOffset At,
        bool IsRead,
        int Files,
        bool HasDocument,
        InKind Kind
    );

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Search).PlainText("mail_search_invalid", 200);
        }
    }

    public sealed class Handler(SecureMailDb db, MailSeal seal) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var mails = db.Received.AsNoTracking().Where(m => m.Kind != InKind.Report);
            if (query.Unread)
                mails = mails.Where(m => m.ReadAt == null);
            if (query.MailboxId is { } box)
                mails = mails.Where(m => m.MailboxId == box);
            if (query.Before is { } before && PageCursor.Read(before) is var (at, id))
                mails = mails.Where(m => m.ReceivedAt < at || (m.ReceivedAt == at && m.Id.CompareTo(id) < 0));
            var words = TextRules.FoldedWords(query.Search).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var found = await mails
                .OrderByDescending(m => m.ReceivedAt)
                .ThenByDescending(m => m.Id)
                .Take(words.Length > 0 ? Searched : PageSize + 1)
                .ToListAsync(ct);
            var rows = found
                .Select(Show)
                .Where(r => words.All(TextRules.FoldedWords($"{r.From} {r.Subject}").Contains))
                .Take(PageSize + 1)
                .ToList();
            return new Response(
                [.. rows.Take(PageSize)],
                rows.Count > PageSize ? PageCursor.Write(rows[PageSize - 1].At, rows[PageSize - 1].Id) : null
            );
        }

        private Row Show(InMail m)
        {
            var head = seal.Head(m);
            return new(
                m.Id,
                m.MailboxId,
                head.Name.Length > 0 ? head.Name : MssAddress.Shown(head.Address),
                head.Subject,
                m.ReceivedAt,
                m.ReadAt is not null,
                m.Files,
                m.HasDocument,
                m.Kind
            );
        }
    }

    public sealed record Body(Guid? MailboxId = null, string? Search = null, string? Before = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("mails/search", async (Body body, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(body.MailboxId, body.Search, body.Before), ct))
            )
            .WithName("ListMails")
            .WithSummary("Received MSSanté mails")
            .ProducesProblem(400);
}
