using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Feedback.Contracts;
using Parceo.Feedback.Data;
using Parceo.Feedback.Events;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Feedback.Features;

/// <summary>The médecin traitant, or somebody for them, says « lu »: the receipt that the author sees (D23).</summary>
internal static class OpenReport
{
    [Requires(FeedbackPermissions.Read)]
    public sealed record Command(Guid BookingId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(FeedbackDb db, CallContext user, TimeProvider clock, AuditNote audit) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var report = await db.Reports.SingleOrDefaultAsync(r => r.BookingId == command.BookingId && r.SentAt != null, ct);
            if (report?.MtPractitionerId is not { } mt || !user.ActFor(FeedbackPermissions.Read, mt))
                throw new NotFoundException("report_unknown");
            audit.About("report", report.BookingId, report.OrientationId?.ToString());
            if (report.Open(user.Id, clock.GetUtcNow()))
                db.Publish(
                    new ReportRead(report.BookingId, report.OrientationId, report.PractitionerId, mt, report.ReadAt!.Value),
                    report.BookingId
                );
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("reports/{bookingId:guid}/read", async (Guid bookingId, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(bookingId), ct);
                return TypedResults.NoContent();
            })
            .WithName("OpenReport")
            .WithSummary("The report was read")
            .ProducesProblem(404);
}
