using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Notifications.Data;
using Parceo.Notifications.Domain;
using Parceo.Platform;

namespace Parceo.Notifications.Features;

/// <summary>The caller's preferences and devices.</summary>
internal static class ShowSettings
{
    [OpenToSignedIn("One's own preferences.")]
    public sealed record Query : IRequest<Response>;

    /// <summary>Preferences and devices; see <see cref="SetPreferences.Command"/>.</summary>
    /// <param name="MailLeaves">Whether this installation writes e-mails.</param>
    public sealed record Response(
        IReadOnlyList<string> Muted,
        TimeOnly? QuietFrom,
        TimeOnly? QuietTo,
        IReadOnlyList<DeviceView> Devices,
        IReadOnlyList<string> ByMail,
        bool MailLeaves
    );

    public sealed record DeviceView(Guid Id, string Name, DateTimeOffset AddedAt);

    public sealed class Validator : AbstractValidator<Query>;

    public sealed class Handler(NotificationsDb db, ICurrentUser user, IPersonMail mail, IEnumerable<NoticeSubject> subjects)
        : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var mine = await db.Preferences.AsNoTracking().SingleOrDefaultAsync(p => p.PersonId == user.Id, ct) ?? new Preferences(user.Id);
            var devices = await db
                .Devices.AsNoTracking()
                .Where(d => d.PersonId == user.Id)
                .OrderBy(d => d.AddedAt)
                .Select(d => new DeviceView(d.Id, d.Name, d.AddedAt))
                .ToListAsync(ct);
            return new Response(
                [.. subjects.Select(s => s.Name).Where(s => !mine.Wants(s))],
                Time(mine.QuietFrom),
                Time(mine.QuietTo),
                devices,
                [.. subjects.Select(s => s.Name).Where(mine.WantsMail)],
                mail.IsConfigured
            );
        }

        private static TimeOnly? Time(int? minutes) => minutes is { } m ? new TimeOnly(m / 60, m % 60) : null;
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("preferences", async (ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(new Query(), ct)))
            .WithName("GetPreferences")
            .WithSummary("Own preferences and devices");
}
