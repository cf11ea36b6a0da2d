using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Services;

namespace Parceo.Regulation.Features;

/// <summary>Says who the patient is, as soon as somebody knows (D14); sealed, opened to the professional who accepts.</summary>
internal static class IdentifyPatient
{
    [Requires(RegulationPermissions.Orient)]
    public sealed record Command(Guid OrientationId, string? Name, string? Phone) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).PlainText("patient_name_invalid", 200);
            RuleFor(c => c.Phone).PlainText("phone_invalid", 30);
        }
    }

    public sealed class Handler(RegulationDb db, Orientations orientations, FileSeal seal) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var (orientation, _) = await orientations.Take(command.OrientationId, ct);
            seal.Write(
                await db.Files.SingleAsync(f => f.OrientationId == orientation.Id, ct),
                identity: new PatientIdentity(Blank(command.Name), Blank(command.Phone))
            );
            orientations.Tell(orientation);
            return Unit.Value;
        }

        private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    public sealed record Body(string? Name = null, string? Phone = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut(
                "orientations/{orientationId:guid}/patient",
                async (Guid orientationId, Body body, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(orientationId, body.Name, body.Phone), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("IdentifyPatient")
            .WithSummary("Say who the patient is")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
