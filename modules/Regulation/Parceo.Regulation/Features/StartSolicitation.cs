using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Services;

namespace Parceo.Regulation.Features;

/// <summary>A regulator asks effectors, wave after wave (W1.5).</summary>
internal static class StartSolicitation
{
    /// <param name="UsualPractitionerId">Asked first and alone (the MT, the patient's nurse); when null, the médecin traitant whom the orientation says to ask first, if it does.</param>
    /// <param name="RadiusKm">Of waves 1 and 2; the département's when null.</param>
    [Requires(RegulationPermissions.Orient), Limited(LimitKind.Booking)]
    public sealed record Command(Guid OrientationId, Guid? UsualPractitionerId = null, double? RadiusKm = null) : IRequest<Response>;

    /// <summary>What runs now; <c>Asked</c> 0 when nobody could be found at all.</summary>
    public sealed record Response(int Wave, int Asked, DateTimeOffset? EndsAt);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.RadiusKm).InclusiveBetween(0.1, 500).WithMessage("radius_invalid");
    }

    public sealed class Handler(Orientations orientations, ICurrentUser user, TimeProvider clock) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var (orientation, name) = await orientations.Take(command.OrientationId, ct);
            orientation.StartSolicitation(
                command.UsualPractitionerId ?? orientation.ToAskFirst,
                command.RadiusKm ?? await orientations.UsualRadius(orientation.Departement, ct),
                user.Id,
                name,
                clock.GetUtcNow()
            );
            await orientations.NextWave(orientation, ct);
            orientations.Tell(orientation);
            return new Response(orientation.Wave, orientation.Invitations.Count(i => i.Round == orientation.Round), orientation.WaveEndsAt);
        }
    }

    public sealed record Body(Guid? UsualPractitionerId = null, double? RadiusKm = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "orientations/{orientationId:guid}/solicitation",
                async (Guid orientationId, Body body, ISender sender, CancellationToken ct) =>
                    TypedResults.Ok(await sender.Send(new Command(orientationId, body.UsualPractitionerId, body.RadiusKm), ct))
            )
            .WithName("StartSolicitation")
            .WithSummary("Ask effectors, wave after wave")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
