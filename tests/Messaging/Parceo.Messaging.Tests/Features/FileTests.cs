using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Platform.Events;
using Parceo.Platform.Files;
using Parceo.Testing;
using SkiaSharp;
using static Parceo.Testing.Expect;

namespace Parceo.Messaging.Tests.Features;

[TestFixtureSource(typeof(Engines))]
internal sealed class FileTests(Engine engine) : MessagingHost(engine)
{
    internal static UploadFile.Command Upload(Guid conversation, string name, byte[] content, bool voice = false) =>
        new(conversation, name, voice, Convert.ToHexString(SHA256.HashData(content))) { Content = content };

    /// <summary>A photograph that says where it was taken.</summary>
    private static byte[] Photo(int width = 40, int height = 20)
    {
        using var picture = new SKBitmap(width, height);
        using var data = picture.Encode(SKEncodedImageFormat.Jpeg, 90);
        byte[] exif = [0xFF, 0xE1, 0x00, 0x20, .. "Exif\0\0MM\0*\0\0\0\u0008GPS-SECRET-PLACE"u8];
        exif[3] = (byte)(exif.Length - 2);
        var jpeg = data.ToArray();
        return [.. jpeg.AsSpan(0, 2), .. exif, .. jpeg.AsSpan(2)];
    }

    [Test]
    public async Task S42_A_picture_is_drawn_anew_without_what_it_told_of_its_place()
    {
        var group = await Group(Roche, Faure);
        var photo = Photo();
        Assert.That(Encoding.Latin1.GetString(photo), Does.Contain("GPS-SECRET-PLACE"));
        var file = await Host.Send(Roche, Upload(group, "plaie.jpg", photo));
        Assert.That((file.State, file.Type), Is.EqualTo((FileState.Ready, "image/jpeg")));
        await Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "", FileIds: [file.Id]));
        var read = await Host.Send(Faure, new DownloadFile.Query(file.Id));
        Assert.That(Encoding.Latin1.GetString(read.Content), Does.Not.Contain("GPS-SECRET-PLACE"));
        using var seen = SKBitmap.Decode(read.Content);
        Assert.That((seen.Width, seen.Height, read.Name), Is.EqualTo((40, 20, "plaie.jpg")));
        Assert.That((await Thread(Faure, group)).Single().Files.Single().Name, Is.EqualTo("plaie.jpg"));
    }

    [Test]
    public async Task S42_A_file_that_is_not_what_its_name_says_is_refused()
    {
        var group = await Group(Roche, Faure);
        (string Name, byte[] Content)[] bad =
        [
            ("page.html", "<script>alert(1)</script>"u8.ToArray()),
            ("image.svg", "<svg onload=alert(1)/>"u8.ToArray()),
            ("photo.jpg", "%PDF-1.7 x"u8.ToArray()),
            ("doc.pdf", "<html>"u8.ToArray()),
            ("outil.exe", "MZ....."u8.ToArray()),
            ("archive.zip", "PK\x03\x04...."u8.ToArray()),
            ("lettre.docx", "PK\x03\x04...."u8.ToArray()),
            ("photo.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]),
            ("note.txt", [0, 1, 2]),
            ("sans-extension", "x"u8.ToArray()),
        ];
        foreach (var (name, content) in bad)
            Assert.That((await Refused(() => Host.Send(Roche, Upload(group, name, content)))).Code, Is.EqualTo("file_type_refused"), name);
        var active = "%PDF-1.7 1 0 obj<</S/JavaScript/JS(x)>>endobj"u8.ToArray();
        Assert.That(
            (await Refused(() => Host.Send(Roche, Upload(group, "formulaire.pdf", active)))).Code,
            Is.EqualTo("file_active_refused"),
            "and what to do is said"
        );
    }

    [Test]
    public async Task A_photograph_that_only_iphones_open_is_refused_with_what_to_do()
    {
        var group = await Group(Roche, Faure);
        byte[] heic = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8];
        foreach (var name in new[] { "IMG_0042.HEIC", "IMG_0042.jpg", "IMG_0042" })
            Assert.That((await Refused(() => Host.Send(Roche, Upload(group, name, heic)))).Code, Is.EqualTo("file_heic_refused"), name);
        Assert.That(
            FileKinds.Accept,
            Does.Contain("image/jpeg").And.Not.Contain("heic"),
            "so that phones turn theirs into one that all open"
        );
    }

    [Test]
    public async Task A_voice_note_says_how_long_it_lasts()
    {
        var group = await Group(Roche, Faure);
        byte[] sound = [0x1A, 0x45, 0xDF, 0xA3, 1, 2, 3, 4];
        var note = await Host.Send(Roche, Upload(group, "message-vocal.webm", sound, voice: true) with { Seconds = 65 });
        await Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "", FileIds: [note.Id]));
        Assert.That((await Thread(Faure, group)).Single().Files.Single().Seconds, Is.EqualTo(65));
        Assert.That((await Host.Send(Faure, new ShowConversation.Query(group))).Line.Preview, Is.EqualTo("Message vocal, 1:05"));
        Assert.That(
            (await Refused(() => Host.Send(Roche, Upload(group, "message-vocal.webm", sound, voice: true) with { Seconds = 0 }))).Codes,
            Does.Contain("file_length_invalid")
        );
    }

    [Test]
    public async Task S24_A_file_is_read_by_members_who_may_read_its_message_and_attached_by_its_sender_once()
    {
        var group = await Group(Roche, Faure);
        var file = await Host.Send(Roche, Upload(group, "lettre.pdf", "%PDF-1.7 lettre"u8.ToArray()));
        Assert.That(
            (await Refused(() => Host.Send(Faure, new DownloadFile.Query(file.Id)))).Code,
            Is.EqualTo("file_unknown"),
            "not sent yet"
        );
        Assert.That(
            (await Refused(() => Host.Send(Faure, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "", FileIds: [file.Id])))).Code,
            Is.EqualTo("file_unknown")
        );
        var sent = await Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "", FileIds: [file.Id]));
        Assert.That(
            (await Refused(() => Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "", FileIds: [file.Id])))).Code,
            Is.EqualTo("file_unknown")
        );
        Assert.That((await Refused(() => Host.Send(Zemmour, new DownloadFile.Query(file.Id)))).Code, Is.EqualTo("file_unknown"));
        await Host.Send(Roche, new InvitePeople.Command(group, [Hugo.Id]));
        Assert.That(
            (await Refused(() => Host.Send(Hugo, new DownloadFile.Query(file.Id)))).Code,
            Is.EqualTo("file_unknown"),
            "from before the guest came"
        );
        Assert.That((await Host.Send(Faure, new DownloadFile.Query(file.Id))).Content, Is.EqualTo("%PDF-1.7 lettre"u8.ToArray()));
        await Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), EntryKind.Delete, sent.Seq));
        Assert.That((await Refused(() => Host.Send(Faure, new DownloadFile.Query(file.Id)))).Code, Is.EqualTo("file_unknown"));
        Assert.That(await Host.With<MessagingDb, int>(db => db.Chunks.CountAsync(c => c.FileId == file.Id)), Is.Zero, "its bytes are gone");
    }

    [Test]
    public async Task S29_The_bytes_are_sealed_in_parts_and_an_altered_one_is_not_handed_out()
    {
        var group = await Group(Roche, Faure);
        var content = Encoding.ASCII.GetBytes("%PDF-1.7 " + new string('x', 600_000));
        var file = await Host.Send(Roche, Upload(group, "long.pdf", content));
        await Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "", FileIds: [file.Id]));
        Assert.That((await Host.Send(Faure, new DownloadFile.Query(file.Id))).Content, Is.EqualTo(content));
        Assert.That(
            await Host.With<MessagingDb, int>(async db =>
            {
                var parts = await db.Chunks.Where(c => c.FileId == file.Id).OrderBy(c => c.Number).ToListAsync();
                var (first, second) = (parts[0].Bytes, parts[1].Bytes);
                parts[0].Reseal(second);
                parts[1].Reseal(first);
                await db.SaveChangesAsync();
                return parts.Count;
            }),
            Is.EqualTo(3)
        );
        Assert.That((await Refused(() => Host.Send(Faure, new DownloadFile.Query(file.Id)))).Code, Is.EqualTo("value_unreadable"));
    }

    [Test]
    public async Task A_voice_note_is_a_sound()
    {
        var group = await Group(Roche, Faure);
        byte[] webm = [0x1A, 0x45, 0xDF, 0xA3, 1, 2, 3, 4];
        var file = await Host.Send(Roche, Upload(group, "note.webm", webm, voice: true));
        await Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "", FileIds: [file.Id]));
        Assert.That((await Thread(Faure, group)).Single().Files.Single().Voice, Is.True);
        Assert.That(
            (await Host.Send(Faure, new ListConversations.Query(Limit: 100))).Conversations.Single(c => c.Id == group).Preview,
            Is.EqualTo("Message vocal")
        );
        Assert.That(
            (await Refused(() => Host.Send(Roche, Upload(group, "note.pdf", "%PDF-1.7"u8.ToArray(), voice: true)))).Code,
            Is.EqualTo("file_type_refused")
        );
    }

    [Test]
    public async Task What_is_never_sent_goes_after_a_day()
    {
        var group = await Group(Roche, Faure);
        var file = await Host.Send(Roche, Upload(group, "oubli.pdf", "%PDF-1.7"u8.ToArray()));
        Host.Clock.Advance(TimeSpan.FromHours(25));
        await Host.SendAsSystem(new RemoveUnsentFiles.Command());
        Assert.That((await Refused(() => Host.Send(Roche, new ShowFile.Query(file.Id)))).Code, Is.EqualTo("file_unknown"));
    }
}

/// <summary>With an antivirus: a file is unavailable until it was said to be clean (S42).</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class AntivirusTests(Engine engine) : MessagingHost(engine)
{
    private readonly TestClamd clamd = new();

    protected override IReadOnlyDictionary<string, string?> Settings =>
        new Dictionary<string, string?> { ["Antivirus:Clamd"] = clamd.Address };

    [OneTimeTearDown]
    public void Stop() => clamd.Dispose();

    [Test]
    public async Task S42_Pending_until_clean_gone_when_not_and_waiting_while_it_does_not_answer()
    {
        var group = await Group(Roche, Faure);
        clamd.Answer = "";
        var file = await Host.Send(Roche, FileTests.Upload(group, "lettre.pdf", "%PDF-1.7"u8.ToArray()));
        Assert.That(file.State, Is.EqualTo(FileState.Pending));
        Assert.That((await Refused(() => Host.Send(Roche, new DownloadFile.Query(file.Id)))).Code, Is.EqualTo("file_pending"));
        Assert.That(
            (await Refused(() => Host.Send(Roche, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "", FileIds: [file.Id])))).Code,
            Is.EqualTo("file_unknown")
        );
        clamd.Answer = "stream: OK";
        await Eventually(
            async () =>
            {
                Host.Clock.Advance(TimeSpan.FromMinutes(1));
                return (await Host.Send(Roche, new ShowFile.Query(file.Id))).State == FileState.Ready;
            },
            TimeSpan.FromSeconds(30),
            "the file"
        );
        clamd.Answer = "stream: Eicar-Test-Signature FOUND";
        var bad = await Host.Send(Roche, FileTests.Upload(group, "autre.pdf", "%PDF-1.7 virus"u8.ToArray()));
        await Eventually(
            async () =>
            {
                Host.Clock.Advance(TimeSpan.FromMinutes(1));
                return (await Host.Send(Roche, new ShowFile.Query(bad.Id))).State == FileState.Refused;
            },
            TimeSpan.FromSeconds(30),
            "the refusal"
        );
        Assert.That(await Host.With<MessagingDb, int>(db => db.Chunks.CountAsync(c => c.FileId == bad.Id)), Is.Zero);
    }

    [Test]
    public async Task S42_A_file_that_it_never_answers_about_holds_up_no_other_and_is_asked_about_again()
    {
        var group = await Group(Roche, Faure);
        (clamd.Answer, clamd.SilentAbout) = ("stream: OK", "silence");
        var silent = await Host.Send(Roche, FileTests.Upload(group, "lettre.pdf", "%PDF-1.7 silence"u8.ToArray()));
        var other = await Host.Send(Roche, FileTests.Upload(group, "autre.pdf", "%PDF-1.7"u8.ToArray()));
        await Eventually(async () => await State(other.Id) == FileState.Ready, TimeSpan.FromSeconds(30), "the other file");
        await Eventually(
            async () => await Host.With<MessagingDb, bool>(async db => !await db.Set<OutboxRow>().AnyAsync()),
            TimeSpan.FromSeconds(30),
            "its event, which waits for no antivirus"
        );
        Assert.That(await State(silent.Id), Is.EqualTo(FileState.Pending));
        clamd.SilentAbout = "";
        await Eventually(
            async () => await State(silent.Id) == FileState.Ready,
            TimeSpan.FromSeconds(30),
            "the file, with no event left to wake it"
        );

        async Task<FileState> State(Guid id) => (await Host.Send(Roche, new ShowFile.Query(id))).State;
    }
}
