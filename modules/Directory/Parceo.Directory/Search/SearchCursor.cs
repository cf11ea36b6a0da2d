using System.Globalization;
using System.Text;
using Parceo.Directory.Domain;
using Parceo.Platform;

namespace Parceo.Directory.Search;

/// <summary>
/// Where a page begins: a number of people to pass over in a ranked list, or, in a list by name, the sort key to go on
/// from and how many of that very key were given already.
/// </summary>
internal readonly record struct SearchCursor(int Skip, string Key)
{
    private const int Farthest = 1_000;

    /// <summary>Reads what <see cref="ToString"/> gave; the start for null.</summary>
    /// <exception cref="InvalidException">Not one of ours.</exception>
    public static SearchCursor Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return new(0, "");
        }
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (
            text.Length > 300
            || dot < 1
            || !int.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var skip)
            || skip > Farthest
        )
        {
            throw InvalidException.Of("next", "people_next_invalid");
        }
        var key = text[(dot + 1)..].Replace('_', ' ');
        return Folding.Fold(key) == key ? new(skip, key) : throw InvalidException.Of("next", "people_next_invalid");
    }

    /// <summary>Fit for a query string.</summary>
    public override string ToString() =>
        new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Skip}.").Append(Key.Replace(' ', '_')).ToString();
}
