namespace Parceo.Patients.Contracts;

/// <summary>Administrative sex, as the dispatch case says.</summary>
public enum Sex
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Female.</summary>
    Female,

    /// <summary>Male.</summary>
    Male,
}
