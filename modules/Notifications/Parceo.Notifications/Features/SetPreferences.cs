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

/// <summary>What a person wants on their devices, and when not (D48).</summary>
internal static class SetPreferences
{
    /// <param name="Muted">Subjects that stay in the list and are not pushed.</param>
    /// <param name="QuietFrom">Start of the quiet hours, local; null for none.</param>
    /// <param name="QuietTo">Their end.</param>
    /// <param name="ByMail">Subjects that are told by e-mail too; null for none.</param>
    [OpenToSignedIn("One's own preferences.")]
    public sealed record Command(IReadOnlyList<string> Muted, TimeOnly? QuietFrom, TimeOnly? QuietTo, IReadOnlyList<string>? ByMail = null)
        : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(IEnumerable<NoticeSubject> subjects)
        {
            var known = subjects.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
            RuleFor(c => c.Muted).NotNull().Must(m => m.All(known.Contains)).WithMessage("notice_subject_unknown");
            RuleFor(c => c.ByMail).Must(m => m is null || m.All(known.Contains)).WithMessage("notice_subject_unknown");
            RuleFor(c => c.QuietTo).Must((c, to) => (to is null) == (c.QuietFrom is null)).WithMessage("quiet_hours_incomplete");
        }
    }

    public sealed class Handler(NotificationsDb db, ICurrentUser user) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var mine = await db.Preferences.SingleOrDefaultAsync(p => p.PersonId == user.Id, ct);
            if (mine is null)
                db.Preferences.Add(mine = new Preferences(user.Id));
            mine.Set(command.Muted.Distinct(), command.QuietFrom, command.QuietTo, user.Rights.Zone, command.ByMail?.Distinct() ?? []);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("preferences", async (Command body, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(body, ct);
                return TypedResults.NoContent();
            })
            .WithName("SetPreferences")
            .WithSummary("Sets own preferences")
            .ProducesProblem(400);
}
