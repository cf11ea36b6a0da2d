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
using Parceo.Slots.Contracts;

namespace Parceo.Feedback.Features;

/// <summary>Who received the patient writes to the médecin traitant (W1.9, D23), once. The patient's name is copied from the booking, never typed.</summary>
internal static class WriteReport
{
    /// <param name="BookingId">What the report is about.</param>
    /// <param name="Reason">1–300 characters.</param>
    /// <param name="Findings">1–4 000 characters.</param>
    /// <param name="Treatment">0–2 000 characters.</param>
    /// <param name="Asked">0–1 000 characters.</param>
    /// <param name="MtPractitionerId">Whom to send it to when the orientation did not know; ignored otherwise.</param>
    [Requires(FeedbackPermissions.Write)]
    public sealed record Command(
        Guid BookingId,
        string Reason,
        string Findings,
        string? Treatment = null,
        string? Asked = null,
        Guid? MtPractitionerId = null
    ) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Reason)
                .Must(t => TextRules.IsText(t, 300) && !string.IsNullOrWhiteSpace(t))
                .WithMessage("report_reason_invalid");
            RuleFor(c => c.Findings)
                .Must(t => TextRules.IsText(t, 4000) && !string.IsNullOrWhiteSpace(t))
                .WithMessage("report_findings_invalid");
            RuleFor(c => c.Treatment).Must(t => TextRules.IsText(t, 2000)).WithMessage("report_treatment_invalid");
            RuleFor(c => c.Asked).Must(t => TextRules.IsText(t, 1000)).WithMessage("report_asked_invalid");
        }
    }

    public sealed class Handler(FeedbackDb db, ISender sender, CallContext user, ReportSeal seal, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var report = await db.Reports.SingleOrDefaultAsync(r => r.BookingId == command.BookingId, ct)
                ?? throw new NotFoundException("report_unknown");
            audit.About("report", report.BookingId, report.OrientationId?.ToString());
            if (!user.ActFor(FeedbackPermissions.Write, report.PractitionerId))
                throw new ForbiddenException("report_not_yours");
            var mt = report.MtPractitionerId ?? command.MtPractitionerId;
            if (mt is { } named && (await sender.Send(new GetPractitioners.Query([named]), ct)).Count == 0)
                throw InvalidException.Of("mtPractitionerId", "report_mt_missing");
            var patient = await sender.Send(new GetSeenPatient(command.BookingId), ct);
            var text = new ReportText(
                patient.Patient,
                command.Reason.Trim(),
                command.Findings.Trim(),
                command.Treatment?.Trim() ?? "",
                command.Asked?.Trim() ?? ""
            );
            report.About(patient.PatientId);
            report.Send(user.Id, user.OrganisationId, mt, seal.Seal(report, text), clock.GetUtcNow());
            db.Publish(
                new ReportSent(
                    report.BookingId,
                    report.OrientationId,
                    report.OrganisationId,
                    report.Departement,
                    report.PractitionerId,
                    report.MtPractitionerId!.Value,
                    report.FulfilledAt,
                    report.SentAt!.Value
                ),
                report.BookingId
            );
            return Unit.Value;
        }
    }

    public sealed record Body(
        string Reason,
        string Findings,
        string? Treatment = null,
        string? Asked = null,
        Guid? MtPractitionerId = null
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("reports/{bookingId:guid}", async (Guid bookingId, Body body, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(
                    new Command(bookingId, body.Reason, body.Findings, body.Treatment, body.Asked, body.MtPractitionerId),
                    ct
                );
                return TypedResults.NoContent();
            })
            .WithName("WriteReport")
            .WithSummary("Writes and sends a report to the médecin traitant")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
