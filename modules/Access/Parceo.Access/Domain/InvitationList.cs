using Parceo.Platform;

namespace Parceo.Access.Domain;

/// <summary>Somebody to invite, as a line of a list names them.</summary>
/// <param name="Line">1 for the first.</param>
/// <param name="Text">As it was typed.</param>
/// <param name="Role">Null: the role chosen for the whole list.</param>
/// <param name="NationalId">RPPS number, when one stands there.</param>
/// <param name="DirectoryId">Id of a professional of the directory, when the page put one there.</param>
internal sealed record Invitee(int Line, string Text, string Email, string Name, string? Role, string? NationalId, Guid? DirectoryId);

/// <summary>
/// A pasted list or a CSV file of people to invite: one a line, in any order of columns. What a cell is shows in what it
/// looks like: an address has an @, a RPPS number eleven digits, a role its French name; the rest is the name.
/// </summary>
internal static class InvitationList
{
    /// <summary>Most people at once.</summary>
    public const int Most = 200;

    /// <summary>Most characters.</summary>
    public const int Longest = 100_000;

    private static readonly (string Begins, string Role)[] Words =
    [
        ("effecteur", Roles.Effector),
        ("professionnel", Roles.Professional),
        ("secretaire", Roles.Delegate),
        ("secretariat", Roles.Delegate),
        ("delegataire", Roles.Delegate),
        ("coordination d’appui", Roles.SupportCoordinator),
        ("coordinatrice", Roles.Coordinator),
        ("coordinateur", Roles.Coordinator),
        ("coordination", Roles.Coordinator),
        ("tresorier", Roles.Treasurer),
        ("tresoriere", Roles.Treasurer),
        ("tresorerie", Roles.Treasurer),
        ("administrateur", Roles.Administrator),
        ("administratrice", Roles.Administrator),
        ("regulateur", Roles.Regulator),
        ("regulatrice", Roles.Regulator),
        ("regulation", Roles.Regulator),
    ];

    /// <summary>The people of a list; a line without an address has an empty one. A line of column names is passed over.</summary>
    public static IReadOnlyList<Invitee> Read(string text)
    {
        var people = new List<Invitee>();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim().Trim('\uFEFF');
            if (line.Length == 0 || (people.Count == 0 && !line.Contains('@', StringComparison.Ordinal) && IsHead(line)))
                continue;
            people.Add(Of(i + 1, line));
        }
        return people;
    }

    private static Invitee Of(int number, string line)
    {
        var separator = Array.Find([';', '\t', ','], line.Contains);
        // « Prénom Nom <adresse> », as a mail program copies it.
        var cells = (separator == default ? line.Replace('<', ' ').Replace('>', ' ').Split(' ') : line.Split(separator))
            .Select(c => c.Trim().Trim('"', '<', '>', ' '))
            .Where(c => c.Length > 0)
            .ToList();
        var email = cells.Find(c => c.Contains('@', StringComparison.Ordinal)) ?? "";
        var number11 = cells.Find(IsNationalId);
        var picked = cells.Find(c => Guid.TryParse(c, out _));
        var role = separator == default ? null : cells.Select(RoleOf).FirstOrDefault(r => r is not null);
        var name = string.Join(
            ' ',
            cells.Where(c => c != email && c != number11 && c != picked && (separator == default || RoleOf(c) is null))
        );
        return new Invitee(number, line, email, name, role, number11, picked is null ? null : Guid.Parse(picked));
    }

    private static string? RoleOf(string cell)
    {
        var folded = TextRules.Fold(cell);
        return Roles.All.FirstOrDefault(r => TextRules.Fold(RoleText.Of(r)) == folded)
            ?? Array.Find(Words, w => folded.StartsWith(w.Begins, StringComparison.Ordinal)).Role;
    }

    private static bool IsNationalId(string cell) => cell.Length is 11 or 12 && cell.All(char.IsAsciiDigit);

    private static bool IsHead(string line)
    {
        var folded = TextRules.Fold(line);
        return folded.Contains("mail", StringComparison.Ordinal) || folded.Contains("adresse", StringComparison.Ordinal);
    }
}
