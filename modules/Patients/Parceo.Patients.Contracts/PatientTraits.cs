namespace Parceo.Patients.Contracts;

/// <summary>A patient as somebody on the telephone tells of them (S22); little, when nobody has said more (D14).</summary>
/// <param name="Age">Years, 0–130.</param>
/// <param name="Sex">Administrative sex.</param>
/// <param name="Name">As the caller says it: the used name; at most 200 characters.</param>
/// <param name="Phone">To call back; at most 30 characters.</param>
public sealed record PatientTraits(int Age, Sex Sex, string? Name = null, string? Phone = null);

/// <summary>The name and the phone: what is completed and corrected after the first call.</summary>
/// <param name="Name">As the caller says it; blank when it is not known after all.</param>
/// <param name="Phone">To call back; blank when it is not known after all.</param>
public sealed record PatientContact(string? Name, string? Phone);

/// <summary>The strict traits (D13), which name a patient in a document; never guessed from what was said on the telephone.</summary>
/// <param name="BirthName">Family name at birth.</param>
/// <param name="FirstNames">First names at birth, separated by spaces, the first one first.</param>
/// <param name="BirthDate">Null when it is not known.</param>
/// <param name="Sex">Administrative sex.</param>
/// <param name="BirthPlace">Code of the commune or country of birth (COG); null when it is not known.</param>
public sealed record StrictTraits(string BirthName, string FirstNames, DateOnly? BirthDate, Sex Sex, string? BirthPlace = null);
