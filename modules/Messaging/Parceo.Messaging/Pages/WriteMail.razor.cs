using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Directory.Contracts;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.Ui;

namespace Parceo.Messaging.Pages;

/// <summary>The page only sends requests.</summary>
public partial class WriteMail(IIds ids)
{
    private const int Recent = 100,
        MostFiles = 10;

    private SecureAddressChecked? way;
    private ListHistory.Line? answered;
    private IReadOnlyList<Choice> choices = [];
    private List<AttachedFile> files = [];
    private HashSet<Guid> chosen = [];
    private Typed entry = new("", "", "", "");
    private string? title,
        name;
    private string key = "";
    private bool missing;

    private sealed record Typed(string To, string ToText, string Subject, string Text);

    [Parameter]
    public Guid? Id { get; set; }

    [SupplyParameterFromQuery(Name = "pro")]
    private string? ProfessionalText { get; set; }

    [SupplyParameterFromQuery(Name = "reponse")]
    private string? AnswerText { get; set; }

    private Guid? Professional => Given.Id(ProfessionalText);

    private long? AnswerTo => Given.Whole(AnswerText);

    private string Back => Id is null ? "/messages" : $"/messages/{Id}";

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        key = ids.New().ToString();
        var now = await Sender.Send(new CheckSecureAddress());
        try
        {
            if (Id is { } id)
                await Conversation(id);
        }
        catch (NotFoundException)
        {
            missing = true;
            if (!Http.Response.HasStarted)
                Http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        if (Professional is { } professional)
            await Addresses(professional);
        way = now; // last: the page may be drawn between two waits
    }

    private async Task Conversation(Guid id)
    {
        var head = await Sender.Send(new ShowConversation.Query(id));
        var page = await Sender.Send(new ListHistory.Query(id, Around: AnswerTo, Limit: Recent));
        files =
        [
            .. page
                .Messages.Reverse()
                .SelectMany(m => m.Files)
                .DistinctBy(f => f.Id)
                .Where(f => MailFile.Types.Contains(f.Type))
                .Take(MostFiles),
        ];
        answered = page.Messages.FirstOrDefault(m => m.Seq == AnswerTo && m.Outside is not null);
        title = head.Line.Title;
        if (answered is null)
            return;
        var before = page.Messages.FirstOrDefault(m => m.Seq == answered.ReplyTo)?.Mail?.Subject;
        entry = entry with
        {
            Subject =
                before is null ? ""
                : before.StartsWith("Re:", StringComparison.OrdinalIgnoreCase) ? before
                : $"Re: {before}"[..Math.Min(before.Length + 4, 200)],
        };
    }

    private async Task Addresses(Guid professional)
    {
        name = await Sender.Send(new GetPractitioners.Query([professional])) is [var known, ..] ? known.Name : null;
        choices =
        [
            .. (await Sender.Send(new FindSecureAddresses([professional])))
                .Take(20)
                .Select(a => new Choice(a.Address, a.Structure is { } where ? $"{where}, {a.Address}" : a.Address)),
        ];
        if (choices is [var only])
            entry = entry with { To = only.Value, ToText = name is null ? only.Value : $"{name}, {only.Value}" };
    }

    private async Task Send()
    {
        var form = Form;
        string Of(string field) => form[field].ToString();
        entry = new(Of("a"), Of("aText").Trim(), Of("objet"), Of("texte").ReplaceLineEndings("\n"));
        chosen = [.. form["f"].Select(f => Guid.TryParse(f, out var id) ? id : Guid.Empty).Where(f => f != Guid.Empty)];
        var sent = Guid.TryParse(Of("cle"), out var client) ? client : ids.New();
        Guid conversation = default;
        var done = await Try(async _ =>
        {
            // A name that was chosen posts its address; an address that was typed posts itself.
            var to = answered?.Outside?.Address ?? (entry.To.Length > 0 ? entry.To : entry.ToText);
            conversation = (
                await Sender.Send(
                    new SendMailEntry.Command(Id, sent, to, entry.Subject, entry.Text, chosen.Count > 0 ? [.. chosen] : null, answered?.Seq)
                )
            ).ConversationId;
        });
        if (done)
            Go($"/messages/{conversation}");
    }

    /// <inheritdoc/>
    protected override string FieldOf(string member) =>
        member switch
        {
            "to" => "a",
            "subject" => "objet",
            "text" => "texte",
            _ => "f",
        };
}
