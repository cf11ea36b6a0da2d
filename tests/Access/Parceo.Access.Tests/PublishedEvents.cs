using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Parceo.Platform.Events;

namespace Parceo.Access.Tests;

/// <summary>Events of the module that were committed, in any order.</summary>
internal sealed class PublishedEvents : SaveChangesInterceptor
{
    public ConcurrentQueue<OutboxRow> All { get; } = new();

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        foreach (var entry in eventData.Context!.ChangeTracker.Entries<OutboxRow>())
            All.Enqueue(entry.Entity);
        return ValueTask.FromResult(result);
    }
}
