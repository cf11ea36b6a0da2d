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
using Parceo.Platform.Audit;
using Parceo.SecureMail.Contracts;

namespace Parceo.Feedback.Features;

/// <summary>
/// One report: for its author to write or read again, for the médecin traitant to read; traced (S31). Who only sees to the
/// médecin traitant's post learns that it waits, from whom and since when; neither the text nor its answer.
/// </summary>
internal static class ShowReport
{
    [Requires(FeedbackPermissions.See), Audited]
    public sealed record Query(Guid BookingId) : IRequest<Response>;

    /// <summary>A report.</summary>
    /// <param name="Text">Null until it is sent, and for who may not read it.</param>
    /// <param name="MayWrite">The caller owes it.</param>
    /// <param name="IsForMe">The caller is the médecin traitant, or somebody whom they let read it.</param>
    /// <param name="IsWithheld">The caller sees that it waits, no more.</param>
    /// <param name="Mailed">Where its MSSanté mail stands; null when none was sent.</param>
    /// <param name="Reply">What the médecin traitant answered by MSSanté.</param>
    public sealed record Response(
        Guid BookingId,
        ReportState State,
        DateTimeOffset? CareAt,
        DateTimeOffset? DueAt,
        DateTimeOffset? SentAt,
        DateTimeOffset? ReadAt,
        string? Author,
        Guid? MtPractitionerId,
        string? Mt,
        bool Opposed,
        ReportText? Text,
        bool MayWrite,
        bool IsForMe,
        bool IsWithheld,
        MailState? Mailed,
        DateTimeOffset? MailedAt,
        Answer? Reply
    );

    public sealed class Validator : AbstractValidator<Query>;

    public sealed class Handler(FeedbackDb db, ISender sender, SystemSender system, CallContext user, ReportSeal seal, AuditNote audit)
        : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var report = await db.Reports.AsNoTracking().SingleOrDefaultAsync(r => r.BookingId == query.BookingId, ct)
                ?? throw new NotFoundException("report_unknown");
            audit.About("report", report.BookingId, report.OrientationId?.ToString());
            var writes = user.ActFor(FeedbackPermissions.Write, report.PractitionerId);
            var sentTo = report.SentAt is null ? null : report.MtPractitionerId;
            var reads = sentTo is { } mt && user.ActFor(FeedbackPermissions.Read, mt);
            var withheld = !writes && !reads && sentTo is { } of && user.ActFor(FeedbackPermissions.See, of);
            if (!writes && !reads && !withheld)
                throw new NotFoundException("report_unknown");
            var ids = new[] { report.PractitionerId, report.MtPractitionerId ?? report.PractitionerId }.Distinct().ToList();
            var names = (await sender.Send(new GetPractitioners.Query(ids), ct)).ToDictionary(p => p.Id, p => p.Name);
            // Whoever may read the report may read its answer, whose mailbox may be somebody else's.
            var reply = !withheld && report.AnswerId is { } answer ? await Reply(answer, ct) : null;
            return new Response(
                report.BookingId,
                report.State,
                report.CareAt,
                report.DueAt,
                report.SentAt,
                report.ReadAt,
                names.GetValueOrDefault(report.PractitionerId),
                report.MtPractitionerId,
                report.MtPractitionerId is { } id ? names.GetValueOrDefault(id) : null,
                report.Opposed,
                withheld ? null : seal.Open(report),
                writes && report.SentAt is null,
                reads,
                withheld,
                report.Mailed,
                report.MailedAt,
                reply
            );
        }

        private async Task<Answer?> Reply(Guid answer, CancellationToken ct)
        {
            try
            {
                return await system.Send(new ReadAnswer(answer), user.CorrelationId, ct);
            }
            catch (NotFoundException)
            {
                return null;
            } // mails are kept less long than reports
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("reports/{bookingId:guid}", async (Guid bookingId, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(bookingId), ct))
            )
            .WithName("ShowReport")
            .WithSummary("One report")
            .ProducesProblem(404);
}
