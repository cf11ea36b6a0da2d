using System.Text;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Services;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Adds a message, an edit, a reaction… to a conversation; answered once it is on disk (docs/messaging-protocol.md §3).</summary>
internal static class PostEntry
{
    /// <param name="ClientId">Made by the client, one an entry: the same one gives the same answer.</param>
    /// <param name="Kind">One that a member posts.</param>
    /// <param name="Target">The message that it is about, unless it is one.</param>
    /// <param name="Text">1–8 000 characters of light Markdown, for messages and edits.</param>
    /// <param name="Mentions">Members named, at most 20.</param>
    /// <param name="ReplyTo">The message answered.</param>
    /// <param name="Topic">Topic of the channel.</param>
    /// <param name="Priority">Each recipient has to confirm.</param>
    /// <param name="FileIds">Uploaded before, at most 10.</param>
    /// <param name="Emoji">Of a reaction.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Command(
        Guid ConversationId,
        Guid ClientId,
        EntryKind Kind = EntryKind.Message,
        long? Target = null,
        string? Text = null,
        IReadOnlyList<Guid>? Mentions = null,
        long? ReplyTo = null,
        Guid? Topic = null,
        bool Priority = false,
        IReadOnlyList<Guid>? FileIds = null,
        string? Emoji = null
    ) : IRequest<Response>, ILimited
    {
        LimitKind ILimited.Limit => Kind is EntryKind.React or EntryKind.Unreact ? LimitKind.Reaction : LimitKind.Message;
    }

    public sealed record Response(long Seq, Guid Id, DateTimeOffset At);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.ClientId).NotEmpty().WithMessage("entry_invalid");
            RuleFor(c => c.Kind).Must(k => k.IsPosted()).WithMessage("entry_invalid");
            RuleFor(c => c.Text).Must(t => TextRules.IsText(t, 8000)).WithMessage("message_text_invalid");
            RuleFor(c => c.Text)
                .Must(
                    (c, t) =>
                        !string.IsNullOrWhiteSpace(t)
                        || c.Kind is not (EntryKind.Message or EntryKind.Edit)
                        || (c.Kind == EntryKind.Message && c.FileIds is { Count: > 0 })
                )
                .WithMessage("message_empty");
            RuleFor(c => c.Mentions).Must(m => m is null || m.Count <= 20).WithMessage("mention_unknown");
            RuleFor(c => c.FileIds)
                .Must(f => f is null || (f.Count <= 10 && f.Distinct().Count() == f.Count))
                .WithMessage("files_too_many");
            RuleFor(c => c.Emoji)
                .Must((c, e) => c.Kind is EntryKind.React or EntryKind.Unreact ? IsEmoji(e) : e is null)
                .WithMessage("emoji_invalid");
            RuleFor(c => c.Target).Must((c, t) => c.Kind == EntryKind.Message ? t is null : t > 0).WithMessage("entry_invalid");
        }

        // One picture as people see it; no letters, so that nobody writes with reactions.
        private static bool IsEmoji(string? text) =>
            text is { Length: > 0 and <= 16 }
            && TextRules.IsLine(text)
            && new System.Globalization.StringInfo(text).LengthInTextElements == 1
            && text.EnumerateRunes().All(r => !Rune.IsLetterOrDigit(r) && r.Value > 0x7F);
    }

    public sealed class Handler(EntryQueue queue, CallContext user) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command c, CancellationToken ct)
        {
            var body = c.Kind switch
            {
                EntryKind.Message => new EntryBody(
                    c.Text ?? "",
                    c.Mentions is { Count: > 0 } ? c.Mentions : null,
                    c.ReplyTo,
                    c.Topic,
                    c.Priority
                ),
                EntryKind.Edit => new EntryBody(c.Text, c.Mentions is { Count: > 0 } ? c.Mentions : null),
                _ => new EntryBody(Emoji: c.Emoji),
            };
            var posted = await queue.Append(new Posting(user, c.ConversationId, c.ClientId, c.Kind, c.Target, body, c.FileIds ?? []), ct);
            return new Response(posted.Seq, posted.Id, posted.At);
        }
    }

    public sealed record Body(
        Guid ClientId,
        EntryKind Kind = EntryKind.Message,
        long? Target = null,
        string? Text = null,
        IReadOnlyList<Guid>? Mentions = null,
        long? ReplyTo = null,
        Guid? Topic = null,
        bool Priority = false,
        IReadOnlyList<Guid>? FileIds = null,
        string? Emoji = null
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "conversations/{conversationId:guid}/entries",
                async (Guid conversationId, Body b, ISender sender, CancellationToken ct) =>
                    TypedResults.Ok(
                        await sender.Send(
                            new Command(
                                conversationId,
                                b.ClientId,
                                b.Kind,
                                b.Target,
                                b.Text,
                                b.Mentions,
                                b.ReplyTo,
                                b.Topic,
                                b.Priority,
                                b.FileIds,
                                b.Emoji
                            ),
                            ct
                        )
                    )
            )
            .WithName("PostEntry")
            .WithSummary("Adds a message, an edit, a reaction… to a conversation")
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(429);
}
