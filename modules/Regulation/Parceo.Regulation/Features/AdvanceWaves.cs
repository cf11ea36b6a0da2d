using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Parceo.Platform;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;

namespace Parceo.Regulation.Features;

/// <summary>
/// Ends the waves whose time has come. A job runs every five seconds; what is due stands in the table, and each orientation is
/// a request of its own, so that one failure holds up nobody else.
/// </summary>
internal static class AdvanceWaves
{
    private const int Batch = 100;

    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(RegulationDb db, ISender sender, TimeProvider clock, ILogger<Handler> log) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var due = await db
                .Orientations.AsNoTracking()
                .Where(o => o.State == OrientationState.Soliciting && o.WaveEndsAt <= now)
                .OrderBy(o => o.WaveEndsAt)
                .Take(Batch)
                .Select(o => o.Id)
                .ToListAsync(ct);
            foreach (var id in due)
            {
                try
                {
                    await sender.Send(new AdvanceWave.Command(id), ct);
                }
                catch (Exception problem) when (!ct.IsCancellationRequested)
                {
                    log.LogWarning("The wave of orientation {Orientation} could not be ended yet: {Failure}", id, problem.GetType().Name);
                }
            }
            return Unit.Value;
        }
    }
}
