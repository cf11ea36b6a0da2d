using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Services;

namespace Parceo.Regulation.Features;

/// <summary>The regulator ends an orientation that leads to nothing more.</summary>
internal static class CloseOrientation
{
    [Requires(RegulationPermissions.Orient)]
    public sealed record Command(Guid OrientationId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.OrientationId).NotEmpty().WithMessage("orientation_unknown");
    }

    public sealed class Handler(Orientations orientations, ICurrentUser user, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var (orientation, name) = await orientations.Take(command.OrientationId, ct);
            orientation.CallOff(user.Id, name, clock.GetUtcNow());
            orientations.Tell(orientation);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("orientations/{orientationId:guid}/close", async (Guid orientationId, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(orientationId), ct);
                return TypedResults.NoContent();
            })
            .WithName("CloseOrientation")
            .WithSummary("End an orientation that leads to nothing more")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
