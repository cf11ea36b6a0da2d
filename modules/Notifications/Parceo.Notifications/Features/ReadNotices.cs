using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Notifications.Contracts;
using Parceo.Notifications.Data;
using Parceo.Notifications.Events;
using Parceo.Platform;

namespace Parceo.Notifications.Features;

/// <summary>One notice, or all, were seen: gone from the bell on every device of the person (D48).</summary>
internal static class ReadNotices
{
    /// <param name="NoticeId">Null: all of them.</param>
    [OpenToSignedIn("One's own notices.")]
    public sealed record Command(Guid? NoticeId) : IRequest<Response>;

    /// <param name="Link">Where the notice leads; null for all.</param>
    public sealed record Response(string? Link);

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(NotificationsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var mine = db.Notices.Where(n => n.PersonId == user.Id);
            var open = await (command.NoticeId is { } id ? mine.Where(n => n.Id == id) : mine.Where(n => n.ReadAt == null))
                .Take(500)
                .ToListAsync(ct);
            if (command.NoticeId is not null && open.Count == 0)
                throw new NotFoundException("notice_unknown");
            var unread = open.FindAll(n => n.ReadAt is null);
            foreach (var notice in unread)
                notice.Read(clock.GetUtcNow());
            if (unread.Count > 0)
                db.Publish(new NoticesChanged([user.Id]), user.Id);
            return new Response(command.NoticeId is null ? null : open[0].Link);
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("notices/{noticeId:guid}/read", async (Guid noticeId, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Command(noticeId), ct))
            )
            .WithName("ReadNotice")
            .WithSummary("A notice was seen")
            .ProducesProblem(404);
        routes
            .MapPost("notices/read", async (ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Command(null), ct))
            )
            .WithName("ReadNotices")
            .WithSummary("All own notices were seen");
    }
}
