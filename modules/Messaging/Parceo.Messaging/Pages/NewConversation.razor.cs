using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.Ui;

namespace Parceo.Messaging.Pages;

/// <summary>Opens a conversation, or the one that two people already have. What was chosen stays when something is refused.</summary>
public partial class NewConversation(ISender sender, CallContext call, ErrorTexts texts, IIds ids, NavigationManager navigation)
{
    private IReadOnlyList<FieldError> errors = [];
    private List<(Guid Id, string Name)> chosen = [];
    private (string Field, string Value, string Label)? single;
    private FindRecipients.Response? found;
    private string text = "",
        title = "",
        key = "";
    private bool mail;

    [SupplyParameterFromQuery(Name = "guichet")]
    private string? DeskText { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        // The page asks for nothing when it is opened: nobody else would look at the right.
        if (!((ICurrentUser)call).Can(MessagingPermissions.Use))
            throw new ForbiddenException();
        (key, mail) = (ids.New().ToString(), ((ICurrentUser)call).Can(SecureMailPermissions.Send));
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        // From the list of desks: the one to write to stands there already.
        if (
            Guid.TryParse(DeskText, out var desk)
            && (await sender.Send(new ListDesks.Query())).FirstOrDefault(d => d.Id == desk) is { } known
        )
            single ??= ("bureau", $"{desk}", known.Name);
    }

    private async Task Open()
    {
        var form = Http.Request.Form;
        (text, title) = (form["qui"].ToString().Trim(), form["titre"].ToString().Trim());
        var people = form["p"].Select(p => Guid.TryParse(p, out var id) ? id : Guid.Empty).Where(p => p != Guid.Empty).Distinct().ToList();
        Guid? desk = Guid.TryParse(form["bureau"], out var d) ? d : null;
        var role = form["role"].ToString();
        Guid opened;
        try
        {
            if (people.Count == 0 && desk is null && role.Length == 0 && text.Length > 0)
            {
                found = await sender.Send(new FindRecipients.Query(text));
                return;
            }
            call.IdempotencyKey = form["cle"].ToString() is { Length: > 0 and <= 100 } sent ? sent : null;
            opened =
                desk is { } guichet ? (await sender.Send(new BeginDeskThread.Command(guichet, title))).Id
                : role.Length > 0 ? (await sender.Send(new WriteToRole.Command(role))).Id
                : (await sender.Send(new OpenConversation.Command(people, people.Count > 1 ? title : null))).Id;
        }
        catch (RefusalException refused)
        {
            errors =
            [
                new FieldError(
                    refused.Code is "conversation_title_invalid" or "desk_subject_invalid" ? "titre" : "qui",
                    texts.Of(refused.Code)
                ),
            ];
            single =
                desk is not null ? ("bureau", $"{desk}", form[$"n-{desk}"].ToString())
                : role.Length > 0 ? ("role", role, form[$"n-{role}"].ToString())
                : null;
            chosen = people.ConvertAll(p => (p, form[$"n-{p}"].ToString()));
            return;
        }
        finally
        {
            call.IdempotencyKey = null;
        }
        navigation.NavigateTo($"/messages/{opened}");
    }

    private string Words() => JsonSerializer.Serialize(ChatWords.Of(texts), PlatformJson.Options);
}
