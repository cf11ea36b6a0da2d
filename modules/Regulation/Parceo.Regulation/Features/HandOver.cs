using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Services;

namespace Parceo.Regulation.Features;

/// <summary>Gives an orientation back to the queue, with a note for the regulator or the shift that takes it next.</summary>
internal static class HandOver
{
    /// <param name="Note">At most 500 characters, sealed; empty removes the one before, null leaves it.</param>
    [Requires(RegulationPermissions.Orient)]
    public sealed record Command(Guid OrientationId, string? Note = null) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Note).PlainText("handover_note_invalid", 500);
    }

    public sealed class Handler(RegulationDb db, Orientations orientations, FileSeal seal) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var (orientation, _) = await orientations.Take(command.OrientationId, ct);
            orientation.Release();
            if (command.Note is { } note)
                seal.Write(await db.Files.SingleAsync(f => f.OrientationId == orientation.Id, ct), handover: note.Trim());
            orientations.Tell(orientation);
            return Unit.Value;
        }
    }

    public sealed record Body(string? Note = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "orientations/{orientationId:guid}/handover",
                async (Guid orientationId, Body body, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(orientationId, body.Note), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("HandOver")
            .WithSummary("Give an orientation back to the queue, with a note")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
