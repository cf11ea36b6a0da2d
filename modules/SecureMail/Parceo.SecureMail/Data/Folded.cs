using System.Text;
using Parceo.Platform;

namespace Parceo.SecureMail.Data;

/// <summary>Texts as searched: a–z, 0–9, single spaces.</summary>
internal static class Folded
{
    /// <summary>Accents and case aside.</summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";
        var result = new StringBuilder(text.Length);
        foreach (var c in TextRules.Fold(text))
        {
            if (char.IsAsciiLetterOrDigit(c))
                result.Append(c);
            else if (result.Length > 0 && result[^1] != ' ')
                result.Append(' ');
        }
        return result.ToString().Trim();
    }
}
