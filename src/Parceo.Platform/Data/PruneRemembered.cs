using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform.Jobs;
using Parceo.Platform.Modules;

namespace Parceo.Platform.Data;

/// <summary>
/// Forgets what has served its time: remembered answers after 48 h (S53 asks for 24), inbox rows after 30 days, when no
/// event can still be delivered a second time.
/// </summary>
internal static class PruneRemembered
{
    private static readonly TimeSpan Answers = TimeSpan.FromHours(48),
        Inbox = TimeSpan.FromDays(30);

    /// <summary>A slice of every module's.</summary>
    [SystemOnly]
    public sealed record Command : IRequest<JobProgress>;

    public sealed class Handler(IServiceProvider services, ModuleCatalog modules, TimeProvider clock)
        : IRequestHandler<Command, JobProgress>
    {
        public async Task<JobProgress> Handle(Command command, CancellationToken ct)
        {
            var (answers, inbox) = (clock.GetUtcNow() - Answers, clock.GetUtcNow() - Inbox);
            var progress = JobProgress.Done;
            foreach (var module in modules.Modules.Where(m => m.Db is not null))
            {
                var db = (ModuleDb)services.GetRequiredService(module.Db!);
                progress |= await db.DeleteSlice(before => db.Idempotency.Where(i => i.At < before), i => i.At, answers, ct);
                progress |= await db.DeleteSlice(before => db.Inbox.Where(i => i.At < before), i => i.At, inbox, ct);
            }
            return progress;
        }
    }
}
