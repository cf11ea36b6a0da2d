namespace Parceo.Ui;

/// <summary>What the shell shows of the person and their places. The host makes one per page and cascades it; no value means nobody is signed in.</summary>
/// <param name="PersonName">As written everywhere: « Dr Amandine Roche ».</param>
/// <param name="OrganisationName">The organisation worked in now.</param>
/// <param name="RoleLabel">Short: « Centre 15 », « Pour le Dr Roche » for a delegate.</param>
/// <param name="Rail">Places in order. On phones those marked <see cref="MenuItem.OnPhone"/> (4 at most) stand in the bottom bar, the others under « Plus ».</param>
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

/// <summary>A place of the rail. <paramref name="Count"/> is what awaits this person there, 0 shows nothing.</summary>
/// <param name="Hotkey">As <c>data-hotkey</c>: « g a ».</param>
public sealed record MenuItem(string Label, string Icon, string Href, int Count = 0, bool OnPhone = false, string? Hotkey = null);

/// <summary>An organisation the person belongs to, with what they are there.</summary>
public sealed record OrganisationChoice(Guid Id, string Name, string RoleLabel, bool IsCurrent);

/// <summary>One thing done, and how to take it back. <paramref name="UndoUrl"/> is POSTed with <paramref name="UndoFields"/> and the antiforgery token.</summary>
public sealed record ToastModel(string Message, string? UndoUrl = null, IReadOnlyDictionary<string, string>? UndoFields = null);
