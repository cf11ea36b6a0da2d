using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Ui;

namespace Parceo.Messaging.Pages;

/// <summary>Opens a conversation, or the one that two people already have. What was chosen stays when something is refused.</summary>
public partial class NewConversation(ISender sender, CallContext call, ErrorTexts texts, IIds ids, NavigationManager navigation)
{
    private IReadOnlyList<FieldError> errors = [];
    private List<(Guid Id, string Name)> chosen = [];
    private FindRecipients.Response? found;
    private string text = "", title = "", key = "";

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => key = ids.New().ToString();

    private async Task Open()
    {
        var form = Http.Request.Form;
        (text, title) = (form["qui"].ToString().Trim(), form["titre"].ToString().Trim());
        var people = form["p"].Select(p => Guid.TryParse(p, out var id) ? id : Guid.Empty).Where(p => p != Guid.Empty).Distinct().ToList();
        Guid opened;
        try
        {
            if (people.Count == 0 && text.Length > 0)
            {
                found = await sender.Send(new FindRecipients.Query(text));
                return;
            }
            call.IdempotencyKey = form["cle"].ToString() is { Length: > 0 and <= 100 } sent ? sent : null;
            opened = (await sender.Send(new OpenConversation.Command(people, people.Count > 1 ? title : null))).Id;
        }
        catch (RefusalException refused)
        {
            errors = [new FieldError(refused.Code == "conversation_title_invalid" ? "titre" : "qui", texts.Of(refused.Code))];
            chosen = people.ConvertAll(p => (p, form[$"n-{p}"].ToString()));
            return;
        }
        finally { call.IdempotencyKey = null; }
        navigation.NavigateTo($"/messages/{opened}");
    }

    private string Words() => JsonSerializer.Serialize(ChatWords.Of(texts), PlatformJson.Options);
}
