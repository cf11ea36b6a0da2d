using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Services;

namespace Parceo.Regulation.Features;

/// <summary>The regulator does not wait for the end of the wave: the next one begins at once, and whom the first has asked may still accept.</summary>
internal static class WidenNow
{
    [Requires(RegulationPermissions.Orient)]
    public sealed record Command(Guid OrientationId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.OrientationId).NotEmpty().WithMessage("orientation_unknown");
    }

    public sealed class Handler(Orientations orientations, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var (orientation, _) = await orientations.Take(command.OrientationId, ct);
            orientation.Widen(clock.GetUtcNow());
            await orientations.NextWave(orientation, ct);
            orientations.Tell(orientation);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "orientations/{orientationId:guid}/solicitation/widen",
                async (Guid orientationId, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(orientationId), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("WidenNow")
            .WithSummary("Begin the next wave at once")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
