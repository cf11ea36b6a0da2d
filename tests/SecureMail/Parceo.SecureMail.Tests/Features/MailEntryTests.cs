using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Features;
using Parceo.SecureMail.Mime;
using Parceo.SecureMail.Operator;
using Parceo.SecureMail.Tests.Servers;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.SecureMail.Tests.Features;

/// <summary>From a conversation to somebody without an account and back (issue 4, section 3). The operator is away: what it says and brings is played by requests.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class MailEntryTests(Engine engine)
{
    private const string Outside = "denis.morel@ami.example";
    private static readonly TestUser Roche = Of(DemoCast.Roche),
        Faure = Of(DemoCast.Faure),
        Hugo = Of(DemoCast.Lenoir),
        Karim = Of(DemoCast.Sellami);
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("parceo-lettres-").FullName;
    private TestAuthority authority = null!;
    private ParceoHost host = null!;
    private string box = "";
    private Guid boxId;
    private long uid;

    private static TestUser Of(CastMember who) =>
        new(who.Id, who.Organisation.Id, [.. who.Roles]) { PractitionerIds = who.DirectoryPersonId is { } id ? [id] : [] };

    [OneTimeSetUp]
    public async Task Start()
    {
        authority = new TestAuthority(folder);
        authority.Issue("client", "Parceo", server: false);
        await File.WriteAllTextAsync(Path.Combine(folder, "domaines.txt"), "ami.example\n");
        host = await ParceoHost.Start(
            engine,
            demo: true,
            settings: new Dictionary<string, string?>
            {
                ["SecureMail:Operator:Smtp"] = "localhost:9",
                ["SecureMail:Operator:Imap"] = "localhost:9",
                ["SecureMail:Operator:Certificate"] = Path.Combine(folder, "client.p12"),
                ["SecureMail:Operator:CertificatePassword"] = "essai",
                ["SecureMail:Operator:TrustStore"] = authority.TrustStore,
                ["SecureMail:Domains"] = Path.Combine(folder, "domaines.txt"),
            }
        );
        box = (await host.Send(Roche, new Contracts.CheckSecureAddress())).From!;
        boxId = await host.With<SecureMailDb, Guid>(db => db.Mailboxes.Where(b => b.Address == box).Select(b => b.Id).SingleAsync());
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (host is not null)
            await host.DisposeAsync();
        authority?.Dispose();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    private async Task<Guid> Group(params TestUser[] others) =>
        (await host.Send(Roche, new OpenConversation.Command([.. others.Select(o => o.Id)], "Suivi à domicile"))).Id;

    private async Task<IReadOnlyList<ListHistory.Line>> Thread(TestUser who, Guid conversation) =>
        (await host.Send(who, new ListHistory.Query(conversation))).Messages;

    private Task<SendMailEntry.Response> Send(
        Guid? conversation,
        string text = "Pouvez-vous la revoir ?",
        string to = Outside,
        Guid? client = null,
        long? replyTo = null,
        params Guid[] files
    ) =>
        host.Send(
            Roche,
            new SendMailEntry.Command(
                conversation,
                client ?? Guid.CreateVersion7(),
                to,
                "Avis cardiologique",
                text,
                files.Length == 0 ? null : files,
                replyTo
            )
        );

    /// <summary>The mail that the letter became.</summary>
    private async Task<OutMail> Mail(SendMailEntry.Response letter)
    {
        OutMail? mail = null;
        await Eventually(
            async () => (mail = await host.With<SecureMailDb, OutMail?>(async db => await Find(db))) is not null,
            MailWorld.Soon,
            "the mail"
        );
        return mail!;

        async Task<OutMail?> Find(SecureMailDb db)
        {
            var id = await host.With<MessagingDb, Guid>(m =>
                m.MailEntries.Where(l => l.ConversationId == letter.ConversationId && l.Seq == letter.Seq).Select(l => l.Id).SingleAsync()
            );
            return await db.Sent.AsNoTracking().SingleOrDefaultAsync(s => s.OriginId == id);
        }
    }

    private async Task<byte[]> Answer(OutMail mail, string text, params MailFile[] files)
    {
        var id = Guid.CreateVersion7();
        var bytes = MailWriter.Write(
            id,
            OutMail.MessageIdOf(id, Outside),
            "Dr_Denis_MOREL",
            Outside,
            new OutContent([box], "Re: Avis", text, false, mail.MessageId, [mail.MessageId]),
            files,
            null,
            host.Clock.GetUtcNow()
        );
        await host.SendAsSystem(new ReceiveMail.Command(boxId, 1, ++uid, bytes.Length, bytes));
        return bytes;
    }

    [Test]
    public async Task S42_Files_of_an_answer_are_files_of_the_conversation_for_its_members()
    {
        var group = await Group(Faure);
        var mail = await Mail(await Send(group));
        var copy = await Answer(
            mail,
            "Voici.",
            new MailFile("ecg.pdf", [.. "%PDF-1.4 ecg"u8]),
            new MailFile("plaie.jpg", AntivirusTests.Photo()),
            new MailFile("jeu.exe", [.. "MZ"u8]),
            new MailFile("faux.jpg", [0xFF, 0xD8, 0xFF, 1])
        );
        await host.SendAsSystem(new ReceiveMail.Command(boxId, 1, ++uid, copy.Length, copy));
        ListHistory.Line? answer = null;
        await Eventually(
            async () => (answer = (await Thread(Faure, group)).SingleOrDefault(l => l.Outside is not null)) is not null,
            MailWorld.Soon,
            "the answer"
        );
        await host.SendAsSystem(
            new ReceiveAnswer.Command((await Thread(Faure, group)).Single(l => l.Kind == EntryKind.Mail).Id, answer!.Outside!.MailId)
        ); // delivered once more
        Assert.That(await host.With<MessagingDb, int>(db => db.Files.CountAsync(f => f.ConversationId == group)), Is.EqualTo(2));
        Assert.That(
            (answer.Files!.Select(f => f.Name), answer.Outside.Files),
            Is.EqualTo((new[] { "ecg.pdf", "plaie.jpg" }, 2))
                .Using<(IEnumerable<string>, int), (IEnumerable<string>, int)>(
                    (a, b) => a.Item2 == b.Item2 && a.Item1.SequenceEqual(b.Item1)
                ),
            "a program and what is no picture stay in the mailbox"
        );
        Assert.That(
            (await host.Send(Faure, new DownloadFile.Query(answer.Files![0].Id))).Content,
            Is.EqualTo("%PDF-1.4 ecg"u8.ToArray()),
            "a member who does not open the mailbox"
        );
        var picture = (await host.Send(Faure, new DownloadFile.Query(answer.Files[1].Id))).Content;
        Assert.That(Encoding.Latin1.GetString(picture), Does.Not.Contain("GPS-SECRET-PLACE"), "written anew");
        Assert.That(
            (await Refused(() => host.Send(Karim, new DownloadFile.Query(answer.Files[0].Id)))).Code,
            Is.EqualTo("file_unknown"),
            "nobody else"
        );
    }

    [Test]
    public async Task A_letter_leaves_and_its_state_and_its_answer_come_back_into_the_conversation_once()
    {
        var group = await Group(Faure);
        var pdf = Encoding.ASCII.GetBytes("%PDF-1.4 ecg");
        var file = await host.Send(
            Roche,
            new UploadFile.Command(group, "ecg.pdf", false, Convert.ToHexString(SHA256.HashData(pdf))) { Content = pdf }
        );
        await host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "L’ECG de ce matin", FileIds: [file.Id]));
        var client = Guid.CreateVersion7();
        var sent = await Send(group, client: client, files: file.Id);
        Assert.That(await Send(group, client: client, files: file.Id), Is.EqualTo(sent), "the same one is sent once");

        var line = (await Thread(Faure, group)).Single(l => l.Kind == EntryKind.Mail);
        Assert.That(
            (line.Mail, line.State, line.Text),
            Is.EqualTo((new MailTo(Outside, Outside, box, "Avis cardiologique"), (MailState?)MailState.Waiting, "Pouvez-vous la revoir ?"))
        );
        var mail = await Mail(sent);
        var leaves = await host.SendAsSystem(new TakeMail.Command(mail.Id));
        Assert.That(MailReader.Read(leaves!.Message).Files.Single().Content, Is.EqualTo(pdf));

        await host.SendAsSystem(new SettleMail.Command(mail.Id, SettleMail.Outcome.Taken));
        await Eventually(
            async () => (await Thread(Faure, group)).Single(l => l.Kind == EntryKind.Mail).State == MailState.Sent,
            MailWorld.Soon,
            "the state"
        );

        var copy = await Answer(mail, "Oui, jeudi à 9 h.\n\nLe 23 novembre, vous avez écrit :\n> Pouvez-vous");
        await host.SendAsSystem(new ReceiveMail.Command(boxId, 1, ++uid, copy.Length, copy)); // a second copy of the same mail
        ListHistory.Line? answer = null;
        await Eventually(
            async () => (answer = (await Thread(Faure, group)).SingleOrDefault(l => l.Outside is not null)) is not null,
            MailWorld.Soon,
            "the answer"
        );
        Assert.That(
            (answer!.Kind, answer.By, answer.Text, answer.ReplyTo, answer.Outside!.Name, answer.Outside.Address),
            Is.EqualTo((EntryKind.Message, Guid.Empty, "Oui, jeudi à 9 h.", (long?)sent.Seq, "Dr Denis MOREL", Outside))
        );
        var letter = line.Id;
        await host.SendAsSystem(new ReceiveAnswer.Command(letter, answer.Outside.MailId));
        await host.SendAsSystem(new SettleMailEntry.Command(letter, MailState.Sent, null, host.Clock.GetUtcNow().AddHours(-1)));
        var entries = (await host.Send(Faure, new ListEntries.Query(group, 0, 200))).Entries;
        Assert.Multiple(() =>
        {
            Assert.That(
                entries.Select(e => e.Kind),
                Is.EqualTo(new[] { EntryKind.Message, EntryKind.Mail, EntryKind.MailState, EntryKind.Message }),
                "a repeated delivery adds nothing"
            );
            Assert.That(entries.Select(e => e.Seq), Is.EqualTo(new long[] { 1, 2, 3, 4 }));
        });
        var listed = (await host.Send(Faure, new ListConversations.Query())).Conversations.Single(c => c.Id == group);
        Assert.That((listed.Unread, listed.LastByName, listed.Preview), Is.EqualTo((3, "Dr Denis MOREL", "Oui, jeudi à 9 h.")));

        var again = await Mail(await Send(group, "Merci, à jeudi.", answer.Outside.Address, replyTo: answer.Seq));
        Assert.That(
            Encoding.UTF8.GetString((await host.SendAsSystem(new TakeMail.Command(again.Id)))!.Message),
            Does.Contain("In-Reply-To: <").And.Contain($"<{mail.MessageId}>"),
            "a thread for the other's software too"
        );
    }

    [Test]
    public async Task What_the_operator_refuses_is_said_in_the_conversation_and_its_author_is_told()
    {
        var sent = await Send(await Group(Faure));
        var mail = await Mail(sent);
        await host.SendAsSystem(new SettleMail.Command(mail.Id, SettleMail.Outcome.Refused, "550"));
        await Eventually(
            async () =>
                (await Thread(Roche, sent.ConversationId)).Single(l => l.Mail is not null) is { State: MailState.Refused, Code: "550" },
            MailWorld.Soon,
            "the refusal"
        );
        await Eventually(async () => await host.Send(Roche, new CountNotices(mail.OriginId)) == 1, MailWorld.Soon, "the notice");
    }

    [Test]
    public async Task Whoever_has_no_account_gets_a_conversation_that_is_called_by_their_name()
    {
        await host.With<SecureMailDb, int>(db =>
        {
            db.Book.Add(
                new BookAddress("zoe.petit@ami.example", true, null, "Dr Zoé Petit", null, null, TextRules.FoldedWords("Dr Zoé Petit"), 0)
            );
            return db.SaveChangesAsync();
        });
        var begun = await Send(null, to: "ZOE.PETIT@ami.example ");
        var head = await host.Send(Roche, new ShowConversation.Query(begun.ConversationId));
        Assert.That((head.Line.Title, head.Line.Preview, head.People.Count), Is.EqualTo(("Dr Zoé Petit", "Pouvez-vous la revoir ?", 1)));
        await Answer(await Mail(begun), "Bien reçu.");
        await Eventually(
            async () => (await Thread(Roche, begun.ConversationId)).Any(l => l.Text == "Bien reçu."),
            MailWorld.Soon,
            "the answer"
        );
    }

    [Test]
    public async Task What_may_not_leave_is_refused_before_anything_is_written()
    {
        var group = await Group(Faure, Hugo);
        async Task<string> Why(TestUser who, string to = Outside, Guid? where = null, Guid? file = null) =>
            await Refused(() =>
                host.Send(who, new SendMailEntry.Command(where ?? group, Guid.CreateVersion7(), to, "x", "y", file is { } f ? [f] : null))
            )
                is var refused
            && refused is InvalidException { Errors.Count: > 0 } invalid
                ? invalid.Errors.Values.First()[0]
                : refused.Code;
        var csv = Encoding.ASCII.GetBytes("a;b\n");
        var table = await host.Send(
            Roche,
            new UploadFile.Command(group, "a.csv", false, Convert.ToHexString(SHA256.HashData(csv))) { Content = csv }
        );
        Assert.Multiple(async () =>
        {
            Assert.That(await Why(Roche, "denis.morel@gmail.example"), Is.EqualTo("mail_ordinary_refused"));
            Assert.That(await Why(Roche, "284127510204356@patient.mssante.fr"), Is.EqualTo("mail_patient_refused"));
            Assert.That(await Why(Roche, "denis"), Is.EqualTo("mail_address_invalid"));
            Assert.That(await Why(Roche, file: table.Id), Is.EqualTo("mail_file_refused"));
            Assert.That(await Why(Roche, file: Guid.CreateVersion7()), Is.EqualTo("file_unknown"));
            Assert.That(await Why(Faure), Is.EqualTo("mail_no_mailbox"), "the organisation's mailbox does not let her send");
            Assert.That(await Why(Hugo), Is.EqualTo("guest_may_not"));
            Assert.That(await Why(Karim, where: await Group(Karim)), Is.EqualTo("forbidden"), "no permission to send by MSSanté");
            Assert.That(await Why(Karim), Is.EqualTo("conversation_unknown"));
        });
        Assert.That(await Thread(Roche, group), Is.Empty);

        var sent = await Send(group);
        var edit = await Refused(() =>
            host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Edit, sent.Seq, "autre"))
        );
        Assert.That(edit.Code, Is.EqualTo("entry_target_unknown"), "what has left is not changed any more");
    }

    [Test]
    public async Task After_six_months_mails_and_their_files_go_and_the_conversation_stays()
    {
        var group = await Group(Faure);
        var pdf = Encoding.ASCII.GetBytes("%PDF-1.4 bilan");
        var file = await host.Send(
            Roche,
            new UploadFile.Command(group, "bilan.pdf", false, Convert.ToHexString(SHA256.HashData(pdf))) { Content = pdf }
        );
        var (gone, waits) = (await Mail(await Send(group, files: file.Id)), await Mail(await Send(group)));
        await host.SendAsSystem(new SettleMail.Command(gone.Id, SettleMail.Outcome.Taken));
        await Answer(gone, "Bien reçu");
        await Eventually(async () => (await Thread(Faure, group)).Any(l => l.Outside is not null), MailWorld.Soon, "the answer");
        // As if it had been six months ago; the clock of the host is everybody's.
        var old = host.Clock.GetUtcNow().AddDays(-OperatorSettings.LeastDays - 1);
        await host.With<SecureMailDb, int>(async db =>
            await db.Sent.Where(m => m.Id == gone.Id || m.Id == waits.Id).ExecuteUpdateAsync(s => s.SetProperty(m => m.CreatedAt, old))
            + await db.Received.Where(m => m.AnswersId == gone.Id).ExecuteUpdateAsync(s => s.SetProperty(m => m.ReceivedAt, old))
        );
        await host.SendAsSystem(new PruneMails.Command());
        var left = await host.With<SecureMailDb, (int, int, int)>(async db =>
            (
                await db.Sent.CountAsync(m => m.Id == gone.Id || m.Id == waits.Id),
                await db.Received.CountAsync(m => m.AnswersId == gone.Id),
                await db.Attachments.CountAsync(a => a.MailId == gone.Id)
            )
        );
        Assert.That(left, Is.EqualTo((1, 0, 0)), "what waits to leave stays");
        Assert.That(await Thread(Faure, group), Has.Some.Matches<ListHistory.Line>(l => l.Mail is not null));
    }
}
