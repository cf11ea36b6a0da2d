using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Parceo.Platform.Tests.Probe.Features;

/// <summary>Adds a part, whatever the schema says of it.</summary>
internal static class AddPart
{
    [OpenToAnyone("A test's endpoint that meets the schema's own rules.")]
    public sealed record Command(Guid Id, Guid TallyId, int Size) : IRequest<Unit>;

    public sealed class Handler(ProbeDb db, Faults faults) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            faults.Run();
            await db.Parts.CountAsync(p => p.TallyId == command.TallyId, ct);
            db.Parts.Add(
                new Part
                {
                    Id = command.Id,
                    TallyId = command.TallyId,
                    Size = command.Size,
                }
            );
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("parts", async (Command body, ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(body, ct)))
            .AllowAnonymous();
}
