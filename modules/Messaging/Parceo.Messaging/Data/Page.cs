using System.Globalization;
using Parceo.Messaging.Domain;
using Parceo.Platform;

namespace Parceo.Messaging.Data;

/// <summary>Pages of conversations, newest first: a cursor is the last one's time and id.</summary>
internal static class Page
{
    /// <summary>Those after the cursor; from the first on when there is none.</summary>
    public static IQueryable<Conversation> From(this IQueryable<Conversation> conversations, string? next)
    {
        if (next is null) return conversations.OrderByDescending(c => c.LastAt).ThenByDescending(c => c.Id);
        var (at, id) = Read(next);
        return conversations.Where(c => c.LastAt < at || (c.LastAt == at && c.Id.CompareTo(id) < 0)).OrderByDescending(c => c.LastAt).ThenByDescending(c => c.Id);
    }

    /// <summary>The next page's cursor; null after the last one.</summary>
    public static string? After(IReadOnlyList<Conversation> page, int limit) =>
        page.Count == limit ? string.Create(CultureInfo.InvariantCulture, $"{page[^1].LastAt.UtcTicks:x}-{page[^1].Id:n}") : null;

    private static (DateTimeOffset At, Guid Id) Read(string text) =>
        text.Split('-') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var at)
            && at >= DateTimeOffset.MinValue.Ticks && at <= DateTimeOffset.MaxValue.Ticks && Guid.TryParseExact(id, "n", out var guid)
            ? (new DateTimeOffset(at, TimeSpan.Zero), guid) : throw InvalidException.Of("next", "next_invalid");
}
