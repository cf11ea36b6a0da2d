using System.Reflection;
using System.Text.Json;

namespace Parceo.Platform.Events;

internal sealed record Subscriber(Type Type, Type Event, Type? Db)
{
    public string Name { get; } = Type.FullName!;
}

/// <summary>Events by stored name, and who listens.</summary>
public sealed class EventCatalog
{
    private readonly Dictionary<Type, List<Subscriber>> subscribers = [];
    private readonly Dictionary<string, Type> byName = new(StringComparer.Ordinal);

    internal static string Serialize(IIntegrationEvent e) => JsonSerializer.Serialize(e, e.GetType(), PlatformJson.Options);

    internal static string NameOf(Type type) =>
        type.GetCustomAttribute<EventNameAttribute>()?.Name ?? throw new InvalidOperationException($"{type.FullName} has no [EventName].");

    internal void Subscribe(Type type, Subscriber subscriber)
    {
        if (!byName.TryAdd(NameOf(type), type) && byName[NameOf(type)] != type)
            throw new InvalidOperationException($"Event name '{NameOf(type)}' is used twice.");
        if (!subscribers.TryGetValue(type, out var list))
            subscribers[type] = list = [];
        list.Add(subscriber);
    }

    /// <summary>The event and who wants it; none when no enabled module listens.</summary>
    internal (object? Event, IReadOnlyList<Subscriber> Subscribers) Read(OutboxRow row) =>
        byName.TryGetValue(row.Name, out var type)
            ? (JsonSerializer.Deserialize(row.Payload, type, PlatformJson.Options), subscribers[type])
            : (null, []);
}
