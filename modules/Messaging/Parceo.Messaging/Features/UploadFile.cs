using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Services;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Files;

namespace Parceo.Messaging.Features;

/// <summary>Takes a file in for a conversation: looked at, cleaned, sealed (S42). It is seen by nobody until a message carries it.</summary>
internal static class UploadFile
{
    /// <summary>Bytes.</summary>
    public const int MostBytes = FileIntake.MostBytes;

    /// <param name="Name">As its sender calls it.</param>
    /// <param name="Voice">A voice note.</param>
    /// <param name="Seconds">How long a voice note lasts, 1–600.</param>
    /// <param name="Sha256">Of the content: stands for it where a repeated upload is recognised (S53).</param>
    [Requires(MessagingPermissions.Use), Limited(LimitKind.Upload)]
    public sealed record Command(Guid ConversationId, string Name, bool Voice, string Sha256, int? Seconds = null) : IRequest<Response>
    {
        /// <summary>The bytes, at most <see cref="MostBytes"/>.</summary>
        [JsonIgnore]
        public byte[] Content { get; init; } = [];
    }

    /// <param name="Id">To attach it.</param>
    /// <param name="State">Pending while an antivirus looks; ready.</param>
    public sealed record Response(Guid Id, FileState State, string Name, string Type, long Size);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).Must(n => FileKinds.CleanName(n) is not null).WithMessage("file_name_invalid");
            RuleFor(c => c.Seconds).Must(s => s is null or (> 0 and <= 600)).WithMessage("file_length_invalid");
            RuleFor(c => c.Content).Must(b => b.Length is > 0 and <= MostBytes).WithMessage("file_size_invalid");
        }
    }

    public sealed class Handler(
        MessagingDb db,
        FileIntake intake,
        SystemSender system,
        IConfiguration configuration,
        ICurrentUser user,
        AuditNote audit
    ) : IRequestHandler<Command, Response>
    {
        private const int MostPending = 20,
            UsualQuota = 5_000;

        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var organisation = await db
                .Conversations.Where(c => c.Id == command.ConversationId && c.Members.Any(m => m.PersonId == user.Id && m.LeftAt == null))
                .Select(c => (Guid?)c.OrganisationId)
                .SingleOrDefaultAsync(ct)
                ?? throw new NotFoundException("conversation_unknown");
            // S50: what was never sent is removed after a day; until then nobody fills the disk.
            if (await db.Files.CountAsync(f => f.OwnerId == user.Id && f.Seq == null && f.State != FileState.Refused, ct) >= MostPending)
                throw new ConflictException("files_too_many_waiting");
            // Of several at once each sees the others' not yet: beyond it goes what one sends in the same moment, no more.
            var quota = configuration.GetValue("Messaging:FileQuotaMegabytes", UsualQuota) * 1_000_000L;
            if (await system.Send(new CountFileBytes.Query(user.Id), user.CorrelationId, ct) + command.Content.Length > quota)
                throw new ConflictException("files_quota");
            var (file, name) = await intake.Take(
                command.ConversationId,
                organisation,
                user.Id,
                command.Name,
                command.Voice,
                command.Content,
                ct,
                command.Seconds
            ) ?? throw InvalidException.Of("file", WhyNot(command.Content));
            audit.About("file", file.Id);
            return new Response(file.Id, file.State, name, file.Type, file.Size);
        }

        private static string WhyNot(byte[] content) =>
            FileKinds.IsHeic(content) ? "file_heic_refused"
            : ActiveContent.IsIn(content) ? "file_active_refused"
            : "file_type_refused";
    }

    /// <summary>The body is the file; its name travels in a header, not in the address, since it may say a patient's (S66).</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "conversations/{conversationId:guid}/files",
                async (Guid conversationId, HttpRequest http, ISender sender, CancellationToken ct) =>
                {
                    var content = await Read(http, ct);
                    var name = Uri.UnescapeDataString(http.Headers["X-File-Name"].ToString());
                    return TypedResults.Ok(
                        await sender.Send(
                            new Command(
                                conversationId,
                                name,
                                http.Headers["X-Voice"] == "1",
                                Convert.ToHexString(SHA256.HashData(content)),
                                int.TryParse(http.Headers["X-Seconds"], NumberStyles.None, CultureInfo.InvariantCulture, out var s)
                                    ? s
                                    : null
                            )
                            {
                                Content = content,
                            },
                            ct
                        )
                    );
                }
            )
            .WithMetadata(new SizeLimit())
            .WithName("UploadFile")
            .WithSummary("Takes a file in; header X-File-Name, percent-encoded")
            .ProducesProblem(404)
            .ProducesProblem(413);

    private static async Task<byte[]> Read(HttpRequest http, CancellationToken ct)
    {
        if (http.ContentLength > MostBytes)
            throw new BadHttpRequestException("Too large.", 413);
        using var bytes = new MemoryStream(); // grows with what comes, not with what was announced
        await http.Body.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }

    private sealed class SizeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => MostBytes;
    }
}
