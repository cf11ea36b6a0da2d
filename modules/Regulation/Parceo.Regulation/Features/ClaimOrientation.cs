using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Services;

namespace Parceo.Regulation.Features;

/// <summary>A regulator takes the orientation, so that no other works on it: for ten minutes, renewed by each of its acts.</summary>
internal static class ClaimOrientation
{
    [Requires(RegulationPermissions.Orient)]
    public sealed record Command(Guid OrientationId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.OrientationId).NotEmpty().WithMessage("orientation_unknown");
    }

    public sealed class Handler(Orientations orientations) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var (orientation, _) = await orientations.Take(command.OrientationId, ct);
            orientations.Tell(orientation);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("orientations/{orientationId:guid}/claim", async (Guid orientationId, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(orientationId), ct);
                return TypedResults.NoContent();
            })
            .WithName("ClaimOrientation")
            .WithSummary("Take an orientation for oneself")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
