namespace Parceo.Directory.Contracts;

/// <summary>
/// A part of a person's page that another module owns, such as their next slots. That module registers one as a
/// singleton; the directory renders it without knowing the module.
/// </summary>
/// <param name="Component">A Razor component with one parameter, <c>Guid PersonId</c>.</param>
/// <param name="Order">Smaller comes first.</param>
public sealed record PersonPanel(Type Component, int Order);
