using Parceo.Messaging.Domain;
using Parceo.Platform;

namespace Parceo.Messaging.Data;

/// <summary>Pages of conversations, newest first: a cursor is the last one's time and id.</summary>
internal static class Page
{
    /// <summary>Those after the cursor; from the first on when there is none.</summary>
    public static IQueryable<Conversation> From(this IQueryable<Conversation> conversations, string? next)
    {
        if (next is null)
            return conversations.OrderByDescending(c => c.LastAt).ThenByDescending(c => c.Id);
        var (at, id) = PageCursor.Read(next);
        return conversations
            .Where(c => c.LastAt < at || (c.LastAt == at && c.Id.CompareTo(id) < 0))
            .OrderByDescending(c => c.LastAt)
            .ThenByDescending(c => c.Id);
    }

    /// <summary>The next page's cursor; null after the last one.</summary>
    public static string? After(IReadOnlyList<Conversation> page, int limit) =>
        page.Count == limit ? PageCursor.Write(page[^1].LastAt, page[^1].Id) : null;
}
