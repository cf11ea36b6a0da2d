namespace Parceo.Slots.Contracts;

/// <summary>
/// A part of the regulators' search page that another module owns, for the hours of the permanence des soins: who is on duty.
/// That module registers one as a singleton; the page renders it without knowing the module.
/// </summary>
/// <param name="Component">A Razor component with the parameters <c>string? Commune</c> and <c>string? Departement</c>: where the patient is, once it is known.</param>
/// <param name="Order">Smaller comes first.</param>
public sealed record SearchPanel(Type Component, int Order);
