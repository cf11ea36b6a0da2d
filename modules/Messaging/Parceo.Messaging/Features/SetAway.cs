using FluentValidation;
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

/// <summary>Says from when to when one is away, and which colleague covers: shown to whoever writes.</summary>
internal static class SetAway
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <param name="From">UTC, included.</param>
    /// <param name="Until">UTC, excluded; at most a year later.</param>
    /// <param name="CoverId">Account of the colleague who covers, or null.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Command(DateTimeOffset From, DateTimeOffset Until, Guid? CoverId = null) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(c => c.Until).Must((c, until) => until > c.From && until - c.From <= Longest).WithMessage("away_period_invalid");
    }

    public sealed class Handler(MessagingDb db, ISender sender, ICurrentUser user, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            if (command.Until <= clock.GetUtcNow())
                throw InvalidException.Of("until", "away_period_invalid");
            if (command.CoverId == user.Id)
                throw InvalidException.Of("coverId", "away_cover_invalid");
            var cover = command.CoverId is { } id
                ? (await sender.Send(new DescribePeople.Query(user.OrganisationId, PersonIds: [id]), ct)).SingleOrDefault()
                    ?? throw InvalidException.Of("coverId", "recipient_unknown")
                : null;
            var profile = await db.Profiles.SingleOrDefaultAsync(p => p.PersonId == user.Id, ct)
                ?? db.Profiles.Add(new Profile(user.Id)).Entity;
            profile.GoAway(command.From.ToUniversalTime(), command.Until.ToUniversalTime(), cover?.PersonId, cover?.Name);
            return Unit.Value;
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("me/away", async (Command command, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(command, ct);
                return TypedResults.NoContent();
            })
            .WithName("SetAway")
            .WithSummary("Away from when to when, and who covers");
}
