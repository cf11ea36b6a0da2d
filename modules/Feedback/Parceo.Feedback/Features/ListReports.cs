using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Contracts;
using Parceo.Feedback.Contracts;
using Parceo.Feedback.Data;
using Parceo.Feedback.Domain;
using Parceo.Platform;

namespace Parceo.Feedback.Features;

/// <summary>Reports that the caller owes or wrote, or that were addressed to them; without any patient's name.</summary>
internal static class ListReports
{
    /// <summary>Which list.</summary>
    public enum Box
    {
        /// <summary>Owed, oldest first; then those without a known médecin traitant.</summary>
        ToWrite,

        /// <summary>Written and sent, newest first.</summary>
        Sent,

        /// <summary>Addressed to me, newest first.</summary>
        Received,
    }

    /// <param name="Box">Which list.</param>
    /// <param name="Skip">Rows before the page, 0–10 000.</param>
    /// <param name="Unread">Of those received, only what nobody has read.</param>
    [Requires(FeedbackPermissions.See)]
    public sealed record Query(Box Box, int Skip = 0, bool Unread = false) : IRequest<Response>;

    /// <param name="Reports">At most 30.</param>
    /// <param name="More">Whether there are others.</param>
    public sealed record Response(IReadOnlyList<Row> Reports, bool More);

    /// <summary>A line. <paramref name="Author"/> and <paramref name="Mt"/> as shown; null when the directory knows them no more.</summary>
    public sealed record Row(
        Guid BookingId,
        ReportState State,
        DateTimeOffset? CareAt,
        DateTimeOffset? DueAt,
        DateTimeOffset? SentAt,
        DateTimeOffset? ReadAt,
        string? Author,
        string? Mt
    );

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Box).IsInEnum().WithMessage("box_unknown");
            RuleFor(q => q.Skip).InclusiveBetween(0, 10_000).WithMessage("page_invalid");
        }
    }

    public sealed class Handler(FeedbackDb db, ISender sender, ICurrentUser user) : IRequestHandler<Query, Response>
    {
        private const int Page = 30;

        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var (mine, addressed) = (
                user.Rights.PractitionersFor(FeedbackPermissions.Write),
                user.Rights.PractitionersFor(FeedbackPermissions.See)
            );
            var rows = db.Reports.AsNoTracking();
            rows = query.Box switch
            {
                Box.ToWrite => rows.Where(r =>
                        mine.Contains(r.PractitionerId)
                        && (r.State == ReportState.Due || (r.State == ReportState.NotOwed && !r.Opposed && r.MtPractitionerId == null))
                    )
                    .OrderBy(r => r.State == ReportState.Due ? 0 : 1)
                    .ThenBy(r => r.DueAt)
                    .ThenByDescending(r => r.FulfilledAt)
                    .ThenBy(r => r.BookingId),
                Box.Sent => rows.Where(r => mine.Contains(r.PractitionerId) && r.SentAt != null)
                    .OrderByDescending(r => r.SentAt)
                    .ThenBy(r => r.BookingId),
                _ => rows.Where(r =>
                        r.MtPractitionerId != null
                        && addressed.Contains(r.MtPractitionerId.Value)
                        && r.SentAt != null
                        && (!query.Unread || r.State == ReportState.Sent)
                    )
                    .OrderByDescending(r => r.SentAt)
                    .ThenBy(r => r.BookingId),
            };
            var page = await rows.Skip(query.Skip).Take(Page + 1).ToListAsync(ct);
            var shown = page.Take(Page).ToList();
            var ids = shown
                .Select(r => r.PractitionerId)
                .Concat(shown.Where(r => r.MtPractitionerId is not null).Select(r => r.MtPractitionerId!.Value))
                .Distinct()
                .Take(100)
                .ToList();
            var names = ids.Count == 0 ? [] : (await sender.Send(new GetPractitioners.Query(ids), ct)).ToDictionary(p => p.Id, p => p.Name);
            return new Response(
                [
                    .. shown.Select(r => new Row(
                        r.BookingId,
                        r.State,
                        r.CareAt,
                        r.DueAt,
                        r.SentAt,
                        r.ReadAt,
                        names.GetValueOrDefault(r.PractitionerId),
                        r.MtPractitionerId is { } mt ? names.GetValueOrDefault(mt) : null
                    )),
                ],
                page.Count > Page
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("reports", async (Box box, int? skip, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(box, skip ?? 0), ct))
            )
            .WithName("ListReports")
            .WithSummary("Reports to write, sent or received");
}
