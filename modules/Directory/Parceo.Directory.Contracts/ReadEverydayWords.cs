using MediatR;

namespace Parceo.Directory.Contracts;

/// <summary>
/// How people call professionals and places of care: « infirmière », « IDE », « ORL », « hôpital ». The one vocabulary of all
/// modules; whoever only looks for people sends <see cref="FindPeople"/>, which reads it already.
/// </summary>
public static class ReadEverydayWords
{
    /// <summary>Null when the text names no kind: a person's name, most often.</summary>
    /// <param name="Text">As typed, at most 200 characters.</param>
    [OpenToSignedIn("The vocabulary and the communes are public reference data.")]
    public sealed record Query(string Text) : IRequest<MeantKind?>;
}

/// <summary>A kind that words name. Whoever has one of the professions, skills or sectors is of it; two of the lists are empty.</summary>
/// <param name="Professions">Codes of professions (<c>60</c>).</param>
/// <param name="Skills">Codes of savoir-faire (<c>SM04</c>).</param>
/// <param name="Sectors">Codes of sectors (<c>SA01</c>).</param>
/// <param name="Others">What else was typed, folded, without the small words at either end: « elsa », « woippy ».</param>
/// <param name="Commune">The commune that the other words name, own territory first; null when they name none.</param>
public sealed record MeantKind(
    IReadOnlyList<string> Professions,
    IReadOnlyList<string> Skills,
    IReadOnlyList<string> Sectors,
    string Others,
    CommuneChoice? Commune
);
