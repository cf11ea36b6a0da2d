using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Ui;

namespace Parceo.Messaging.Pages;

/// <summary>A page about one conversation of one's own: its head, what was done and what was refused. Anybody else is told that there is none.</summary>
public abstract class ConversationPage : FormPage
{
    /// <summary>From the address.</summary>
    [Parameter]
    public Guid ConversationId { get; set; }

    /// <summary>Its head; null when the caller takes no part in it.</summary>
    internal ShowConversation.Response? Head { get; private set; }

    /// <summary>Address of the page of this kind.</summary>
    protected string PathOf(string page) => $"/messages/{ConversationId}/{page}";

    /// <summary>Whether people are added and removed, and it has a name.</summary>
    protected bool IsShared => Head?.Line.Kind is ConversationKind.Group or ConversationKind.Channel;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await Load();
        if (Head is null && !Http.Response.HasStarted)
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    /// <inheritdoc/>
    protected override async Task Load()
    {
        try
        {
            Head = await Sender.Send(new ShowConversation.Query(ConversationId));
        }
        catch (NotFoundException)
        {
            Head = null;
        }
    }
}
