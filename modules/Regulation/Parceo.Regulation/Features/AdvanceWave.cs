using FluentValidation;
using MediatR;
using Parceo.Platform;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Services;

namespace Parceo.Regulation.Features;

/// <summary>Ends one orientation's wave if its time has come, and begins the next one, or gives up after the last (W1.5, W1.7). Repeating it changes nothing.</summary>
internal static class AdvanceWave
{
    [SystemOnly]
    public sealed record Command(Guid OrientationId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.OrientationId).NotEmpty().WithMessage("orientation_unknown");
    }

    public sealed class Handler(Orientations orientations, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var orientation = await orientations.Find(command.OrientationId, ct);
            if (orientation.State != OrientationState.Soliciting || !(orientation.WaveEndsAt <= clock.GetUtcNow()))
                return Unit.Value;
            orientation.EndWave(clock.GetUtcNow());
            await orientations.NextWave(orientation, ct);
            orientations.Tell(orientation);
            return Unit.Value;
        }
    }
}
