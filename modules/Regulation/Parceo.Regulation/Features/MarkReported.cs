using FluentValidation;
using MediatR;
using Parceo.Platform;
using Parceo.Regulation.Services;
using Command = Parceo.Regulation.Contracts.MarkReported.Command;

namespace Parceo.Regulation.Features;

/// <summary>The médecin traitant has the report: the orientation that waited for it is closed.</summary>
internal static class MarkReported
{
    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.OrientationId).NotEmpty().WithMessage("orientation_unknown");
    }

    public sealed class Handler(Orientations orientations, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var orientation = await orientations.Find(command.OrientationId, ct);
            orientation.NoteReported(clock.GetUtcNow());
            orientations.Tell(orientation);
            return Unit.Value;
        }
    }
}
