using System.Reflection;
using System.Text.Json;

namespace Parceo.Platform.Events;

/// <summary>Where deliveries run: nothing slow stands before something quick.</summary>
internal enum Lane
{
    /// <summary>Reactions: a transaction of the module's own.</summary>
    Reactions,

    /// <summary>Signals to pages, requests to other modules.</summary>
    Effects,

    /// <summary>Mail, HTTP, long work.</summary>
    Slow,
}

/// <summary>A reaction or effect and one event that it listens to.</summary>
internal sealed record Subscriber(string Name, string Module, Type Type, string EventName, Type Event, Type? Db, Lane Lane)
{
    /// <summary>As <see cref="DeliveryRow"/> is asked for: by subscriber and event.</summary>
    public string Pair { get; } = $"{Name}>{EventName}";

    private readonly MethodInfo handle = (
        Db is null ? typeof(IEffect<>).MakeGenericType(Event) : typeof(IReaction<,>).MakeGenericType(Event, Db)
    ).GetMethod("Handle")!;

    public Task Handle(object handler, object e, Guid eventId, CancellationToken ct) =>
        (Task)handle.Invoke(handler, BindingFlags.DoNotWrapExceptions, null, Db is null ? [e, eventId, ct] : [e, ct], null)!;
}

/// <summary>Events by stored name, and who listens on this node.</summary>
public sealed class EventCatalog
{
    private readonly Dictionary<string, Type> types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Subscriber> byPair = new(StringComparer.Ordinal);

    /// <summary>In the order of the modules and their types.</summary>
    internal IReadOnlyCollection<Subscriber> Subscribers => byPair.Values;

    internal static string Serialize(IIntegrationEvent e) => JsonSerializer.Serialize(e, e.GetType(), PlatformJson.Options);

    internal static string NameOf(Type type) =>
        type.GetCustomAttribute<EventNameAttribute>()?.Name ?? throw new InvalidOperationException($"{type.FullName} has no [EventName].");

    internal void Subscribe(string module, Type type, Type @event, Type? db)
    {
        var eventName = NameOf(@event);
        if (!types.TryAdd(eventName, @event) && types[eventName] != @event)
            throw new StartRefusedException($"Event name '{eventName}' is used twice.");
        var lane =
            db is not null ? Lane.Reactions
            : type.IsDefined(typeof(SlowEffectAttribute), false) ? Lane.Slow
            : Lane.Effects;
        var name = type.GetCustomAttribute<SubscriberNameAttribute>()?.Name ?? $"{module}.{type.Name}";
        var subscriber = new Subscriber(name, module, type, eventName, @event, db, lane);
        if (!byPair.TryAdd(subscriber.Pair, subscriber))
            throw new StartRefusedException($"Two subscribers of '{eventName}' are called '{name}'.");
    }

    /// <summary>Null when this node has no such subscriber, or one that does not know this event: another version's, left alone.</summary>
    internal Subscriber? Find(string eventName, string subscriber) => byPair.GetValueOrDefault($"{subscriber}>{eventName}");

    /// <summary>Read leniently: another version may have added a member.</summary>
    internal static object Read(Subscriber subscriber, string payload) =>
        JsonSerializer.Deserialize(payload, subscriber.Event, PlatformJson.Stored) ?? throw new JsonException();
}
