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

/// <summary>Nobody could, or nothing else fits: the patient goes elsewhere (W1.7).</summary>
internal static class EscalateOrientation
{
    [Requires(RegulationPermissions.Orient)]
    public sealed record Command(Guid OrientationId, EscalatedTo To) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.To).IsInEnum().WithMessage("escalation_invalid");
    }

    public sealed class Handler(Orientations orientations, ICurrentUser user, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var (orientation, name) = await orientations.Take(command.OrientationId, ct);
            orientation.Escalate(command.To, user.Id, name, clock.GetUtcNow());
            orientations.Tell(orientation);
            return Unit.Value;
        }
    }

    public sealed record Body(EscalatedTo To);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "orientations/{orientationId:guid}/escalation",
                async (Guid orientationId, Body body, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(orientationId, body.To), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("EscalateOrientation")
            .WithSummary("Send the patient elsewhere")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
