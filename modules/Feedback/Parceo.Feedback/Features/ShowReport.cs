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

namespace Parceo.Feedback.Features;

/// <summary>One report: for its author to write or read again, for the médecin traitant to read; traced (S31).</summary>
internal static class ShowReport
{
    [Requires(FeedbackPermissions.Read), Audited]
    public sealed record Query(Guid BookingId) : IRequest<Response>;

    /// <summary>A report.</summary>
    /// <param name="Text">Null until it is sent.</param>
    /// <param name="MayWrite">The caller owes it.</param>
    /// <param name="IsForMe">The caller is the médecin traitant, or acts for them.</param>
    public sealed record Response(
        Guid BookingId, ReportState State, DateTimeOffset? CareAt, DateTimeOffset? DueAt, DateTimeOffset? SentAt, DateTimeOffset? ReadAt,
        string? Author, Guid? MtPractitionerId, string? Mt, bool Opposed, ReportText? Text, bool MayWrite, bool IsForMe);

    public sealed class Validator : AbstractValidator<Query>;

    public sealed class Handler(FeedbackDb db, ISender sender, CallContext user, ReportSeal seal, AuditNote audit) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var report = await db.Reports.AsNoTracking().SingleOrDefaultAsync(r => r.BookingId == query.BookingId, ct) ?? throw new NotFoundException("report_unknown");
            audit.About("report", report.BookingId, report.OrientationId?.ToString());
            var writes = user.ActFor(FeedbackPermissions.Write, report.PractitionerId);
            var reads = report.SentAt is not null && report.MtPractitionerId is { } mt && user.ActFor(FeedbackPermissions.Read, mt);
            if (!writes && !reads) throw new NotFoundException("report_unknown");
            var ids = new[] { report.PractitionerId, report.MtPractitionerId ?? report.PractitionerId }.Distinct().ToList();
            var names = (await sender.Send(new GetPractitioners.Query(ids), ct)).ToDictionary(p => p.Id, p => p.Name);
            return new Response(report.BookingId, report.State, report.CareAt, report.DueAt, report.SentAt, report.ReadAt, names.GetValueOrDefault(report.PractitionerId),
                report.MtPractitionerId, report.MtPractitionerId is { } id ? names.GetValueOrDefault(id) : null, report.Opposed, seal.Open(report), writes && report.SentAt is null, reads);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("reports/{bookingId:guid}", async (Guid bookingId, ISender sender, CancellationToken ct) =>
            TypedResults.Ok(await sender.Send(new Query(bookingId), ct))).WithName("ShowReport").WithSummary("One report").ProducesProblem(404);
}
