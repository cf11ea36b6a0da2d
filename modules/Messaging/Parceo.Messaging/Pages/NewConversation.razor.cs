using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.Ui;

namespace Parceo.Messaging.Pages;

/// <summary>Opens a conversation, or the one that two people already have. What was chosen stays when something is refused.</summary>
public partial class NewConversation(IIds ids)
{
    private List<(Guid Id, string Name)> chosen = [];
    private (string Field, string Value, string Label)? single;
    private FindRecipients.Response? found;
    private string text = "",
        title = "",
        key = "";
    private bool mail;

    [SupplyParameterFromQuery(Name = "guichet")]
    private string? DeskText { get; set; }

    [SupplyParameterFromQuery(Name = "p")]
    private string? PersonText { get; set; }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        // The page asks for nothing when it is opened: nobody else would look at the right.
        if (!User.Can(MessagingPermissions.Use))
            throw new ForbiddenException();
        (key, mail) = (ids.New().ToString(), User.Can(SecureMailPermissions.Send));
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        // From the list of desks: the one to write to stands there already.
        if (
            Guid.TryParse(DeskText, out var desk)
            && (await Sender.Send(new ListDesks.Query())).FirstOrDefault(d => d.Id == desk) is { } known
        )
            single ??= ("bureau", $"{desk}", known.Name);
        // From somebody's page in the directory.
        else if (
            chosen.Count == 0
            && Given.Id(PersonText) is { } person
            && await Sender.Send(new DescribePeople.Query(User.OrganisationId, PersonIds: [person])) is [var somebody]
            && somebody.PersonId != User.Id
        )
            chosen = [(somebody.PersonId, somebody.Name)];
    }

    private async Task Open()
    {
        var form = Form;
        (text, title) = (form["qui"].ToString().Trim(), form["titre"].ToString().Trim());
        var people = form["p"].Select(p => Guid.TryParse(p, out var id) ? id : Guid.Empty).Where(p => p != Guid.Empty).Distinct().ToList();
        Guid? desk = Guid.TryParse(form["bureau"], out var d) ? d : null;
        var role = form["role"].ToString();
        var opened = Guid.Empty;
        var done = await Try(async _ =>
        {
            if (people.Count == 0 && desk is null && role.Length == 0 && text.Length > 0)
                found = await Sender.Send(new FindRecipients.Query(text));
            else
                opened =
                    desk is { } guichet ? (await Sender.Send(new BeginDeskThread.Command(guichet, title))).Id
                    : role.Length > 0 ? (await Sender.Send(new WriteToRole.Command(role))).Id
                    : (await Sender.Send(new OpenConversation.Command(people, people.Count > 1 ? title : null))).Id;
        });
        if (opened != Guid.Empty)
            Go($"/messages/{opened}");
        if (done)
            return;
        single =
            desk is not null ? ("bureau", $"{desk}", form[$"n-{desk}"].ToString())
            : role.Length > 0 ? ("role", role, form[$"n-{role}"].ToString())
            : null;
        chosen = people.ConvertAll(p => (p, form[$"n-{p}"].ToString()));
    }

    /// <inheritdoc/>
    protected override string FieldOf(string member) => member is "title" or "subject" ? "titre" : "qui";

    private string Words() => JsonSerializer.Serialize(ChatWords.Of(Texts), PlatformJson.Options);
}
