using System.Security.Cryptography;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Parceo.Access.Contracts;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Modules;
using Parceo.Ui;

namespace Parceo.Host.Pages;

/// <summary>The shell around the pages: who is signed in, where, and which places they have.</summary>
internal static class Shell
{
    /// <summary>Null when nobody is signed in.</summary>
    /// <param name="sender">Asks the modules.</param>
    /// <param name="user">The caller.</param>
    /// <param name="entries">Every module's places.</param>
    /// <param name="notices">Whether the module of notices is there.</param>
    /// <param name="keys">The installation's.</param>
    /// <param name="board">What waits for them.</param>
    /// <param name="ct">Ends with the request.</param>
    public static async Task<ShellModel?> Of(
        ISender sender,
        ICurrentUser user,
        IEnumerable<MenuEntry> entries,
        bool notices,
        Keys keys,
        HomeBoard board,
        CancellationToken ct
    )
    {
        if (!user.IsSignedIn || await sender.Send(new GetMe(), ct) is not { } me)
            return null;
        return new ShellModel(
            me.Name,
            me.Organisation?.Name ?? "Aucune organisation",
            me.Organisation is { } o ? RoleText.First(o.Roles) : "",
            MenuOf(user, entries),
            [.. me.Organisations.Select(x => new OrganisationChoice(x.Id, x.Name, RoleText.First(x.Roles), x.Id == me.Organisation?.Id))]
        )
        {
            PersonId = me.Id,
            Seal = SealOf(keys, me.Id),
            SearchUrl = "/annuaire",
            AccountUrl = "/compte",
            NotificationsUrl = notices ? "/notifications" : null,
            NotificationCount = notices ? await sender.Send(new CountNotices(), ct) : 0,
            Recount = () => board.Counts(ct),
        };
    }

    /// <summary>
    /// What seals the person's unsent text in their browser (docs/decisions/0013): the same after another sign-in, on every
    /// node, given to pages of a live session only, and never stored.
    /// </summary>
    internal static string SealOf(Keys keys, Guid person) =>
        Convert.ToBase64String(
            HKDF.DeriveKey(
                HashAlgorithmName.SHA256,
                keys.Get("KeyRing"),
                32,
                salt: person.ToByteArray(bigEndian: true),
                info: "parceo unsent text v1"u8.ToArray()
            )
        );

    /// <summary>The menu's entries that this person may open, in order.</summary>
    public static List<MenuItem> MenuOf(ICurrentUser user, IEnumerable<MenuEntry> entries) =>
        [
            new("À traiter", "inbox", "/", OnPhone: true, Hotkey: "g h"),
            .. entries
                .Where(e => e.Permissions.Length == 0 || e.Permissions.Any(user.Can))
                .OrderBy(e => e.Order)
                .Select((e, i) => new MenuItem(e.Label, e.Icon, e.Href, OnPhone: i < 3, Hotkey: e.Hotkey, Group: e.Group)),
        ];
}

/// <summary>The shell of the page that this request asks for; null when nobody is signed in.</summary>
internal sealed class PageShell
{
    public ShellModel? Model { get; set; }
}

/// <summary>
/// Asks for the shell before the page is drawn. The root of a page must not wait for anything itself: a page below it that
/// leads elsewhere at once (« / », for one) would then throw in the middle of a drawing under way, and the half-drawn tree
/// is walked in circles until the process dies of it.
/// </summary>
internal sealed class PageShellMiddleware(RequestDelegate next)
{
    public async Task Invoke(
        HttpContext http,
        PageShell shell,
        ISender sender,
        ICurrentUser user,
        IEnumerable<MenuEntry> entries,
        ModuleCatalog modules,
        Keys keys,
        HomeBoard board
    )
    {
        // The page about a failure stands without a shell: asking for one could fail the same way.
        if (
            http.Features.Get<IExceptionHandlerFeature>() is null
            && http.GetEndpoint()?.Metadata.GetMetadata<RootComponentMetadata>() is not null
        )
            shell.Model = await Shell.Of(
                sender,
                user,
                entries,
                modules.DbOf(typeof(CountNotices)) is not null,
                keys,
                board,
                http.RequestAborted
            );
        if (shell.Model is not null && !http.Request.Headers.ContainsKey("X-Parceo-Fragment")) // a region is drawn without its menu
            await shell.Model.Count();
        await next(http);
    }
}
