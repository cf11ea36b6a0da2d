namespace Parceo;

/// <summary>
/// Something that happened in one module and that others may react to. Stored and delivered as JSON under its
/// <see cref="EventNameAttribute"/>; carries ids and facts, never clinical text or a patient's identity.
/// </summary>
public interface IIntegrationEvent;

/// <summary>
/// The name under which an event is stored, for example <c>slots.slot-booked.v1</c>. It outlives the CLR type: a
/// changed shape is a new version under a new name.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventNameAttribute(string name) : Attribute
{
    /// <summary><c>module.past-tense.vN</c></summary>
    public string Name { get; } = name;
}
