using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Platform;
using static Parceo.EndToEnd.Tests.ChatActs;

namespace Parceo.EndToEnd.Tests;

/// <summary>Files and voice notes, searching, drafts, channels with topics, desks, leaving, and a conversation of years.</summary>
[TestFixture, Parallelizable(ParallelScope.Self)]
public sealed class MessagingPagesTests : BrowserTest
{
    [Test]
    public async Task A_file_and_a_voice_note_reach_the_other()
    {
        var roche = await PageOf(DemoCast.Roche, "/messages/nouveau");
        var path = await BeginGroup(roche, "Pièces jointes", "Elsa Faure", "Karim Sellami");
        var elsa = await PageOf(DemoCast.Faure, path, 375);
        await Live(roche);
        await Live(elsa);

        await roche
            .Locator(".comp input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "protocole.txt",
                    MimeType = "text/plain",
                    Buffer = Encoding.UTF8.GetBytes("Compression : 30 mmHg"),
                }
            );
        await Expect(roche.Locator(".comp .files")).ToContainTextAsync("ko");
        await Say(roche, "Le protocole");
        var file = Message(elsa, "Le protocole").Locator("a.file");
        await Expect(file).ToContainTextAsync("protocole.txt");
        var download = await elsa.RunAndWaitForDownloadAsync(() => file.ClickAsync());
        Assert.That(
            (download.SuggestedFilename, await File.ReadAllTextAsync((await download.PathAsync())!)),
            Is.EqualTo(("protocole.txt", "Compression : 30 mmHg"))
        );

        // A PDF is read without leaving the page; Échap closes it, and the focus is where it was.
        await roche
            .Locator(".comp input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "ordonnance.pdf",
                    MimeType = "application/pdf",
                    Buffer = OnePage("Compression 30 mmHg"),
                }
            );
        await Expect(roche.Locator(".comp .files")).ToContainTextAsync("ko");
        await Say(roche, "L’ordonnance");
        var pdf = Message(elsa, "L’ordonnance").Locator("a.file");
        await pdf.ClickAsync();
        var viewer = elsa.GetByRole(AriaRole.Dialog, new() { Name = "ordonnance.pdf" });
        await Expect(viewer.GetByRole(AriaRole.Region, new() { Name = "Page 1 sur 1" })).ToContainTextAsync("Compression 30 mmHg");
        await elsa.Keyboard.PressAsync("Escape");
        await Expect(viewer).ToHaveCountAsync(0);
        await Expect(pdf).ToBeFocusedAsync();

        // What is refused keeps its name and why; sending without it is asked first.
        Allow("the server responded with a status of 400");
        await roche
            .Locator(".comp input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "archive.zip",
                    MimeType = "application/zip",
                    Buffer = "PK\x03\x04"u8.ToArray(),
                }
            );
        await Expect(roche.Locator(".comp .failed")).ToContainTextAsync("archive.zip Ce fichier n’est pas accepté");
        await Say(roche, "Sans l’archive");
        await Expect(roche.GetByRole(AriaRole.Alertdialog)).ToContainTextAsync("archive.zip");
        await Expect(roche.GetByRole(AriaRole.Button, new() { Name = "Envoyer sans" })).ToBeFocusedAsync();
        await Expect(Message(elsa, "Sans l’archive")).ToHaveCountAsync(0);
        await roche.Keyboard.PressAsync("Enter");
        await Expect(Message(elsa, "Sans l’archive")).ToHaveCountAsync(1);
        await Expect(roche.Locator(".comp .failed")).ToHaveCountAsync(0);

        // Given up with Échap, nothing is left; kept with Entrée, it is a file like any other.
        var mic = roche.GetByRole(AriaRole.Button, new() { Name = "Enregistrer un message vocal" });
        await mic.ClickAsync();
        await Expect(roche.GetByRole(AriaRole.Group, new() { Name = "Enregistrement d’un message vocal" })).ToBeVisibleAsync();
        await Expect(roche.Locator("#p-announce")).ToContainTextAsync("Échap pour annuler");
        await Expect(roche.GetByRole(AriaRole.Button, new() { Name = "Joindre", Exact = true })).ToBeFocusedAsync();
        await roche.Keyboard.PressAsync("Escape");
        await Expect(roche.Locator(".rec")).ToHaveCountAsync(0);
        await Expect(roche.Locator("#message")).ToBeFocusedAsync();
        await Expect(roche.Locator(".comp .files .p-tag")).ToHaveCountAsync(0);
        await mic.ClickAsync();
        await Expect(roche.Locator(".rec")).ToContainTextAsync(new Regex("0:0[1-9]"));
        await roche.Keyboard.PressAsync("Enter");
        await Expect(roche.Locator(".comp .files")).ToContainTextAsync("Message vocal");
        await Expect(roche.Locator("#p-announce")).ToContainTextAsync("est prêt");
        await roche.Locator("#message").PressAsync("Control+Enter");
        var note = elsa.Locator(".m .tx audio");
        await Expect(note).ToHaveCountAsync(1);
        var sound = await elsa.APIRequest.GetAsync((await note.GetAttributeAsync("src"))!);
        Assert.That((sound.Status, sound.Headers["content-type"]), Is.EqualTo((200, "audio/webm")));
        Assert.That((await sound.BodyAsync())[..4], Is.EqualTo(new byte[] { 0x1A, 0x45, 0xDF, 0xA3 }));
    }

    private static byte[] OnePage(string words) =>
        Encoding.ASCII.GetBytes(
            $"""
            %PDF-1.4
            1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
            4 0 obj<</Length {words.Length + 31}>>stream
            BT /F1 18 Tf 10 40 Td ({words}) Tj ET
            endstream endobj
            5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
            trailer<</Root 1 0 R>>
            """
        );

    [Test]
    public async Task Only_the_pages_of_messages_may_ask_for_the_microphone()
    {
        var karim = await (await Desk(signedIn: DemoCast.Sellami)).NewPageAsync();
        foreach (var (path, allowed) in new[] { ("/messages", true), ("/messages/canaux", false), ("/annuaire", false) })
            Assert.That(
                (await karim.GotoAsync(path))!.Headers["permissions-policy"],
                Does.Contain(allowed ? "microphone=(self)" : "microphone=()"),
                path
            );
    }

    [Test]
    public async Task Search_is_narrowed_by_author_and_day_and_a_draft_follows_to_another_device()
    {
        var karim = await PageOf(DemoCast.Sellami, "/messages/nouveau");
        var path = await BeginGroup(karim, "Commandes", "Elsa Faure", "Amandine Roche");
        var elsa = await PageOf(DemoCast.Faure, path, 375);
        await Live(karim);
        await Live(elsa);
        await Say(karim, "Xylocaïne commandée");
        await Say(elsa, "Xylocaïne reçue");
        await Expect(Message(karim, "Xylocaïne reçue")).ToHaveCountAsync(1);

        var hits = karim.Locator(".hitrow");
        await karim.Locator("#chercher").FillAsync("xylocaine");
        await Expect(hits).ToHaveCountAsync(2);
        await karim.GetByText("Filtrer", new() { Exact = true }).ClickAsync();
        await Pick(karim, "#par", "Elsa Faure");
        await Expect(hits).ToHaveCountAsync(1);
        await Expect(hits).ToContainTextAsync("reçue");
        await karim.GetByLabel("Au", new() { Exact = true }).FillAsync(Iso(Day(-1)));
        await Expect(karim.Locator("#trouves")).ToContainTextAsync("Aucun message trouvé");
        Allow("the server responded with a status of 400");
        await karim.GetByLabel("Du", new() { Exact = true }).FillAsync(Iso(Day(1)));
        await Expect(karim.Locator("#trouves")).ToContainTextAsync("Le dernier jour précède le premier");
        await karim.GetByLabel("Du", new() { Exact = true }).FillAsync("");
        await karim.GetByLabel("Au", new() { Exact = true }).FillAsync(Iso(Day(0)));
        await Expect(hits).ToHaveCountAsync(1);
        await hits.ClickAsync();
        await Expect(karim.Locator("li.m.hit")).ToContainTextAsync("reçue");

        await elsa.RunAndWaitForResponseAsync(
            () => elsa.Locator("#message").FillAsync("À relire avant"),
            r => r.Url.EndsWith("/draft", StringComparison.Ordinal) && r.Status == 204
        );
        var second = await PageOf(DemoCast.Faure, path);
        await Expect(second.Locator("#message")).ToHaveValueAsync("À relire avant");
    }

    [Test]
    public async Task Without_scripts_one_searches_too()
    {
        var elsa = await (await Desk(375, scripts: false, signedIn: DemoCast.Faure)).NewPageAsync();
        await elsa.GotoAsync("/messages");
        await elsa.Locator("#chercher").FillAsync("compression");
        await elsa.Locator("#chercher").PressAsync("Enter");
        await Expect(elsa.GetByRole(AriaRole.Heading, new() { Name = "Chercher dans les messages" })).ToBeVisibleAsync();
        await Expect(elsa.Locator(".hitrow").First).ToContainTextAsync("compression");
        Assert.That(elsa.Url, Does.EndWith("/messages/recherche"), "what is looked for is in no address");
    }

    [Test]
    public async Task A_channel_is_entered_its_topic_read_alone_and_leaving_ends_what_follows()
    {
        var karim = await PageOf(DemoCast.Sellami, "/messages/canaux");
        await karim.GetByLabel("Nom du canal").FillAsync("Plan blanc");
        await karim.GetByRole(AriaRole.Button, new() { Name = "Ouvrir le canal" }).ClickAsync();
        await karim.WaitForURLAsync(new Regex("/messages/[0-9a-f-]{36}$"));
        var path = new Uri(karim.Url).AbsolutePath;
        await Live(karim);
        await Say(karim, "Avant le sujet");
        await Expect(Message(karim, "Avant le sujet")).ToContainTextAsync("Envoyé");

        var elsa = await PageOf(DemoCast.Faure, "/messages/canaux", 375);
        await elsa.GetByRole(AriaRole.Button, new() { Name = "Entrer dans Plan blanc" }).ClickAsync();
        await elsa.WaitForURLAsync("**" + path);
        await Live(elsa);
        await Expect(Message(elsa, "Avant le sujet")).ToBeVisibleAsync();

        // Opened with its first message by one, followed by the other; alone on the page it shows nothing else, and what is written there bears its name.
        await karim.Locator("[name=sujet]").SelectOptionAsync("nouveau");
        await karim.GetByLabel("Titre du nouveau sujet").FillAsync("Lits de crise");
        await Say(karim, "Douze lits ouverts");
        await Expect(Message(elsa, "Douze lits ouverts").Locator("a.topic")).ToContainTextAsync("Lits de crise");
        await karim.GetByRole(AriaRole.Link, new() { Name = "Par sujets" }).ClickAsync();
        await karim.Locator("#sujets").GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Lits de crise") }).ClickAsync();
        await Expect(karim.Locator(".only")).ToContainTextAsync("Lits de crise");
        await Expect(karim.Locator(".m")).ToHaveCountAsync(1);
        await Say(elsa, "Hors sujet");
        await Expect(Message(elsa, "Hors sujet")).ToContainTextAsync("Envoyé");
        await Message(elsa, "Douze lits ouverts").Locator("a.topic").ClickAsync();
        await Expect(elsa.Locator(".only")).ToContainTextAsync("Lits de crise");
        await Expect(elsa.Locator(".m")).ToHaveCountAsync(1);
        await Say(elsa, "Vu");
        await Expect(Message(karim, "Vu")).ToHaveCountAsync(1);
        await Expect(karim.Locator(".m")).ToHaveCountAsync(2); // « Hors sujet » is not of it
        await elsa.GotoAsync(path + "/sujets");
        await elsa.GetByRole(AriaRole.Button, new() { Name = "Suivre Lits de crise" }).ClickAsync();
        await Expect(elsa.GetByRole(AriaRole.Button, new() { Name = "Suivi Lits de crise" })).ToHaveAttributeAsync("aria-pressed", "true");
        await elsa.GetByRole(AriaRole.Button, new() { Name = "Marquer résolu Lits de crise" }).ClickAsync();
        await Expect(karim.Locator(".note")).ToContainTextAsync(["Vous avez ouvert le sujet", "Elsa Faure a clos le sujet Lits de crise"]);

        // An open page of who leaves shows nothing of what follows.
        await elsa.GotoAsync(path);
        await Live(elsa);
        var settings = await elsa.Context.NewPageAsync();
        await settings.GotoAsync(path + "/reglages");
        await settings.GetByRole(AriaRole.Button, new() { Name = "Quitter la conversation" }).ClickAsync();
        await settings.WaitForURLAsync("**/messages");
        await karim.GetByRole(AriaRole.Link, new() { Name = "Toute la conversation" }).ClickAsync();
        await Say(karim, "Après son départ");
        await Expect(Message(karim, "Après son départ")).ToContainTextAsync("Envoyé");
        await Expect(elsa.Locator(".thread")).ToContainTextAsync("Choisissez une conversation");
        await Expect(elsa.GetByText("Après son départ")).ToHaveCountAsync(0);
        Allow("the server responded with a status of 404");
        await elsa.GotoAsync(path);
        await Expect(elsa.GetByRole(AriaRole.Heading, new() { Name = "Introuvable" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_desk_s_request_is_taken_up_finished_and_found_again()
    {
        var desk = DemoCast.IdOf(71, 1);
        var farid = await PageOf(DemoCast.Zemmour, $"/messages/nouveau?guichet={desk}", 375);
        await farid.GetByLabel("Nom du groupe ou objet").FillAsync("Clé de la salle");
        await farid.GetByRole(AriaRole.Button, new() { Name = "Ouvrir la conversation" }).ClickAsync();
        await farid.WaitForURLAsync(new Regex("/messages/[0-9a-f-]{36}$"));
        await Live(farid);
        await Say(farid, "Où est la clé ?");
        await Expect(Message(farid, "Où est la clé")).ToContainTextAsync("Envoyé");

        var karim = await PageOf(DemoCast.Sellami, $"/messages/guichets/{desk}?vue=sans-suivi");
        var request = karim.Locator(".p-task").Filter(new() { HasText = "Clé de la salle" });
        await request.GetByRole(AriaRole.Button, new() { Name = "Je m’en charge" }).ClickAsync();
        await Expect(Toast(karim)).ToContainTextAsync("À vous");
        await Expect(request).ToHaveCountAsync(0);
        await karim.GotoAsync($"/messages/guichets/{desk}?vue=miennes");
        await request.GetByRole(AriaRole.Link, new() { Name = "Clé de la salle" }).ClickAsync();
        await Live(karim);
        await Say(karim, "À l’accueil.");
        await Expect(Message(farid, "À l’accueil")).ToHaveCountAsync(1);
        var stays = await Stays(karim);
        await karim.GetByRole(AriaRole.Button, new() { Name = "Terminer", Exact = true }).ClickAsync();
        await Expect(karim.Locator(".about")).ToContainTextAsync("Reprendre");
        await stays();
        await Expect(farid.Locator(".note")).ToContainTextAsync(["Karim Sellami s’en charge", "Karim Sellami a terminé le fil"]);
        await karim.GotoAsync($"/messages/guichets/{desk}?vue=terminees");
        await Expect(request).ToContainTextAsync("Terminé");
    }

    [Test]
    public async Task People_are_added_and_the_times_of_confirmations_are_told()
    {
        var roche = await PageOf(DemoCast.Roche, "/messages/nouveau");
        var path = await BeginGroup(roche, "Ruptures", "Elsa Faure", "Karim Sellami");
        await roche.GotoAsync(path + "/personnes");
        await Pick(roche, "#qui", "Hugo Lenoir");
        await roche.GetByRole(AriaRole.Button, new() { Name = "Ajouter", Exact = true }).ClickAsync();
        await Expect(roche.Locator(".p-task").Filter(new() { HasText = "Hugo Lenoir" })).ToContainTextAsync("Invité");
        await roche.GotoAsync(path);
        await Live(roche);
        await roche.Locator("[data-priority]").ClickAsync();
        await Say(roche, "Rupture d’apixaban");
        var elsa = await PageOf(DemoCast.Faure, path, 375);
        await Message(elsa, "Rupture d’apixaban").GetByRole(AriaRole.Button, new() { Name = "Accuser réception" }).ClickAsync();
        await Expect(Message(roche, "Rupture d’apixaban").Locator(".acks .c-done")).ToContainTextAsync(new Regex(@"Elsa Faure \d\d:\d\d"));
        await roche.GotoAsync(path + "/accuses");
        await Expect(roche.GetByRole(AriaRole.Region).Filter(new() { HasText = "Rupture d’apixaban" })).ToContainTextAsync("1 sur 3");
        await Expect(roche.Locator("li").Filter(new() { HasText = "Elsa Faure" })).ToContainTextAsync(new Regex(@"\d+\sh\s\d\d"));
        await Expect(roche.Locator("li").Filter(new() { HasText = "Karim Sellami" })).ToContainTextAsync("en attente");
    }

    /// <summary>Ten thousand messages cost a page no more than a few hundred: what is drawn stays bounded wherever one scrolls.</summary>
    [Test]
    public async Task Ten_thousand_messages_stay_light()
    {
        const int Messages = 10_000,
            MostRows = 420,
            Pages = 12;
        var id = await Long(Messages);
        var roche = await PageOf(DemoCast.Roche, $"/messages/{id}");
        await Live(roche);
        Assert.That(
            await roche.EvaluateAsync<int>("document.querySelector('script[data-thread]').textContent.length"),
            Is.LessThan(100_000),
            "the page carries its first stretch only"
        );
        var most = 0;
        var oldest = await Oldest(roche);
        for (var i = 0; i < Pages; i++)
        {
            await roche.EvaluateAsync("() => { const m = document.querySelector('.msgs'); m.scrollTop = -m.scrollHeight; }");
            await roche.WaitForFunctionAsync("before => Number(document.querySelector('li[data-seq]').dataset.seq) < before", oldest);
            oldest = await Oldest(roche);
            most = Math.Max(most, await roche.Locator(".msgs li").CountAsync());
        }
        Assert.That(most, Is.LessThanOrEqualTo(MostRows), "lines drawn at once");
        Assert.That(oldest, Is.LessThan(Messages - 500));

        // From far up to the foot in one step, and what is written there stands at once.
        await roche.GetByRole(AriaRole.Button, new() { Name = "Derniers messages" }).ClickAsync();
        await Expect(Message(roche, $"Message {Messages}")).ToBeVisibleAsync();
        await roche.Locator("#message").FillAsync("Au bout");
        var echo = await roche.EvaluateAsync<double>(
            """
            () => new Promise(done => {
              const list = document.querySelector('.msgs ol'), began = performance.now();
              new MutationObserver((_, o) => { if (list.lastElementChild.textContent.includes('Au bout')) { o.disconnect(); done(performance.now() - began); } }).observe(list, { childList: true, subtree: true });
              document.querySelector('#message').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }));
            })
            """
        );
        await Expect(Message(roche, "Au bout")).ToContainTextAsync("Envoyé");
        var elements = await roche.EvaluateAsync<int>("document.querySelectorAll('*').length");
        TestContext.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Messages} messages: at most {most} rows, {elements} elements; {echo:0.0} ms from the key to the row"
            )
        );
        Assert.That(await roche.Locator(".msgs li").CountAsync(), Is.LessThanOrEqualTo(MostRows));
    }

    private static Task<int> Oldest(IPage page) => page.EvaluateAsync<int>("Number(document.querySelector('li[data-seq]').dataset.seq)");

    /// <summary>Two people who have written to each other for months.</summary>
    private static Task<Guid> Long(int messages) =>
        Site.Host.With<MessagingDb, Guid>(async db =>
        {
            var (id, now, seal) = (Guid.CreateVersion7(), Site.Host.Clock.GetUtcNow(), new MessageSeal(Site.Service<FieldCipher>()));
            CastMember[] both = [DemoCast.Roche, DemoCast.Noel];
            var conversation = new Conversation(
                id,
                DemoCast.Val.Id,
                ConversationKind.Group,
                both[0].Id,
                now.AddDays(-90),
                seal.Title("Depuis des mois", DemoCast.Val.Id, id)
            );
            foreach (var one in both)
                conversation.Join(
                    one.Id,
                    one.FullName,
                    "CPTS du Val",
                    DemoCast.Val.Id,
                    MemberRole.Owner,
                    withHistory: true,
                    now.AddDays(-90)
                );
            db.Add(conversation);
            for (var i = 0; i < messages; i++)
            {
                var (entry, by, at) = (Guid.CreateVersion7(), both[i % 2], now.AddDays(-90).AddMinutes(i * 12));
                db.Add(
                    new Entry(
                        entry,
                        id,
                        conversation.Next(EntryKind.Message, at),
                        EntryKind.Message,
                        by.Id,
                        entry,
                        at,
                        null,
                        null,
                        seal.Body(new EntryBody($"Message {i + 1}"), DemoCast.Val.Id, entry)
                    )
                );
            }
            conversation.Told(null);
            conversation.Members.ForEach(m => m.Read(messages));
            await db.SaveChangesAsync();
            return id;
        });
}
