using System.Globalization;

namespace Parceo.Ui;

/// <summary>
/// What stands in an address or a form as text, which anybody may type. Pages take it as text: bound to a type of its own, a
/// wrong one would be a failure instead of an answer. What is wrong is as good as absent.
/// </summary>
public static class Given
{
    /// <summary>An id.</summary>
    public static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;

    /// <summary>A whole number, from 0.</summary>
    public static long? Whole(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
