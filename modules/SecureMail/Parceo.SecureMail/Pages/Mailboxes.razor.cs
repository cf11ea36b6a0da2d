using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Parceo.Access.Contracts;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Features;
using Parceo.Ui;

namespace Parceo.SecureMail.Pages;

/// <summary>The page only sends requests.</summary>
public partial class Mailboxes
{
    private static readonly Choice[] Kinds =
    [
        new(nameof(MailboxKind.Org), "D’organisation"),
        new(nameof(MailboxKind.App), "Applicative"),
        new(nameof(MailboxKind.Per), "Personnelle"),
    ];

    private ListMailboxes.Response list = null!;
    private IReadOnlyList<Choice> people = [];
    private Dictionary<Guid, string> names = [];
    private Entry entry = new("", nameof(MailboxKind.Org), "", "");
    private string? toast;

    private sealed record Entry(string Address, string Kind, string Name, string Holder);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        list = await Sender.Send(new ListMailboxes.Query()); // first: whoever may not see it is told nothing else
        people =
        [
            .. (
                await Sender.Send(new FindColleagues(SecureMailPermissions.Read, OrganisationId: Call.OrganisationId, Text: "", Limit: 500))
            ).Select(c => new Choice(c.PersonId.ToString(), c.Name)),
        ];
        await Load();
    }

    /// <inheritdoc/>
    protected override async Task Load()
    {
        list = await Sender.Send(new ListMailboxes.Query());
        var known = list.Boxes.SelectMany(b => b.Members).Select(m => m.PersonId).Distinct().Take(500).ToList();
        names = people.ToDictionary(p => Guid.Parse(p.Value), p => p.Text);
        if (known.Exists(k => !names.ContainsKey(k)))
            foreach (var c in await Sender.Send(new FindColleagues(SecureMailPermissions.Read, PersonIds: known, Limit: 500)))
                names[c.PersonId] = c.Name;
    }

    private string NameOf(Guid person) => names.GetValueOrDefault(person, "une personne partie");

    private Task Declare()
    {
        entry = new(Form["adresse"].ToString(), Form["type"].ToString(), Form["nom"].ToString(), Form["titulaire"].ToString());
        return Act(async form =>
        {
            var kind = Enum.TryParse<MailboxKind>(entry.Kind, out var known) && Enum.IsDefined(known) ? known : 0;
            await Sender.Send(
                new DeclareMailbox.Command(
                    entry.Address,
                    kind,
                    entry.Name,
                    kind == MailboxKind.Per && Guid.TryParse(entry.Holder, out var holder) ? holder : null
                )
            );
            entry = new("", nameof(MailboxKind.Org), "", "");
            toast = "Boîte déclarée. Dites qui l’ouvre.";
        });
    }

    private Task Change(Guid id)
    {
        var sends = Form["envoie"].Select(v => Guid.TryParse(v, out var p) ? p : Guid.Empty).ToHashSet();
        var members = Form["ouvre"]
            .Select(v => Guid.TryParse(v, out var p) ? p : Guid.Empty)
            .Where(p => p != Guid.Empty)
            .Distinct()
            .Select(p => new ChangeMailbox.Member(p, sends.Contains(p)))
            .ToList();
        if (Guid.TryParse(Form[$"ajout-{id:n}"], out var added) && members.TrueForAll(m => m.PersonId != added))
            members.Add(new(added, true));
        return Act(async form =>
        {
            await Sender.Send(new ChangeMailbox.Command(id, form[$"nom-{id:n}"].ToString(), members, form["fermer"] == "oui"));
            toast = "Boîte enregistrée.";
        });
    }

    private async Task Act(Func<IFormCollection, Task> act)
    {
        await Try(act);
        await Load();
    }

    /// <inheritdoc/>
    protected override string FieldOf(string member) =>
        member switch
        {
            "address" => "adresse",
            "kind" => "type",
            "holderId" => "titulaire",
            _ => "nom",
        };
}
