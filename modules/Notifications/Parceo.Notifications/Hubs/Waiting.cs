using Microsoft.EntityFrameworkCore;
using Parceo.Notifications.Data;

namespace Parceo.Notifications.Hubs;

/// <summary>What the bells of some people show.</summary>
/// <param name="Count">Notices not read.</param>
/// <param name="Urgent">When the newest urgent one of them came, in milliseconds since 1970; 0 when none is.</param>
internal sealed record Waiting(Guid PersonId, int Count, long Urgent)
{
    /// <summary>In two queries, however many there are; people for whom nothing waits are in it with 0.</summary>
    public static async Task<List<Waiting>> Of(NotificationsDb db, IReadOnlyList<Guid> people, CancellationToken ct)
    {
        var counted = await db
            .Notices.Where(n => people.Contains(n.PersonId) && n.ReadAt == null)
            .GroupBy(n => n.PersonId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var urgent = (
            await db
                .Notices.Where(n => people.Contains(n.PersonId) && n.ReadAt == null && n.Urgent)
                .Select(n => new { n.PersonId, n.At })
                .ToListAsync(ct)
        ).ToLookup(n => n.PersonId, n => n.At.ToUnixTimeMilliseconds());
        return [.. people.Select(p => new Waiting(p, counted.GetValueOrDefault(p), urgent[p].DefaultIfEmpty().Max()))];
    }
}
