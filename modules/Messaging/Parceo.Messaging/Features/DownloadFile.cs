using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Services;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Messaging.Features;

/// <summary>Hands a file of a message to somebody who may read that message, as an attachment that no browser runs (S43).</summary>
internal static class DownloadFile
{
    [Requires(MessagingPermissions.Use), Audited]
    public sealed record Query(Guid Id) : IRequest<Response>;

    public sealed record Response(string Name, string Type, byte[] Content);

    public sealed class Handler(MessagingDb db, SealedFiles files, MessageSeal seal, AuditNote audit) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var file = await db.Files.AsNoTracking().SingleOrDefaultAsync(f => f.Id == query.Id && f.State != FileState.Refused, ct)
                ?? throw new NotFoundException("file_unknown");
            if (file.State == FileState.Pending)
                throw new ConflictException("file_pending");
            audit.About("file", file.Id);
            return new Response(seal.OpenFileName(file), file.Type, await files.Read(file, ct));
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("files/{fileId:guid}", async (Guid fileId, HttpResponse http, ISender sender, CancellationToken ct) =>
            {
                var file = await sender.Send(new Query(fileId), ct);
                http.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
                var disposition = new ContentDispositionHeaderValue("attachment");
                disposition.SetHttpFileName(file.Name);
                http.Headers.ContentDisposition = disposition.ToString();
                return TypedResults.Bytes(file.Content, file.Type);
            })
            .WithName("DownloadFile")
            .WithSummary("A file of a message")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
