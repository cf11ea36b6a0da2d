using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Where a file stands, for its sender who waits for the antivirus.</summary>
internal static class ShowFile
{
    [Requires(MessagingPermissions.Use)]
    public sealed record Query(Guid Id) : IRequest<Response>;

    public sealed record Response(Guid Id, FileState State);

    public sealed class Handler(MessagingDb db) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct) =>
            await db.Files.AsNoTracking().Where(f => f.Id == query.Id).Select(f => new Response(f.Id, f.State)).SingleOrDefaultAsync(ct)
            ?? throw new NotFoundException("file_unknown");
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("files/{fileId:guid}/state", async (Guid fileId, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(fileId), ct))
            )
            .WithName("ShowFile")
            .WithSummary("Whether a file is ready")
            .ProducesProblem(404);
}
