using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform.Jobs;

namespace Parceo.Platform.Data;

/// <summary>Set-based writes that skip the change tracker take SQLite's turn like every other write.</summary>
public static class SetBased
{
    /// <summary>Runs an <c>ExecuteUpdate</c> or <c>ExecuteDelete</c> in its turn.</summary>
    public static async Task<int> Gated<T>(this IQueryable<T> rows, ParceoDb db, Func<IQueryable<T>, Task<int>> write, CancellationToken ct)
    {
        using var turn = await db.EnterGate(ct);
        return await write(rows);
    }

    /// <summary>
    /// Deletes the oldest of what is old, some thousand rows at a time, so that nobody who writes waits for long.
    /// </summary>
    /// <param name="db">Their context.</param>
    /// <param name="olderThan">The rows before an instant.</param>
    /// <param name="at">The instant that decides; indexed.</param>
    /// <param name="bound">From then on they stay.</param>
    /// <param name="ct">Ends it.</param>
    /// <param name="most">About as many at a time.</param>
    public static async Task<JobProgress> DeleteSlice<T>(
        this ParceoDb db,
        Func<DateTimeOffset, IQueryable<T>> olderThan,
        Expression<Func<T, DateTimeOffset>> at,
        DateTimeOffset bound,
        CancellationToken ct,
        int most = 2000
    )
    {
        var next = await olderThan(bound).Select(at).Order().Skip(most).Select(a => (DateTimeOffset?)a).FirstOrDefaultAsync(ct);
        var gone = await olderThan(next ?? bound).Gated(db, q => q.ExecuteDeleteAsync(ct), ct);
        if (next is { } same && gone == 0)
            await olderThan(same.AddTicks(10)).Gated(db, q => q.ExecuteDeleteAsync(ct), ct); // all of one instant
        return next is null ? JobProgress.Done : JobProgress.More;
    }
}
