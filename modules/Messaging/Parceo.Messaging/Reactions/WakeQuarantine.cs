using Parceo.Messaging.Contracts;
using Parceo.Messaging.Events;
using Parceo.Messaging.Services;
using Parceo.Platform.Events;

namespace Parceo.Messaging.Reactions;

/// <summary>Lets the antivirus be asked at once; what it never answers about waits in the table, not in an event.</summary>
internal sealed class WakeQuarantine(QuarantineSignal signal) : IEffect<FileArrived>
{
    public Task Handle(FileArrived e, Guid eventId, CancellationToken ct)
    {
        signal.Wake();
        return Task.CompletedTask;
    }
}
