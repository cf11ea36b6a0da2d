namespace Parceo.Platform.Events;

/// <summary>An event waiting for delivery (S55). Gone once every subscriber has taken it in.</summary>
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

    /// <summary>Failed deliveries so far.</summary>
    public int Attempts { get; private set; }

    /// <summary>Not before.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; } = at;

    /// <summary>The node that delivers it.</summary>
    public Guid? LeaseOwner { get; private set; }

    /// <summary>Its right ends then, at most 60 s ahead.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>Given up after ten tries; holds up its key until it is replayed or discarded.</summary>
    public DateTimeOffset? DeadAt { get; private set; }

    /// <summary>Type name of the last failure and the subscriber it happened in; never its data.</summary>
    public string? Error { get; private set; }
}

/// <summary>An event that a subscriber has taken in, written with what its reaction changed.</summary>
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
/// An effect outside the database: a push to open pages, a mail. Delivered at least once, after the commit; it hands
/// the event's id to whatever can deduplicate by it.
/// </summary>
public interface IEffect<in TEvent>
    where TEvent : IIntegrationEvent
{
    /// <summary>Throwing means: try again later.</summary>
    Task Handle(TEvent e, Guid eventId, CancellationToken ct);
}
