using System.Text;

namespace Parceo.Directory.Domain;

/// <summary>Names as shown: the national file has family names in capitals.</summary>
internal static class PersonName
{
    /// <summary>« Dr Bilal Haddad », « Anne-Sophie Le Goff ».</summary>
    /// <param name="title">Code of the title in exercise.</param>
    /// <param name="given">First name.</param>
    /// <param name="family">Family name.</param>
    public static string Display(string title, string given, string family) =>
        string.Join(
            ' ',
            new[]
            {
                title switch
                {
                    "DR" => "Dr",
                    "PR" => "Pr",
                    _ => "",
                },
                Capitalise(given),
                Capitalise(family),
            }.Where(part => part.Length > 0)
        );

    /// <summary>A capital at the start of each word when all letters are capitals; text in mixed case is left as it is.</summary>
    public static string Capitalise(string name)
    {
        if (name.Any(char.IsLower))
        {
            return name;
        }
        var result = new StringBuilder(name.Length);
        var start = true;
        foreach (var c in name)
        {
            result.Append(start ? c : char.ToLowerInvariant(c));
            start = !char.IsLetter(c) && !char.IsDigit(c);
        }
        return result.ToString();
    }
}
