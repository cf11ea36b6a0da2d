namespace Parceo.Slots.Domain;

/// <summary>How the patient is seen.</summary>
internal enum Mode
{
    /// <summary>At the practice.</summary>
    Cabinet,
    /// <summary>By video.</summary>
    Teleconsultation,
    /// <summary>At the patient's.</summary>
    Visite,
}
