using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;

namespace Parceo.Messaging.Features;

/// <summary>How somebody of the directory is written to from here, and who covers them while they are away: for their page.</summary>
internal static class ReachPractitioner
{
    [Requires(MessagingPermissions.Use)]
    public sealed record Query(Guid PractitionerId) : IRequest<Response>;

    /// <param name="PersonId">Their account; null when they have none that can be written to.</param>
    /// <param name="ByMail">Without an account: a conversation by MSSanté can be begun.</param>
    /// <param name="AwayUntil">Excluded; null when they are there.</param>
    /// <param name="CoverId">Account of who covers them.</param>
    /// <param name="CoveredBy">Their name.</param>
    public sealed record Response(Guid? PersonId, bool ByMail, DateTimeOffset? AwayUntil, Guid? CoverId, string? CoveredBy);

    public sealed class Handler(MessagingDb db, ISender sender, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var found = await sender.Send(
                new FindColleagues(MessagingPermissions.Use, PractitionerIds: [query.PractitionerId], Limit: 1),
                ct
            );
            if (found is not [var them])
                return new(
                    null,
                    user.Can(SecureMailPermissions.Send) && (await sender.Send(new CheckSecureAddress(), ct)).From is not null,
                    null,
                    null,
                    null
                );
            var now = clock.GetUtcNow();
            var away = await db
                .Profiles.AsNoTracking()
                .SingleOrDefaultAsync(p => p.PersonId == them.PersonId && p.AwayFrom <= now && now < p.AwayUntil, ct);
            return new(them.PersonId == user.Id ? null : them.PersonId, false, away?.AwayUntil, away?.CoverId, away?.CoverName);
        }
    }
}
