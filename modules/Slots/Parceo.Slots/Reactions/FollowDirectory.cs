using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Slots.Features;

namespace Parceo.Slots.Reactions;

/// <summary>After an import: who has left the directory is no longer offered, without waiting for the night. Twice does no harm.</summary>
[SlowEffect]
internal sealed class FollowDirectory(SystemSender sender) : IEffect<FileImported>
{
    public Task Handle(FileImported e, Guid eventId, CancellationToken ct) =>
        e.Changed + e.Gone == 0 ? Task.CompletedTask : sender.Send(new RefreshCalendars.Command(), $"import-{e.ImportId:n}", ct);
}
