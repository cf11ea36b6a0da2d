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
public partial class Mailboxes(ISender sender, CallContext call, ErrorTexts texts)
{
    private static readonly Choice[] Kinds =
    [
        new(nameof(MailboxKind.Org), "D’organisation"),
        new(nameof(MailboxKind.App), "Applicative"),
        new(nameof(MailboxKind.Per), "Personnelle"),
    ];

    private ListMailboxes.Response list = null!;
    private IReadOnlyList<Choice> people = [];
    private IReadOnlyList<FieldError> errors = [];
    private Dictionary<Guid, string> names = [];
    private Entry entry = new("", nameof(MailboxKind.Org), "", "");
    private string? toast;

    private sealed record Entry(string Address, string Kind, string Name, string Holder);

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        list = await sender.Send(new ListMailboxes.Query()); // first: whoever may not see it is told nothing else
        people =
        [
            .. (
                await sender.Send(new FindColleagues(SecureMailPermissions.Read, OrganisationId: call.OrganisationId, Text: "", Limit: 500))
            ).Select(c => new Choice(c.PersonId.ToString(), c.Name)),
        ];
        await Load();
    }

    private async Task Load()
    {
        list = await sender.Send(new ListMailboxes.Query());
        var known = list.Boxes.SelectMany(b => b.Members).Select(m => m.PersonId).Distinct().Take(500).ToList();
        names = people.ToDictionary(p => Guid.Parse(p.Value), p => p.Text);
        if (known.Exists(k => !names.ContainsKey(k)))
            foreach (var c in await sender.Send(new FindColleagues(SecureMailPermissions.Read, PersonIds: known, Limit: 500)))
                names[c.PersonId] = c.Name;
    }

    private string NameOf(Guid person) => names.GetValueOrDefault(person, "une personne partie");

    private Task Declare()
    {
        var form = Http.Request.Form;
        entry = new(form["adresse"].ToString(), form["type"].ToString(), form["nom"].ToString(), form["titulaire"].ToString());
        return Do(async () =>
        {
            var kind = Enum.TryParse<MailboxKind>(entry.Kind, out var known) && Enum.IsDefined(known) ? known : 0;
            await sender.Send(
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
        var form = Http.Request.Form;
        var sends = form["envoie"].Select(v => Guid.TryParse(v, out var p) ? p : Guid.Empty).ToHashSet();
        var members = form["ouvre"]
            .Select(v => Guid.TryParse(v, out var p) ? p : Guid.Empty)
            .Where(p => p != Guid.Empty)
            .Distinct()
            .Select(p => new ChangeMailbox.Member(p, sends.Contains(p)))
            .ToList();
        if (Guid.TryParse(form[$"ajout-{id:n}"], out var added) && members.TrueForAll(m => m.PersonId != added))
            members.Add(new(added, true));
        return Do(async () =>
        {
            await sender.Send(new ChangeMailbox.Command(id, form[$"nom-{id:n}"].ToString(), members, form["fermer"] == "oui"));
            toast = "Boîte enregistrée.";
        });
    }

    private async Task Do(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (InvalidException refused)
        {
            errors =
            [
                .. refused.Errors.SelectMany(e =>
                    e.Value.Select(v => new FieldError(
                        FieldContext.IdOf(
                            e.Key switch
                            {
                                "address" => "adresse",
                                "kind" => "type",
                                "holderId" => "titulaire",
                                _ => "nom",
                            }
                        ),
                        texts.Of(v)
                    ))
                ),
            ];
        }
        catch (RefusalException refused) when (refused.BelongsToForm)
        {
            errors = [new FieldError("", texts.Of(refused.Code))];
        }
        await Load();
    }
}
