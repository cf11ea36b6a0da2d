namespace Parceo.Directory.Contracts;

/// <summary>
/// A part that another module adds to a person's page in the directory (their next slots, their referrals). Registered
/// as a singleton; the directory knows no module by name.
/// </summary>
/// <param name="Component">A Razor component with a parameter <c>Guid PersonId</c>; it draws nothing where it has nothing to show.</param>
/// <param name="Order">Smaller comes first.</param>
public sealed record PersonPart(Type Component, int Order);
