using System.Collections.Frozen;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Parceo.Platform;

namespace Parceo.Access.Domain;

/// <summary>
/// What a password may be (S2): 14 to 128 characters of any script, no composition rule; not a common one, not one built
/// on the person's, the organisation's or the product's name. It is verified exactly as typed.
/// </summary>
internal static class PasswordRules
{
    public const int Shortest = 14;
    public const int Longest = 128;
    private static readonly Lazy<FrozenSet<string>> Common = new(ReadCommon);

    /// <summary>How many common passwords are known.</summary>
    public static int CommonCount => Common.Value.Count;

    /// <summary>The code of what is wrong, or null.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="ownWords">Names and addresses that it must not contain.</param>
    public static string? Refuse(string password, IEnumerable<string> ownWords)
    {
        if (password.EnumerateRunes().Any(r => r == Rune.ReplacementChar || r.Value == 0))
            return "password_unreadable";
        var length = password.EnumerateRunes().Count();
        if (length < Shortest)
            return "password_too_short";
        if (length > Longest)
            return "password_too_long";
        var folded = Fold(password);
        if (IsCommon(folded))
            return "password_common";
        return Words(ownWords).Any(w => folded.Contains(w, StringComparison.Ordinal)) ? "password_personal" : null;
    }

    /// <summary>Common as it is, without the figures and marks around it, or as one short piece repeated.</summary>
    private static bool IsCommon(string folded)
    {
        if (Common.Value.Contains(folded))
            return true;
        var core = folded.Trim([.. "0123456789!?.,;:-_*+#@$%&/ "]);
        if (core.Length > 0 && core.Length < folded.Length && Common.Value.Contains(core))
            return true;
        for (var period = 1; period <= folded.Length - 4; period++)
        {
            if (
                folded.AsSpan(period).SequenceEqual(folded.AsSpan(0, folded.Length - period))
                && (period < 4 || Common.Value.Contains(folded[..period]))
            )
                return true;
        }
        return false;
    }

    private static IEnumerable<string> Words(IEnumerable<string> own) =>
        own.Append("parceo").SelectMany(Split).Select(Fold).Where(w => w.Length >= 4).Distinct();

    // « Amandine Roche » counts as a whole and by name; « a.roche@cabinet.fr » also by what stands before the @.
    private static IEnumerable<string> Split(string text) =>
        text.Split([' ', '\u00A0', '.', '@', '-', '\'', '’'], StringSplitOptions.RemoveEmptyEntries)
            .Where(w => !Ordinary.Contains(Fold(w)))
            .Append(text)
            .Append(text.Split('@')[0]);

    // Words of organisations' names that would forbid half of the language.
    private static readonly string[] Ordinary =
    [
        "cpts",
        "sante",
        "maison",
        "centre",
        "pole",
        "hopital",
        "gmail",
        "orange",
        "wanadoo",
        "free",
        "outlook",
        "hotmail",
    ];

    private static string Fold(string text) => string.Concat(TextRules.Fold(text).Where(c => c is not (' ' or '\u00A0')));

    private static FrozenSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords")!;
        using var reader = new StreamReader(new BrotliStream(stream, CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n').ToFrozenSet(StringComparer.Ordinal);
    }
}
