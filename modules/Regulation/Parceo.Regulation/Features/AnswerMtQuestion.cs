using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Services;

namespace Parceo.Regulation.Features;

/// <summary>Answers the MT question anew: who it is, why they are not used, whether the patient refuses a report (D22, D24).</summary>
internal static class AnswerMtQuestion
{
    [Requires(RegulationPermissions.Orient)]
    public sealed record Command(Guid OrientationId, OpenOrientation.MtAnswer Mt) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Mt).NotNull().WithMessage("mt_answer_missing");
            RuleFor(c => c.Mt)
                .Must(mt => MtRules.Fits(mt.PractitionerId, mt.NotUsedBecause))
                .WithMessage(c => MtRules.Problem(c.Mt.PractitionerId, c.Mt.NotUsedBecause))
                .When(c => c.Mt is not null);
        }
    }

    public sealed class Handler(Orientations orientations, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var (orientation, _) = await orientations.Take(command.OrientationId, ct);
            orientation.AnswerMt(
                new(
                    command.Mt.PractitionerId,
                    await orientations.MtName(command.Mt.PractitionerId, ct),
                    command.Mt.NotUsedBecause,
                    command.Mt.OpposedToReport
                ),
                clock.GetUtcNow()
            );
            orientations.Tell(orientation);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut(
                "orientations/{orientationId:guid}/treating-physician",
                async (Guid orientationId, OpenOrientation.MtAnswer body, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(orientationId, body), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("AnswerMtQuestion")
            .WithSummary("Answer the question of the médecin traitant")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
