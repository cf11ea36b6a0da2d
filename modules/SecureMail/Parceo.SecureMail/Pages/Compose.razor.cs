using Microsoft.AspNetCore.Components;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Features;
using Parceo.Ui;

namespace Parceo.SecureMail.Pages;

/// <summary>The page only sends requests.</summary>
public partial class Compose(IIds ids)
{
    private GetSituation.Response situation = null!;
    private ShowMail.Response? answered;
    private IReadOnlyList<Choice> boxes = [];
    private List<string> tooLarge = [];
    private Entry entry = new("", "", "", "", "", "", false);
    private string key = "";

    private sealed record Entry(string Box, string To, string ToText, string More, string Subject, string Text, bool Receipt);

    [SupplyParameterFromQuery(Name = "pro")]
    private string? ProfessionalText { get; set; }

    [SupplyParameterFromQuery(Name = "reponse")]
    private string? AnswerTo { get; set; }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        key = ids.New().ToString();
        situation = await Sender.Send(new GetSituation.Query());
        boxes = [.. situation.Boxes.Where(b => b.MaySend && !b.IsClosed).Select(b => new Choice(b.Id.ToString(), b.Address))];
        // From somebody's page in the directory.
        if (
            Given.Id(ProfessionalText) is { } professional
            && await Sender.Send(new Contracts.FindSecureAddresses([professional])) is [var address, ..]
        )
            entry = entry with { To = address.Address, ToText = address.Address };
        if (Given.Id(AnswerTo) is not { } id)
            return;
        try
        {
            var mail = await Sender.Send(new ShowMail.Query(id));
            if (!mail.CanAnswer)
                return;
            answered = mail;
            boxes = [.. boxes.Where(b => b.Value == mail.MailboxId.ToString())];
            var quoted = string.Join('\n', mail.Text.Split('\n').Take(100).Select(l => "> " + l));
            entry = entry with
            {
                Subject = mail.Subject.StartsWith("Re:", StringComparison.OrdinalIgnoreCase) ? mail.Subject : "Re: " + mail.Subject,
                Text =
                    $"\n\nLe {FrenchText.Moment(mail.SentAt ?? mail.ReceivedAt, Call.Rights.Zone)}, {(mail.From.Length > 0 ? mail.From : mail.Address)} a écrit\u00A0:\n{quoted}",
            };
            if (entry.Subject.Length > 200)
                entry = entry with { Subject = entry.Subject[..200] };
        }
        catch (NotFoundException)
        {
            answered = null; // a new mail, then
        }
    }

    private async Task Send()
    {
        var form = Form;
        string Of(string name) => form[name].ToString();
        entry = new(
            Of("boite"),
            Of("a"),
            Of("aText").Trim(),
            Of("aussi"),
            Of("objet"),
            Of("texte").Replace("\r\n", "\n", StringComparison.Ordinal),
            Of("accuse") == "oui"
        );
        var id = Guid.Empty;
        var sent = await Try(async _ =>
        {
            var files = new List<MailFile>();
            if (form.Files.Sum(f => f.Length) > situation.MaxBytes)
                throw InvalidException.Of("files", "mail_too_large");
            foreach (var file in form.Files.Where(f => f.Length > 0).Take(11))
            {
                using var memory = new MemoryStream();
                await file.CopyToAsync(memory);
                files.Add(
                    new MailFile(Path.GetFileName(file.FileName) is { Length: > 0 and <= 255 } name ? name : "fichier", memory.ToArray())
                );
            }
            id = (
                await Sender.Send(
                    new ComposeMail.Command(
                        Guid.TryParse(entry.Box, out var box) ? box : Guid.Empty,
                        To(),
                        entry.Subject,
                        entry.Text,
                        entry.Receipt,
                        answered?.Id,
                        files
                    )
                )
            ).Id;
        });
        if (sent)
            Go($"/mssante/envoyes/{id}");
        else if (Errors.Any(e => e.Message == Texts.Of("mail_too_large")))
            tooLarge =
            [
                .. form
                    .Files.OrderByDescending(f => f.Length)
                    .Select(f => $"{Path.GetFileName(f.FileName)}\u00A0: {FrenchText.Size(f.Length * 137 / 100)} une fois encodé"),
            ];
    }

    // A name that was chosen posts its address; an address that was typed posts itself.
    private List<string> To() =>
        answered is not null
            ? [answered.Address]
            :
            [
                .. new[] { entry.To.Length > 0 ? entry.To : entry.ToText }
                    .Concat(entry.More.Split([',', ';', ' ', '\n']))
                    .Select(a => a.Trim())
                    .Where(a => a.Length > 0),
            ];

    /// <inheritdoc/>
    protected override string FieldOf(string member) =>
        member switch
        {
            "to" => "a",
            "subject" => "objet",
            "text" => "texte",
            "files" => "fichiers",
            _ => "boite",
        };
}
