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
using Parceo.Regulation.Events;
using Parceo.Regulation.Services;

namespace Parceo.Regulation.Features;

/// <summary>Says who the patient is, as soon as somebody knows (D14); sealed, opened to the professional who accepts.</summary>
internal static class IdentifyPatient
{
    /// <param name="Seen">What they saw when they began to write: what somebody else said meanwhile is not lost.</param>
    [Requires(RegulationPermissions.Orient)]
    public sealed record Command(Guid OrientationId, string? Name, string? Phone, PatientContact? Seen = null) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).PlainText("patient_name_invalid", 200);
            RuleFor(c => c.Phone).Phone();
        }
    }

    public sealed class Handler(RegulationDb db, Orientations orientations, FileSeal seal, TimeProvider clock)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var (orientation, _) = await orientations.Take(command.OrientationId, ct);
            var file = await db.Files.SingleAsync(f => f.OrientationId == orientation.Id, ct);
            var (before, said) = (seal.Identity(file), new PatientContact(command.Name, command.Phone));
            if (before.ChangedSince(said, command.Seen))
                throw new ConflictException("patient_changed");
            var now = before.Say(said, command.Seen, await orientations.CallerName(ct) ?? "Régulation", clock.GetUtcNow());
            if (!ReferenceEquals(now, before))
            {
                seal.Write(file, identity: now);
                db.Publish(new PatientIdentified(orientation.Id, orientation.OrganisationId), orientation.Id);
            }
            orientations.Tell(orientation);
            return Unit.Value;
        }
    }

    public sealed record Body(string? Name = null, string? Phone = null, PatientContact? Seen = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut(
                "orientations/{orientationId:guid}/patient",
                async (Guid orientationId, Body body, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(orientationId, body.Name, body.Phone, body.Seen), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("IdentifyPatient")
            .WithSummary("Say who the patient is")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
