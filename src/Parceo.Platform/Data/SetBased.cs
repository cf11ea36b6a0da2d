using Microsoft.EntityFrameworkCore;

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
}
