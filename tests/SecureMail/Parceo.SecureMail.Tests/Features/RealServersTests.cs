using System.Text;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Patients.Contracts;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Features;
using Parceo.SecureMail.Tests.Servers;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.SecureMail.Tests.Features;

/// <summary>Mail goes from Parceo through Postfix and Dovecot, over mutual TLS, and comes back into Parceo.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class RealServersTests(Engine engine)
{
    private MailOperator servers = null!;
    private MailWorld world = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        servers = await MailOperator.Start();
        world = await MailWorld.Start(engine, servers);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (world is not null)
            await world.DisposeAsync();
        if (servers is not null)
            await servers.DisposeAsync();
    }

    [Test]
    public async Task A_mail_with_a_file_arrives_as_it_was_written_and_its_answer_comes_back()
    {
        var pdf = Encoding.ASCII.GetBytes("%PDF-1.4 essai");
        var id = await world.Send("Résultats à revoir", files: [new MailFile("Compte rendu été.pdf", pdf)]);
        await world.Becomes(id, MailState.Sent);
        var read = await world.Arrived("Résultats à revoir");
        Assert.Multiple(() =>
        {
            Assert.That(
                (read.From, read.Address, read.Text),
                Is.EqualTo(("Cabinet Évrard", MailWorld.A, "Bonjour,\n\nà revoir dès jeudi."))
            );
            Assert.That(
                read.Files.Select(f => (f.Name, f.Size, f.IsAllowed)),
                Is.EqualTo(new[] { ("Compte rendu été.pdf", (long)pdf.Length, true) })
            );
        });
        Assert.That((await world.Host.Send(world.Bob, new GetFile.Query(read.Files[0].Id))).Content, Is.EqualTo(pdf));

        await world.Host.Send(
            world.Bob,
            new ComposeMail.Command(world.BoxB, [MailWorld.A], "Re: Résultats à revoir", "Vu, merci.", AnswersId: read.Id)
        );
        var answer = await world.Arrived("Re: Résultats à revoir", world.Ann);
        Assert.That(answer.AnswersId, Is.EqualTo(id));
        Assert.That((await world.Host.Send(world.Ann, new ShowSent.Query(id))).Answers, Is.EqualTo(new[] { answer.Id }));
    }

    [Test]
    public async Task A_receipt_that_was_asked_for_says_that_it_arrived_and_none_comes_unasked()
    {
        var (asked, unasked) = (await world.Send("Avec accusé", receipt: true), await world.Send("Sans accusé"));
        await world.Becomes(asked, MailState.Received);
        await world.Arrived("Sans accusé");
        Assert.That((await world.Stored(unasked)).State, Is.EqualTo(MailState.Sent));
        Assert.That(
            (await world.Host.Send(world.Ann, new ListMails.Query())).Mails.Select(m => m.Subject),
            Has.None.Contains("Accusé de réception"),
            "a receipt is a state, not a mail to read"
        );
    }

    [Test]
    public async Task A_document_travels_as_IHE_XDM_with_a_readable_copy_and_is_read_as_text()
    {
        var document = new MailDocument(
            "34112-3",
            "Compte rendu de soins non programmés",
            "Dr Bilal Haddad",
            "899900000020",
            new StrictTraits("Collin", "Yvette", new DateOnly(1944, 5, 2), Sex.Female),
            [new("Constat", "Angine à streptocoque."), new("Demandé", "Revoir sous 7 jours")],
            DateTimeOffset.UtcNow
        );
        var key = Guid.CreateVersion7();
        var request = new Contracts.SendSecureMail(
            key,
            world.Ann.OrganisationId,
            world.Ann.Id,
            [MailWorld.B],
            "Compte rendu",
            "Voir le document joint.",
            new("essai", key),
            Document: document
        );
        var id = await world.Host.SendAsSystem(request);
        Assert.That(await world.Host.SendAsSystem(request), Is.EqualTo(id), "the same key is the same mail");
        var read = await world.Arrived("Compte rendu de soins non programmés COLLIN Yvette 02/05/1944");
        Assert.Multiple(() =>
        {
            Assert.That(read.Documents.Single().Title, Is.EqualTo("Compte rendu de soins non programmés"));
            Assert.That(read.Documents.Single().Patient, Does.Contain("Collin").And.Contain("née le 02/05/1944"));
            Assert.That(read.Files.Select(f => f.Name), Does.Contain("IHE_XDM.ZIP").And.Contain("document.pdf"));
            Assert.That(read.Files.All(f => f.IsAllowed), Is.True);
            Assert.That(read.Notes, Is.Empty);
        });
        Assert.That((await world.Host.Send(world.Ann, new ListSent.Query())).Mails.Count(m => m.Id == id), Is.EqualTo(1));
    }

    [Test]
    public async Task An_answer_to_a_modules_mail_carries_its_origin_home()
    {
        var origin = new MailOrigin("essai", Guid.CreateVersion7());
        await world.Host.SendAsSystem(
            new Contracts.SendSecureMail(
                Guid.CreateVersion7(),
                world.Ann.OrganisationId,
                world.Ann.Id,
                [MailWorld.B],
                "Avec origine",
                "Bonjour",
                origin
            )
        );
        var read = await world.Arrived("Avec origine");
        await world.Host.Send(
            world.Bob,
            new ComposeMail.Command(
                world.BoxB,
                [MailWorld.A],
                "Re: Avec origine",
                "Bien reçu.\n\nLe 3 mars, Ann a écrit :\n> Bonjour",
                AnswersId: read.Id
            )
        );
        var answer = await world.Arrived("Re: Avec origine", world.Ann);
        var text = await world.Host.SendAsSystem(new Contracts.ReadAnswer(answer.Id));
        Assert.That((text.Text, text.From), Is.EqualTo(("Bien reçu.", "Cabinet Évrard")));
        var audited = await world.Host.With<SecureMailDb, Guid?>(db =>
            db.Received.Where(m => m.Id == answer.Id).Select(m => m.AnswersId).SingleAsync()
        );
        Assert.That((await world.Stored(audited!.Value)).OriginId, Is.EqualTo(origin.Id));
    }

    [Test]
    public async Task A_mailbox_that_does_not_exist_sends_the_mail_back()
    {
        var id = await world.Send("Pour personne", MailWorld.Nobody);
        await world.Becomes(id, MailState.Bounced);
        Assert.That((await world.Stored(id)).Code, Does.StartWith("5."));
    }

    [Test]
    public async Task What_the_operator_refuses_is_told_with_its_reason_and_may_be_sent_again()
    {
        var large = await world.Send("Trop lourd", files: [new MailFile("radio.pdf", [.. "%PDF-"u8, .. new byte[1_800_000]])]);
        await world.Becomes(large, MailState.Refused);
        Assert.That((await world.Stored(large)).Code, Is.EqualTo("552"));
        var elsewhere = await world.Send("Ailleurs", "x@" + MailOperator.OtherDomain);
        await world.Becomes(elsewhere, MailState.Refused);
        await world.Host.Send(world.Ann, new RetryMail.Command(elsewhere));
        await Eventually(
            async () => await world.Stored(elsewhere) is { State: MailState.Refused, Attempts: > 0 },
            MailWorld.Soon,
            "the second refusal"
        );
        Assert.That((await Refused(() => world.Host.Send(world.Bob, new RetryMail.Command(elsewhere)))).Code, Is.EqualTo("mail_unknown"));
    }

    [Test]
    public async Task S51_While_the_operator_is_down_mails_wait_and_say_so_then_leave_by_themselves()
    {
        await servers.StopSmtp();
        var id = await world.Send("Pendant la panne");
        await Eventually(async () => (await world.Stored(id)).Code == "operator_unreachable", MailWorld.Soon, "the queue to say so");
        Assert.That((await world.Host.Send(world.Ann, new GetSituation.Query())).Boxes.Single().Waiting, Is.GreaterThan(0));
        await servers.StartSmtp();
        await world.Becomes(id, MailState.Sent);
        await world.Arrived("Pendant la panne");

        await servers.StopImap();
        await Eventually(
            async () => (await world.Host.Send(world.Bob, new GetSituation.Query())).Boxes.Single().Trouble == "operator_unreachable",
            MailWorld.Soon,
            "the mailbox to say so"
        );
        await servers.StartImap();
        await Eventually(
            async () => (await world.Host.Send(world.Bob, new GetSituation.Query())).Boxes.Single().Trouble is null,
            MailWorld.Soon,
            "the mailbox to be well again"
        );
    }

    [Test]
    public async Task S58_After_a_crash_in_the_middle_a_second_copy_bears_the_same_Message_ID_and_is_shown_once()
    {
        await servers.StopSmtp();
        var id = await world.Send("Deux copies");
        // The operator took it, and the process died before it could note so.
        var envelope = await world.Host.SendAsSystem(new TakeMail.Command(id));
        servers.Deliver(MailWorld.B, envelope!.Message);
        Assert.That(await world.Host.SendAsSystem(new TakeMail.Command(id)), Is.Null, "nobody else's for two minutes");
        await servers.StartSmtp();
        await world.Arrived("Deux copies");
        world.Host.Clock.Advance(OutMail.Lease);
        await world.Becomes(id, MailState.Sent);
        await world.Send("Après les deux copies");
        await world.Arrived("Après les deux copies");
        Assert.That((await world.Host.Send(world.Bob, new ListMails.Query())).Mails.Count(m => m.Subject == "Deux copies"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_mail_that_cannot_be_made_holds_up_no_other()
    {
        await servers.StopSmtp();
        var bad = await world.Send("Abîmé", files: [new MailFile("x.txt", [.. "x"u8])]);
        await world.Host.With<SecureMailDb, int>(db =>
            db.Contents.Where(c => db.Attachments.Any(a => a.Id == c.AttachmentId && a.MailId == bad))
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.Content, new byte[40]))
        );
        var good = await world.Send("Derrière l’abîmé");
        await servers.StartSmtp();
        await world.Becomes(good, MailState.Sent);
        await Eventually(async () => (await world.Stored(bad)).Code == "mail_not_prepared", MailWorld.Soon, "why it waits");
    }

    [Test]
    public async Task S29_Nothing_that_people_wrote_is_stored_in_clear()
    {
        var id = await world.Send(
            "Objet secret ZQX",
            text: "Texte secret ZQX",
            files: [new MailFile("nom-secret-ZQX.pdf", [.. "%PDF- ZQX"u8])]
        );
        var read = await world.Arrived("Objet secret ZQX");
        var stored = await world.Host.With<SecureMailDb, List<byte[]>>(async db =>
            [
                (await db.Sent.SingleAsync(m => m.Id == id)).Content,
                .. (await db.Received.Where(m => m.Id == read.Id).ToListAsync()).SelectMany(m => new[] { m.Head, m.Body }),
                .. await db.Attachments.Where(a => a.MailId == id || a.MailId == read.Id).Select(a => a.Name).ToListAsync(),
                .. await db.Contents.Select(c => c.Content).ToListAsync(),
            ]
        );
        Assert.That(stored.Select(b => Encoding.UTF8.GetString(b)), Has.None.Contains("ZQX").And.None.Contains(MailWorld.B));
        var events = await world.Host.With<SecureMailDb, List<string>>(db => db.Outbox.Select(o => o.Payload).ToListAsync());
        Assert.That(events, Has.None.Contains("ZQX"));
    }

    [Test]
    public async Task S13_A_mailbox_is_read_by_its_people_only()
    {
        await world.Send("Confidentiel");
        var read = await world.Arrived("Confidentiel");
        var colleague = MailWorld.Person(world.Bob.OrganisationId);
        Assert.Multiple(async () =>
        {
            Assert.That(
                (await world.Host.Send(colleague, new ListMails.Query())).Mails,
                Is.Empty,
                "same organisation, not of this mailbox"
            );
            Assert.That((await Refused(() => world.Host.Send(colleague, new ShowMail.Query(read.Id)))).Code, Is.EqualTo("mail_unknown"));
            Assert.That((await Refused(() => world.Host.Send(world.Ann, new ShowMail.Query(read.Id)))).Code, Is.EqualTo("mail_unknown"));
            Assert.That(
                (await Refused(() => world.Host.Send(colleague, new ComposeMail.Command(world.BoxB, [MailWorld.A], "x", "y")))).Code,
                Is.EqualTo("mailbox_unknown")
            );
            Assert.That(
                (
                    await Refused(() =>
                        world.Host.Send(MailWorld.Person(world.Bob.OrganisationId, Roles.Administrator), new ShowMail.Query(read.Id))
                    )
                ).Status,
                Is.EqualTo(403),
                "an administrator declares mailboxes and reads none"
            );
        });
    }
}
