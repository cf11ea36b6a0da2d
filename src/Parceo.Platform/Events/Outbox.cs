namespace Parceo.Platform.Events;

/// <summary>An event as it was published (S55). Gone once every registered subscriber has taken it in.</summary>
public sealed class OutboxRow(Guid eventId, string name, Guid key, string payload, string correlationId, DateTimeOffset at)
{
    /// <summary>Made by the database; the order of delivery within a key.</summary>
    public long Seq { get; private set; }

    /// <summary>Stable id of the event: what inboxes deduplicate by.</summary>
    public Guid EventId { get; private set; } = eventId;

    /// <summary>Stored name, <c>slots.slot-booked.v1</c>.</summary>
    public string Name { get; private set; } = name;

    /// <summary>Aggregate id: events of one key are delivered in order.</summary>
    public Guid Key { get; private set; } = key;

    /// <summary>JSON.</summary>
    public string Payload { get; private set; } = payload;

    /// <summary>The request that caused it.</summary>
    public string CorrelationId { get; private set; } = correlationId;

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; private set; } = at;

    /// <summary>Its deliveries were written, one a registered subscriber; only one node can have done it.</summary>
    public bool FannedOut { get; private set; }

    internal void FanOut() => FannedOut = true;
}

/// <summary>
/// An event that one subscriber has not taken in yet, with tries, back-off and dead letter of its own. Gone as soon as the
/// subscriber is done: that is how an effect remembers that it ran.
/// </summary>
public sealed class DeliveryRow(long seq, string @event, string subscriber, Guid key, DateTimeOffset at)
{
    /// <summary>Made by the database.</summary>
    public long Id { get; private set; }

    /// <summary>The event's place in its module's outbox.</summary>
    public long Seq { get; private set; } = seq;

    /// <summary>The event's stored name.</summary>
    public string Event { get; private set; } = @event;

    /// <summary>For whom.</summary>
    public string Subscriber { get; private set; } = subscriber;

    /// <summary>The event's key.</summary>
    public Guid Key { get; private set; } = key;

    /// <summary>When the event happened.</summary>
    public DateTimeOffset At { get; private set; } = at;

    /// <summary>Failed tries so far.</summary>
    public int Attempts { get; private set; }

    /// <summary>Not before.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; } = at;

    /// <summary>The node that delivers it.</summary>
    public Guid? LeaseOwner { get; private set; }

    /// <summary>Its right ends then, at most 60 s ahead.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>Given up after ten tries; holds up its key for its subscriber until it is replayed or discarded.</summary>
    public DateTimeOffset? DeadAt { get; private set; }

    /// <summary>Type name of the last failure and the subscriber it happened in; never its data.</summary>
    public string? Error { get; private set; }

    internal void LeaseTo(Guid node, DateTimeOffset until) => (LeaseOwner, LeaseUntil) = (node, until);
}

/// <summary>An event that a reaction has taken in, written with what it changed.</summary>
public sealed class InboxRow(Guid eventId, string subscriber, DateTimeOffset at)
{
    /// <summary>The event.</summary>
    public Guid EventId { get; private set; } = eventId;

    /// <summary>Name of the reaction.</summary>
    public string Subscriber { get; private set; } = subscriber;

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private set; } = at;
}

/// <summary>
/// What a module does when an event tells it something. The pump saves <typeparamref name="TDb"/> with an inbox row in
/// one transaction, so a repeated delivery changes nothing. Change entities of that context only; do not save.
/// </summary>
public interface IReaction<in TEvent, TDb>
    where TEvent : IIntegrationEvent
    where TDb : ModuleDb
{
    /// <summary>Throwing means: try again later.</summary>
    Task Handle(TEvent e, CancellationToken ct);
}

/// <summary>
/// An effect outside the module's own database: a signal to open pages, a request to another module. Delivered after the
/// commit and not again once it is done; only a kill in between repeats it, so it hands the event's id to whatever can
/// deduplicate by it.
/// </summary>
public interface IEffect<in TEvent>
    where TEvent : IIntegrationEvent
{
    /// <summary>Throwing means: try again later.</summary>
    Task Handle(TEvent e, Guid eventId, CancellationToken ct);
}

/// <summary>
/// An effect that waits for others (mail, HTTP) or works for long: it runs on workers of its own, so that nothing quick
/// stands behind it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SlowEffectAttribute : Attribute;

/// <summary>
/// The name that a reaction or effect is registered under, when its class was renamed after a release: under a new name it
/// would be a new subscriber, and what waits for the old one would never be delivered.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SubscriberNameAttribute(string name) : Attribute
{
    /// <summary><c>slots.TellOpenPages</c></summary>
    public string Name { get; } = name;
}
