using FluentValidation;
using MediatR;
using Parceo.Platform;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>Frees the expired holds of one range, saved by itself: whoever books it at the same moment makes this one look again, not two hundred.</summary>
internal static class ReleaseRangeHolds
{
    [SystemOnly]
    public sealed record Command(Guid RangeId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.RangeId).NotEmpty();
    }

    public sealed class Handler(SlotChanges changes, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var range = await changes.Range(command.RangeId, ct);
            if (range.ReleaseExpiredHolds(clock.GetUtcNow()) > 0)
                changes.HoldChanged(range);
            return Unit.Value;
        }
    }
}
