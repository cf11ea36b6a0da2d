namespace Parceo.Slots.Contracts;

/// <summary>How the patient is seen.</summary>
public enum Mode
{
    /// <summary>At the practice.</summary>
    Cabinet,

    /// <summary>By video.</summary>
    Teleconsultation,

    /// <summary>At the patient's.</summary>
    Visite,
}
