using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Services;

namespace Parceo.Regulation.Features;

/// <summary>The acceptance cannot be booked any more: its hour is long past, or the professional has left. The orientation is unfilled again and its regulator is told.</summary>
internal static class UndoAcceptance
{
    /// <summary>Idempotent: an orientation that went on, or to somebody else, stays as it is.</summary>
    [SystemOnly]
    public sealed record Command(Guid OrientationId, Guid PractitionerId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.OrientationId).NotEmpty().WithMessage("orientation_unknown");
    }

    public sealed class Handler(Orientations orientations, RegulationDb db, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var orientation = await orientations.Find(command.OrientationId, ct);
            if (orientation.State != OrientationState.Accepted || orientation.PractitionerId != command.PractitionerId)
                return Unit.Value;
            orientation.UndoAcceptance(clock.GetUtcNow());
            (await db.Files.SingleAsync(f => f.OrientationId == orientation.Id, ct)).OpenTo(null);
            orientations.Tell(orientation);
            return Unit.Value;
        }
    }
}
