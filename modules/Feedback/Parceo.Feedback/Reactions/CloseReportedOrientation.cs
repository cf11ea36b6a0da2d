using Parceo.Feedback.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Regulation.Contracts;

namespace Parceo.Feedback.Reactions;

/// <summary>Tells Regulation that the report was sent. By itself: when it has to come again, nobody is told twice.</summary>
internal sealed class CloseReportedOrientation(SystemSender system) : IEffect<ReportSent>
{
    public Task Handle(ReportSent e, Guid eventId, CancellationToken ct) =>
        e.OrientationId is { } orientation
            ? system.Send(new MarkReported.Command(orientation), $"feedback-{eventId:n}", ct)
            : Task.CompletedTask;
}
