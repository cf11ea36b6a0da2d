namespace Parceo.Slots.Domain;

/// <summary>From an instant to another, excluded: when somebody is busy.</summary>
internal readonly record struct Period(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>Whether they share an instant.</summary>
    public bool Touches(DateTimeOffset start, DateTimeOffset end) => Start < end && End > start;
}
