using MediatR;
using Parceo.Platform;
using Parceo.SecureMail.Features;

namespace Parceo.SecureMail.Pages;

/// <summary>On « À traiter »: mails of the espace de confiance that nobody has read. Their subject stays on their own page: it may name a patient.</summary>
internal sealed class MailsPart(ISender sender, ICurrentUser user) : HomePart
{
    public override Task<int> Count(CancellationToken ct) => sender.Send(new CountUnreadMails.Query(), ct);

    public override async Task<IReadOnlyList<HomeItem>> List(CancellationToken ct) =>
        [
            .. (await sender.Send(new ListMails.Query(Unread: true), ct))
                .Mails.Take(Most)
                .Select(m => new HomeItem(
                    m.Id,
                    "mail",
                    $"MSSanté de {m.From}",
                    $"Reçu le {FrenchText.Moment(m.At, user.Rights.Zone)}{(m.HasDocument ? " · avec un document" : "")}",
                    $"/mssante/messages/{m.Id}",
                    "Lire"
                )),
        ];
}
