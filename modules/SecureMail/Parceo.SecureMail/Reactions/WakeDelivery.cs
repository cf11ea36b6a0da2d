using Parceo.Platform.Events;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Events;
using Parceo.SecureMail.Operator;

namespace Parceo.SecureMail.Reactions;

/// <summary>A mail was written, or files came: the delivery or the inspection looks at once.</summary>
internal sealed class WakeDelivery(DeliverySignal delivery, InspectionSignal inspection) : IEffect<MailDue>, IEffect<MailFilesArrived>
{
    public Task Handle(MailDue e, Guid eventId, CancellationToken ct)
    {
        delivery.Wake();
        return Task.CompletedTask;
    }

    public Task Handle(MailFilesArrived e, Guid eventId, CancellationToken ct)
    {
        inspection.Wake();
        return Task.CompletedTask;
    }
}
