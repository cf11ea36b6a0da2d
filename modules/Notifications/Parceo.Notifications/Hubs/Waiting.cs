using Microsoft.EntityFrameworkCore;
using Parceo.Notifications.Data;

namespace Parceo.Notifications.Hubs;

/// <summary>What the bells of some people show.</summary>
/// <param name="Count">Notices not read.</param>
/// <param name="Urgent">Whether one of them is urgent.</param>
internal sealed record Waiting(Guid PersonId, int Count, bool Urgent)
{
    /// <summary>In one query; people for whom nothing waits are in it with 0.</summary>
    public static async Task<List<Waiting>> Of(NotificationsDb db, IReadOnlyList<Guid> people, CancellationToken ct)
    {
        var counted = await db
            .Notices.Where(n => people.Contains(n.PersonId) && n.ReadAt == null)
            .GroupBy(n => n.PersonId)
            .Select(g => new
            {
                g.Key,
                Count = g.Count(),
                Urgent = g.Count(n => n.Urgent),
            })
            .ToDictionaryAsync(g => g.Key, ct);
        return
        [
            .. people.Select(p => counted.TryGetValue(p, out var c) ? new Waiting(p, c.Count, c.Urgent > 0) : new Waiting(p, 0, false)),
        ];
    }
}
