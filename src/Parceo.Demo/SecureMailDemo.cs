using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Directory.Contracts;
using Parceo.Patients.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Mime;
using Parceo.SecureMail.Services;

namespace Parceo.Demo;

/// <summary>Two mailboxes of CPTS du Val with a few mails, taken in as real ones are. There is no operator: nothing leaves, and the pages say so.</summary>
internal sealed class SecureMailDemo(SecureMailDb db, MailSeal seal, Incoming incoming, ISender sender, TimeProvider clock) : IDemoPart
{
    private const int Family = 90;
    private const string Domain = "demo.mssante.invalid";

    public async Task Seed(CancellationToken ct)
    {
        var (now, val) = (clock.GetUtcNow(), DemoCast.Val.Id);
        if (await db.Mailboxes.AnyAsync(m => m.OrganisationId == val, ct))
            return;
        var shared = new Mailbox(DemoCast.IdOf(Family, 1), val, $"accueil.val@{Domain}", MailboxKind.Org, "CPTS du Val", null);
        shared.Open([(DemoCast.Roche.Id, true), (DemoCast.Haddad.Id, true), (DemoCast.Bost.Id, false)]);
        var roche = new Mailbox(
            DemoCast.IdOf(Family, 2),
            val,
            $"amandine.roche@{Domain}",
            MailboxKind.Per,
            "Dr_Amandine_ROCHE",
            DemoCast.Roche.Id
        );
        db.Mailboxes.AddRange(shared, roche);
        await Book(ct);

        var document = new MailDocument(
            "34112-3",
            "Compte rendu d’hospitalisation",
            "Dr Denis Morel",
            null,
            new StrictTraits("Collin", "Yvette", new DateOnly(1944, 5, 2), Sex.Female),
            [
                new("Motif", "Dyspnée d’effort depuis deux semaines."),
                new("Conclusion", "Insuffisance cardiaque débutante. Traitement adapté, échographie à trois mois."),
            ],
            now.AddDays(-1)
        );
        await Take(
            roche,
            1,
            "Dr_Denis_MOREL",
            "denis.morel",
            new OutContent(
                [roche.Address],
                "Compte rendu",
                "Chère consœur,\n\nVoici le compte rendu de votre patiente. Je la revois dans trois mois.\n\nConfraternellement,\nDr Denis Morel",
                false,
                null,
                [],
                document
            ),
            now.AddDays(-1),
            ct
        );
        await Take(
            roche,
            2,
            "Laboratoire du Val",
            "resultats.labo",
            new OutContent(
                [roche.Address],
                "Résultats disponibles",
                "Bonjour,\n\nLes résultats demandés lundi sont en pièce jointe au prochain envoi : le dosage est refait.\n\nLe laboratoire",
                false,
                null,
                []
            ),
            now.AddHours(-5),
            ct
        );
        await Take(
            shared,
            3,
            "CH du Val, sorties",
            "sorties.chval",
            new OutContent(
                [shared.Address],
                "Sortie prévue jeudi",
                "Bonjour,\n\nUne sortie est prévue jeudi matin, avec passages infirmiers deux fois par jour. Qui peut s’en charger ?\n\nInès Carré",
                false,
                null,
                []
            ),
            now.AddHours(-2),
            ct
        );
        Sent(
                shared,
                5,
                "messaging",
                DemoCast.IdOf(72, 10_001),
                new OutContent(
                    [$"denis.morel@{Domain}"],
                    "Délai d’un avis de cardiologie",
                    "Cher confrère,\n\nSous quel délai voyez-vous en ce moment les patients que je vous adresse\u202F?\n\nDr Amandine Roche",
                    true,
                    null,
                    []
                ),
                now.AddHours(-30)
            )
            .Arrive(now.AddHours(-29));
        Sent(
                shared,
                6,
                "",
                Guid.Empty,
                new OutContent(
                    [$"cabinet.ferme@{Domain}"],
                    "Changement d’horaires",
                    "Bonjour,\n\nNous ouvrons désormais le samedi matin.\n\nCPTS du Val",
                    false,
                    null,
                    []
                ),
                now.AddDays(-3)
            )
            .Bounce("5.1.1", now.AddDays(-3).AddMinutes(2));
        // Nobody is told of mails that were always there.
        foreach (var told in db.ChangeTracker.Entries<OutboxRow>().ToList())
            told.State = EntityState.Detached;
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    private Task Take(Mailbox box, int number, string name, string local, OutContent content, DateTimeOffset at, CancellationToken ct)
    {
        var id = DemoCast.IdOf(Family, 100 + number);
        var from = $"{local}@{Domain}";
        var bytes = MailWriter.Write(id, OutMail.MessageIdOf(id, from), name, from, content, [], null, at);
        return incoming.Take(box, bytes.Length, bytes, "", false, ct);
    }

    private OutMail Sent(Mailbox box, int number, string origin, Guid originId, OutContent content, DateTimeOffset at)
    {
        var id = DemoCast.IdOf(Family, 100 + number);
        var mail = db
            .Sent.Add(
                new OutMail(
                    id,
                    box,
                    DemoCast.Roche.Id,
                    id,
                    origin,
                    originId,
                    seal.Seal(content, box.OrganisationId, id),
                    1000,
                    null,
                    false,
                    at
                )
            )
            .Entity;
        mail.Taken(at.AddMinutes(1));
        return mail;
    }

    private async Task Book(CancellationToken ct)
    {
        var cast = DemoCast.All.Where(c => c.DirectoryPersonId is not null).ToDictionary(c => c.DirectoryPersonId!.Value);
        foreach (var p in await sender.Send(new GetPractitioners.Query([.. cast.Keys]), ct))
        {
            var address = cast[p.Id].Email.Split('@')[0] + "@" + Domain;
            if (!await db.Book.AnyAsync(a => a.Address == address, ct))
                db.Book.Add(
                    new BookAddress(
                        address,
                        true,
                        p.NationalId,
                        p.Name,
                        p.Activities.Select(a => a.Structure).FirstOrDefault(),
                        p.Activities.Select(a => a.CommuneName).FirstOrDefault(),
                        TextRules.FoldedWords(p.Name),
                        0
                    )
                );
        }
    }
}
