namespace Parceo.Directory.Contracts;

/// <summary>
/// A part of a person's page that another module owns, such as their next slots. That module registers one as a
/// singleton; the directory renders it without knowing the module. A part that has nothing to show to this reader draws nothing.
/// </summary>
/// <param name="Component">A Razor component with one parameter, <c>Guid PersonId</c>.</param>
/// <param name="Order">Smaller comes first.</param>
/// <param name="Place">Where on the page.</param>
public sealed record PersonPanel(Type Component, int Order, PersonPlace Place = PersonPlace.Beside);

/// <summary>Where on a person's page a part stands.</summary>
public enum PersonPlace
{
    /// <summary>A panel of its own.</summary>
    Beside,

    /// <summary>A link or button under the name: what one can do with them.</summary>
    Acts,

    /// <summary>A word under the name that changes what one does next: away, covered by.</summary>
    State,

    /// <summary>Lines of the list of facts: <c>div</c> with <c>dt</c> and <c>dd</c>.</summary>
    Facts,
}
