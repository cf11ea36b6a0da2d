using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Messaging.Services;
using Parceo.Platform;
using Parceo.Ui;

namespace Parceo.Messaging.Pages;

/// <summary>The page only sends requests. It carries the first page of the thread as data too, so that the script asks for nothing to begin.</summary>
public partial class Messages(IIds ids, TimeProvider clock)
{
    private const int FirstPage = 60,
        ListPage = 40;
    private static readonly (string Key, string Text)[] Views =
    [
        ("", "Toutes"),
        ("non-lues", "Non lues"),
        ("groupes", "Groupes"),
        ("canaux", "Canaux"),
    ];

    private IReadOnlyList<ConversationLine> list = [];
    private List<ConversationLine> waiting = [],
        recent = [];
    private ShowConversation.Response? head;
    private ListHistory.Response? history;
    private ShowConversation.TopicLine? topic;
    private Dictionary<Guid, ShowConversation.Person> people = [];
    private ListTopics.Response? topics;
    private string? next,
        typed,
        newTopic,
        chosenTopic;
    private string view = "",
        key = "";
    private DateTimeOffset now;

    [Parameter]
    public Guid? Id { get; set; }

    [SupplyParameterFromQuery(Name = "vue")]
    private string? View { get; set; }

    [SupplyParameterFromQuery(Name = "apres")]
    private string? After { get; set; }

    [SupplyParameterFromQuery(Name = "sujet")]
    private string? TopicText { get; set; }

    [SupplyParameterFromQuery(Name = "par")]
    private string? By { get; set; }

    private bool byTopics => topics is not null;

    /// <summary>A message of a channel belongs to a topic, or to none; in a topic it is that one's.</summary>
    private bool ChoosesTopic => head!.Line.Kind == ConversationKind.Channel && topic is null;

    /// <summary>The first that was not read, of what is drawn.</summary>
    private long? FirstUnread =>
        head!.Line.Unread > 0 && topic is null
            ? history!.Messages.FirstOrDefault(m => m.Seq > head.Line.ReadSeq && m.By != Call.Id && m.Kind.IsWriting())?.Seq
            : null;

    private string Zone => Call.Rights.Zone;
    private string Here => topic is null ? $"/messages/{Id}" : $"/messages/{Id}?sujet={topic.Id}";
    private string? ListQuery => view.Length == 0 ? null : $"vue={view}";
    private List<ShowConversation.Person> Members => [.. head!.People.Where(p => p.In)];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        BrowserFeatures.AllowMicrophone(Http);
        (now, key) = (clock.GetUtcNow(), ids.New().ToString());
        view = Views.Any(v => v.Key == View) ? View! : "";
        var page = await Sender.Send(
            new ListConversations.Query(
                view switch
                {
                    "non-lues" => ListConversations.Filter.Unread,
                    "groupes" => ListConversations.Filter.Groups,
                    "canaux" => ListConversations.Filter.Channels,
                    _ => ListConversations.Filter.All,
                },
                ListPage,
                After
            )
        );
        (list, next) = (page.Conversations, page.Next);
        waiting = [.. list.Where(c => c.ToConfirm > 0)];
        recent = [.. list.Where(c => c.ToConfirm == 0)];
        if (Id is { } id)
            await Load(id);
    }

    private async Task Load(Guid id)
    {
        try
        {
            var shown = await Sender.Send(new ShowConversation.Query(id));
            var only = Guid.TryParse(TopicText, out var about) ? shown.Topics.FirstOrDefault(t => t.Id == about) : null;
            var listed =
                By == "sujets" && shown.Line.Kind == ConversationKind.Channel
                    ? await Sender.Send(new ListTopics.Query(id, Limit: 100))
                    : null;
            var page = await Sender.Send(new ListHistory.Query(id, Topic: only?.Id, Limit: FirstPage));
            // All at once: the page may be drawn between two waits.
            head = shown;
            history = page;
            people = shown.People.ToDictionary(p => p.Id);
            topic = only;
            topics = listed;
        }
        catch (NotFoundException)
        {
            head = null;
            if (!Http.Response.HasStarted)
                Http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    /// <summary>Without scripts: one plain message.</summary>
    private async Task Write()
    {
        var (text, client) = (Form["texte"].ToString(), Guid.TryParse(Form["cle"], out var sent) ? sent : ids.New());
        (chosenTopic, newTopic) = (Form["sujet"].ToString(), Form["titre-sujet"].ToString().Trim());
        var about = topic?.Id ?? (Guid.TryParse(chosenTopic, out var known) ? known : null);
        await Try(async _ =>
        {
            if (topic is null && chosenTopic == "nouveau" && !string.IsNullOrWhiteSpace(text))
            {
                about = (await Sender.Send(new OpenTopic.Command(Id!.Value, newTopic))).Id;
                (chosenTopic, newTopic, Call.IdempotencyKey) = (about.ToString(), null, null); // refused after it, the message is still its first
            }
            await Sender.Send(new PostEntry.Command(Id!.Value, client, Text: text.ReplaceLineEndings("\n"), Topic: about));
        });
        if (Errors.Count > 0)
            typed = text;
        else
            Go(Here);
    }

    private async Task ReadAll()
    {
        await Send(new MarkRead.Command(Id!.Value, head!.Line.LastSeq));
        if (Errors.Count == 0)
            Go($"{Here}?par=sujets");
    }

    private Task TakeCharge() => Act(new AssignThread.Command(Id!.Value, Call.Id));

    private Task Finish(bool done) => Act(new FinishThread.Command(Id!.Value, done));

    private async Task Act(MediatR.IRequest<MediatR.Unit> request)
    {
        await Send(request);
        if (Errors.Count == 0)
            Go(Here);
    }

    // < > & ' are escaped by these options: the block cannot be closed from within.
    private string ThreadJson() =>
        JsonSerializer.Serialize(
            new
            {
                Head = head,
                History = history,
                Topic = topic?.Id,
            },
            PlatformJson.Options
        );

    private string Words() => JsonSerializer.Serialize(ChatWords.Of(Texts), PlatformJson.Options);

    private string Under() =>
        head!.Line.Kind == ConversationKind.Direct
            ? head.Line.Line
            : $"{head.Line.Line}{(head.Line.AssignedTo is { } to ? $" · suivi par {to}" : "")}{(head.Line.Done ? " · terminé" : "")}";

    // A conversation often bears the name of whom one writes to by MSSanté, who is not the one that reads what is typed here.
    private string To() =>
        topic is not null ? $"Écrire dans « {topic.Title} »"
        : head!.WithOutside ? "Écrire aux personnes d’ici"
        : $"Écrire à {(head.Line.Kind == ConversationKind.Direct ? head.Line.Title : $"« {head.Line.Title} »")}";

    private string? AwayOther() =>
        head!.Line.OtherId is { } other && people.GetValueOrDefault(other) is { Away: { } until } p
            ? $"Absence jusqu’au {FrenchText.Day(until.AddSeconds(-1), Zone)}.{(p.CoveredBy is { } cover ? $" {cover} assure le relais." : "")}"
            : null;

    private string AboutPerson(ShowConversation.Person p) =>
        p.Away is { } until
            ? $"Absence jusqu’au {FrenchText.ShortDay(until.AddSeconds(-1), Zone)}{(p.CoveredBy is { } cover ? $", relais : {cover}" : "")}"
            : p.Line;

    private string NameOf(Guid id, bool full = false) =>
        id == Call.Id && !full ? "Vous" : people.GetValueOrDefault(id)?.Name ?? "Quelqu’un";

    private string Event(ListHistory.Line m) =>
        ChatWords.Event(m, Call.Id, id => NameOf(id), id => head!.Topics.FirstOrDefault(t => t.Id == id)?.Title);

    private static string? IconOf(ConversationKind kind) =>
        kind switch
        {
            ConversationKind.Group => "users-group",
            ConversationKind.Channel => "speakerphone",
            ConversationKind.DeskThread => "inbox",
            _ => null,
        };

    private static string Preview(ConversationLine c) =>
        c.Draft is { } begun ? begun
        : c.Preview is null ? c.Line
        : c.LastByName is { } who && (c.Kind != ConversationKind.Direct || who == "Vous") ? $"{who} : {c.Preview}"
        : c.Preview;

    private string TimeOf(DateTimeOffset at) => FrenchText.Grid(at, Zone);

    private string When(DateTimeOffset at)
    {
        var (day, today) = (LocalTime.DayOf(at, Zone), LocalTime.DayOf(now, Zone));
        return (today.DayNumber - day.DayNumber) switch
        {
            <= 0 => TimeOf(at),
            1 => "hier",
            < 7 => day.ToString("ddd", FrenchText.Culture),
            _ => FrenchText.ShortDay(day),
        };
    }
}
