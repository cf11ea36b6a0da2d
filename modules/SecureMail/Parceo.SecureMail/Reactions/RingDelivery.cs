using Parceo.Platform.Events;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Operator;

namespace Parceo.SecureMail.Reactions;

/// <summary>A mail was written: the delivery looks at once.</summary>
internal sealed class RingDelivery(DeliveryBell bell) : IEffect<MailDue>
{
    public Task Handle(MailDue e, Guid eventId, CancellationToken ct)
    {
        bell.Ring();
        return Task.CompletedTask;
    }
}
