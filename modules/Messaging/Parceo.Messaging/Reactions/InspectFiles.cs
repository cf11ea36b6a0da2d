using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Platform.Files;

namespace Parceo.Messaging.Reactions;

/// <summary>Has the antivirus look at what came in; until it has answered, nobody can read the file. Tried again by the outbox.</summary>
internal sealed class InspectFiles(SystemSender system, Antivirus antivirus, IServiceScopeFactory scopes) : IEffect<FileArrived>
{
    public async Task Handle(FileArrived e, Guid eventId, CancellationToken ct)
    {
        byte[] content;
        await using (var scope = scopes.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem($"messaging-{eventId:n}");
            var db = scope.ServiceProvider.GetRequiredService<MessagingDb>();
            if (await db.Files.AsNoTracking().SingleOrDefaultAsync(f => f.Id == e.FileId && f.State == FileState.Pending, ct) is not { } file) return;
            content = await scope.ServiceProvider.GetRequiredService<SealedFiles>().Read(file, ct);
        }
        await system.Send(new SettleFile.Command(e.FileId, await antivirus.IsClean(content, ct)), $"messaging-{eventId:n}", ct);
    }
}
