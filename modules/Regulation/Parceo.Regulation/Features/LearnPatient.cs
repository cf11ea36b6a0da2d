using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Regulation.Data;
using Parceo.Regulation.Events;

namespace Parceo.Regulation.Features;

/// <summary>What was said of the patient at the booking comes to the orientation. Repeated it changes nothing.</summary>
internal static class LearnPatient
{
    [SystemOnly]
    public sealed record Command(Guid OrientationId, PatientSheet Known) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.OrientationId).NotEmpty().WithMessage("orientation_missing");
    }

    public sealed class Handler(RegulationDb db, FileSeal seal) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var file = await db.Files.SingleAsync(f => f.OrientationId == command.OrientationId, ct);
            var before = seal.Identity(file);
            var now = before.Merge(command.Known);
            if (ReferenceEquals(now, before))
                return Unit.Value;
            seal.Write(file, identity: now);
            db.Publish(new PatientIdentified(file.OrientationId, file.OrganisationId), file.OrientationId);
            return Unit.Value;
        }
    }
}
