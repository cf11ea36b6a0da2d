using System.Collections.Frozen;

namespace Parceo.Ui;

/// <summary>What the shell shows of the person and their places. The host makes one per page and cascades it; no value means nobody is signed in.</summary>
/// <param name="PersonName">As written everywhere: « Dr Amandine Roche ».</param>
/// <param name="OrganisationName">The organisation worked in now.</param>
/// <param name="RoleLabel">Short: « Centre 15 », « Pour le Dr Roche » for a delegate.</param>
/// <param name="Rail">Places in order. On phones those marked <see cref="MenuItem.OnPhone"/> (4 at most) stand in the bottom bar, the others under « Plus »; on the rail the first <see cref="AppShell.OnRail"/>.</param>
/// <param name="Organisations">Those the person may switch to, the current one included.</param>
public sealed record ShellModel(
    string PersonName,
    string OrganisationName,
    string RoleLabel,
    IReadOnlyList<MenuItem> Rail,
    IReadOnlyList<OrganisationChoice> Organisations
)
{
    /// <summary>Whose pages these are: other tabs of the browser end when somebody else signs in.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Key (base64, 32 bytes) of what this person typed and did not send, kept sealed in the browser; null keeps nothing over a reload.</summary>
    public string? Seal { get; init; }

    public string HomeUrl { get; init; } = "/";

    /// <summary>How many things wait for the person, by the address of the place in <see cref="Rail"/>.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; private set; } = FrozenDictionary<string, int>.Empty;

    /// <summary>Counts them again; null: nothing is counted.</summary>
    public Func<Task<IReadOnlyDictionary<string, int>>>? Recount { get; init; }

    /// <summary><see cref="Counts"/> changed.</summary>
    public event Action? Recounted;

    /// <summary>Whether something is counted at a place.</summary>
    public bool CountsAt(string href) => href == HomeUrl || Counts.ContainsKey(href);

    /// <summary>What waits at a place; everything at <see cref="HomeUrl"/>.</summary>
    public int CountAt(string href) => href == HomeUrl ? Counts.Values.Sum() : Counts.GetValueOrDefault(href);

    /// <summary>Counts: before the page is drawn, and after an act of it, or the menu would still ask for what was just done.</summary>
    public async Task Count()
    {
        if (Recount is null)
            return;
        Counts = await Recount();
        Recounted?.Invoke();
    }

    /// <summary>GET, the words in <c>q</c>. Null: no search box.</summary>
    public string? SearchUrl { get; init; }

    public string? HelpUrl { get; init; }

    /// <summary>Null: no bell.</summary>
    public string? NotificationsUrl { get; init; }

    public int NotificationCount { get; init; }

    public string? AccountUrl { get; init; }

    /// <summary>POST.</summary>
    public string SignOutUrl { get; init; } = "/deconnexion";

    /// <summary>POST, the id in <c>organisation</c>.</summary>
    public string SwitchOrganisationUrl { get; init; } = "/organisation";

    /// <summary>What the previous request did, said once.</summary>
    public ToastModel? Toast { get; init; }
}

/// <summary>A place of the rail.</summary>
/// <param name="Hotkey">As <c>data-hotkey</c>: « g a ».</param>
/// <param name="Group">Heading under which it stands in « Plus »; empty for the first ones.</param>
public sealed record MenuItem(string Label, string Icon, string Href, bool OnPhone = false, string? Hotkey = null, string Group = "");

/// <summary>An organisation the person belongs to, with what they are there.</summary>
public sealed record OrganisationChoice(Guid Id, string Name, string RoleLabel, bool IsCurrent);

/// <summary>One thing done, and how to take it back. <paramref name="UndoUrl"/> is POSTed with <paramref name="UndoFields"/> and the antiforgery token.</summary>
public sealed record ToastModel(string Message, string? UndoUrl = null, IReadOnlyDictionary<string, string>? UndoFields = null)
{
    /// <summary>What the form does where nothing can be taken back but something else be said, « Plutôt absent »: no « Annuler », no Ctrl Z.</summary>
    public string? Instead { get; init; }
}
