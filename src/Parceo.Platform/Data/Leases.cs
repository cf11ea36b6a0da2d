using Microsoft.EntityFrameworkCore;

namespace Parceo.Platform.Data;

/// <summary>Named rights to do what only one node may do at a time; whoever is killed with one loses it when its time is over.</summary>
internal static class Leases
{
    /// <summary>Takes or renews it; false while somebody else holds it.</summary>
    public static async Task<bool> TakeLease(
        this PlatformDb db,
        string name,
        Guid owner,
        DateTimeOffset now,
        TimeSpan time,
        CancellationToken ct
    )
    {
        var until = now + time;
        var taken = await db
            .Leases.Where(l => l.Name == name && (l.Owner == owner || l.Until < now))
            .Gated(db, q => q.ExecuteUpdateAsync(s => s.SetProperty(l => l.Owner, owner).SetProperty(l => l.Until, until), ct), ct);
        if (taken > 0 || await db.Leases.AnyAsync(l => l.Name == name, ct))
            return taken > 0;
        db.Leases.Add(
            new LeaseRow
            {
                Name = name,
                Owner = owner,
                Until = until,
            }
        );
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (ConcurrentChangeException)
        {
            db.ChangeTracker.Clear();
            return false; // nodes came at once: another one was first
        }
    }

    /// <summary>Gives it up before its time.</summary>
    public static Task<int> GiveUpLease(this PlatformDb db, string name, Guid owner, DateTimeOffset now)
    {
        var over = now.AddSeconds(-1);
        return db
            .Leases.Where(l => l.Name == name && l.Owner == owner)
            .Gated(db, q => q.ExecuteUpdateAsync(s => s.SetProperty(l => l.Until, over)), default);
    }
}
