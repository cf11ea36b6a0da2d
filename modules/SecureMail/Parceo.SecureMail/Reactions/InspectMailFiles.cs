using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Platform.Files;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Features;

namespace Parceo.SecureMail.Reactions;

/// <summary>Has the antivirus look at a mail's files; until it has answered, nobody reads them and nothing leaves. Tried again by the outbox.</summary>
internal sealed class InspectMailFiles(SystemSender system, Antivirus antivirus) : IEffect<MailFilesArrived>
{
    public async Task Handle(MailFilesArrived e, Guid eventId, CancellationToken ct)
    {
        var answers = new Dictionary<Guid, bool>();
        foreach (var file in await system.Send(new ListPendingFiles.Query(e.MailId), $"securemail-{eventId:n}", ct))
            answers[file.Id] = await antivirus.IsClean(file.Content, ct);
        await system.Send(new SettleMailFiles.Command(e.MailId, answers), $"securemail-{eventId:n}", ct);
    }
}
