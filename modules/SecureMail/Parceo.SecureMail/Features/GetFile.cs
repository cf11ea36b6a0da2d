using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;

namespace Parceo.SecureMail.Features;

/// <summary>Downloads a file of a mail: never shown inline, its hash verified (S43); traced.</summary>
internal static class GetFile
{
    [Requires(SecureMailPermissions.Read), Audited]
    public sealed record Query(Guid Id) : IRequest<Response>;

    public sealed record Response(string Name, string MediaType, byte[] Content);

    public sealed class Handler(SecureMailDb db, MailSeal seal, AuditNote audit) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var found = await (
                from a in db.Attachments.AsNoTracking()
                join c in db.Contents.AsNoTracking() on a.Id equals c.AttachmentId
                where a.Id == query.Id && a.Verdict == Verdict.Allowed
                select new { a, c }
            ).SingleOrDefaultAsync(ct) ?? throw new NotFoundException("mail_file_unknown");
            audit.About("mail", found.a.MailId);
            return new Response(seal.Name(found.a), found.a.MediaType, seal.Open(found.a, found.c));
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("files/{id:guid}", async (Guid id, HttpContext http, ISender sender, CancellationToken ct) =>
            {
                var file = await sender.Send(new Query(id), ct);
                http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
                return TypedResults.File(file.Content, file.MediaType, file.Name); // a name makes it an attachment
            })
            .WithName("GetMailFile")
            .WithSummary("A file of an MSSanté mail")
            .ProducesProblem(404);
}
