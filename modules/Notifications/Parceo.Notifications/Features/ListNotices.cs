using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Notifications.Data;
using Parceo.Notifications.Services;
using Parceo.Platform;

namespace Parceo.Notifications.Features;

/// <summary>The caller's notices, newest first; what a woken device asks for, too.</summary>
internal static class ListNotices
{
    /// <param name="Limit">1–100.</param>
    /// <param name="Next">Of the page before.</param>
    /// <param name="WaitingOnly">Those not read yet.</param>
    [OpenToSignedIn("One's own notices.")]
    public sealed record Query(int Limit = 30, string? Next = null, bool WaitingOnly = false) : IRequest<Response>;

    /// <param name="Notices">A page.</param>
    /// <param name="Next">To ask for the page after; null at the end.</param>
    public sealed record Response(IReadOnlyList<View> Notices, string? Next);

    /// <summary>A notice as its person sees it.</summary>
    /// <param name="About">Name of what it is about, shown in Parceo only: a conversation's.</param>
    public sealed record View(Guid Id, string Subject, string Text, string Link, bool Urgent, DateTimeOffset At, bool Read, string? About);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("limit_invalid");
    }

    public sealed class Handler(NotificationsDb db, ICurrentUser user, NamesOfNotices names) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var mine = db.Notices.AsNoTracking().Where(n => n.PersonId == user.Id && (!query.WaitingOnly || n.ReadAt == null));
            if (query.Next is { } next && PageCursor.Read(next) is var (at, id))
                mine = mine.Where(n => n.At < at || (n.At == at && n.Id.CompareTo(id) < 0));
            var rows = await mine.OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Take(query.Limit).ToListAsync(ct);
            var about = await names.Of(rows.Select(n => (n.Subject, n.Topic)), ct);
            return new Response(
                [
                    .. rows.Select(n => new View(
                        n.Id,
                        n.Subject,
                        n.Text,
                        n.Link,
                        n.Urgent,
                        n.At,
                        n.ReadAt != null,
                        about.GetValueOrDefault(n.Topic)
                    )),
                ],
                rows.Count == query.Limit ? PageCursor.Write(rows[^1].At, rows[^1].Id) : null
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("notices", async (int? limit, string? next, bool? waiting, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(limit ?? 30, next, waiting ?? false), ct))
            )
            .WithName("ListNotices")
            .WithSummary("Own notices, newest first");
}
