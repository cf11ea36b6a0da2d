using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>
/// 1 while an organisation is new and something is missing that whoever asks could do. Asked on every page: once it is no
/// longer new, what nobody did in all that time is not asked for any more (the page itself still says it).
/// </summary>
internal static class CountFirstSteps
{
    private static readonly TimeSpan New = TimeSpan.FromDays(60);

    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Query : IRequest<int>;

    public sealed class Handler(AccessDb db, ISender sender, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, int>
    {
        public async Task<int> Handle(Query query, CancellationToken ct)
        {
            var oldest = clock.GetUtcNow() - New;
            return
                await db.Organisations.AnyAsync(o => o.Id == user.OrganisationId && o.CreatedAt > oldest, ct)
                && (await sender.Send(new ShowFirstSteps.Query(), ct)).Steps.Any(s => s is { IsMine: true, IsDone: false })
                ? 1
                : 0;
        }
    }
}
