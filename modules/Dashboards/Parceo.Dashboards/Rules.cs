using System.Globalization;
using System.Text;

namespace Parceo.Dashboards;

/// <summary>Texts as they may come in (S35, S36): bounded, no control nor bidirectional character.</summary>
internal static class Rules
{
    public static bool IsText(string? text, int longest) => text is null || (text.Length <= longest && text.EnumerateRunes().All(r =>
        r.Value != 0xFFFD && Rune.GetUnicodeCategory(r) != UnicodeCategory.Control
        && r.Value is not ((>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0xFEFF)));
}
