using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Messaging.Features;
using static Microsoft.Playwright.Assertions;
using static Parceo.EndToEnd.Tests.Acts;
using static Parceo.EndToEnd.Tests.ChatActs;

namespace Parceo.EndToEnd.Tests;

/// <summary>A doctor, a nurse and a coordinator write to each other side by side, on desks and phones, with and without a network.</summary>
[TestFixture]
public sealed class MessagingJourneyTests : BrowserTest
{
    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark, Category = "Long")]
    public async Task Three_people_write_react_edit_delete_and_confirm(ColorScheme scheme)
    {
        var variant = scheme == ColorScheme.Dark ? "sombre" : "clair";
        var roche = await PageOf(DemoCast.Roche, "/messages/nouveau", scheme: scheme);
        var path = await BeginGroup(roche, $"Plaies chroniques {variant}", "Elsa Faure", "Karim Sellami");
        var elsa = await PageOf(DemoCast.Faure, path, 375, scheme);
        var karim = await PageOf(DemoCast.Sellami, path, scheme: scheme);
        foreach (var page in new[] { roche, elsa, karim })
            await Live(page);

        // Light Markdown is shown, markup is not.
        await Say(roche, "Protocole **relu** : https://has-sante.fr <img src=x>");
        foreach (var page in new[] { elsa, karim })
        {
            await Expect(Message(page, "Protocole relu")).ToHaveCountAsync(1);
            await Expect(page.Locator(".tx strong", new() { HasText = "relu" })).ToBeVisibleAsync();
            await Expect(page.Locator(".tx img")).ToHaveCountAsync(0);
        }
        await Expect(elsa.Locator("#p-announce")).ToContainTextAsync("Protocole");
        await Say(elsa, "Jambe gauche plus gonflée qu’hier");
        await Expect(Message(roche, "Jambe gauche")).ToHaveCountAsync(1);

        // An answer leads to what it answers; a reaction shows at once everywhere.
        await Message(karim, "Jambe gauche").HoverAsync();
        await Message(karim, "Jambe gauche").GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Répondre") }).ClickAsync();
        await Say(karim, "Je préviens le DAC");
        await Expect(Message(roche, "Je préviens le DAC").Locator(".quote")).ToContainTextAsync("Jambe gauche");
        await Act(roche, "Jambe gauche", "Réagir 👍");
        await Expect(Message(elsa, "Jambe gauche").Locator(".rx")).ToContainTextAsync("👍");

        // Edited by keyboard, then deleted after ten seconds in which one may change one's mind.
        await karim.Locator("#message").PressAsync("ArrowUp");
        await karim.Locator("#message").FillAsync("Je préviens le DAC demain");
        await karim.Keyboard.PressAsync("Control+Enter");
        await Expect(Message(elsa, "Je préviens le DAC demain")).ToContainTextAsync("modifié");
        await Act(karim, "Je préviens le DAC demain", "Supprimer");
        await Toast(karim).GetByRole(AriaRole.Button, new() { Name = "Annuler" }).ClickAsync();
        await Expect(Message(karim, "Je préviens le DAC demain")).ToHaveCountAsync(1);

        // A priority message waits for everybody's word.
        await roche.Locator("[data-priority]").ClickAsync();
        await Say(roche, "Apixaban 5 mg en rupture chez les deux grossistes. Quel relais pour demain ?");
        await Expect(Message(elsa, "Apixaban")).ToContainTextAsync("Prioritaire, accusé demandé");
        foreach (var page in new[] { elsa, karim })
        {
            var axe = await page.RunAxe();
            Assert.That(axe.Violations.Select(v => $"{v.Id}: {string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))}"), Is.Empty);
        }
        await Picture(elsa, $"messages-telephone-{variant}");
        await Picture(karim, $"messages-bureau-{variant}");
        await Message(elsa, "Apixaban").GetByRole(AriaRole.Button, new() { Name = "Accuser réception" }).ClickAsync();
        await Expect(Message(roche, "Apixaban").Locator(".acks .c-done")).ToContainTextAsync("Elsa Faure");
        await Message(karim, "Apixaban").GetByRole(AriaRole.Button, new() { Name = "Je m’en occupe" }).ClickAsync();
        await Expect(Message(elsa, "Apixaban")).ToContainTextAsync("Karim Sellami s’en occupe");
        await Expect(Message(roche, "Apixaban")).ToContainTextAsync("Lu");
    }

    [Test]
    public async Task A_priority_message_is_told_wherever_one_is_and_leads_there()
    {
        var farid = await PageOf(DemoCast.Zemmour, "/messages/nouveau");
        var gaelle = await PageOf(DemoCast.Noel, "/annuaire", 375);
        await Live(gaelle);
        await Pick(farid, "#qui", "Gaëlle Noël");
        await farid.Keyboard.PressAsync("Control+Enter");
        await farid.WaitForURLAsync(new Regex("/messages/[0-9a-f-]{36}"));
        await Live(farid);
        await farid.Locator("[data-priority]").ClickAsync();
        await Say(farid, "Rupture de canules");
        await Expect(Message(farid, "Rupture de canules")).ToContainTextAsync("Envoyé");
        await Site.Host.SendAsSystem(new AlertUnconfirmed.Command()); // as its job does every few seconds
        await Expect(Toast(gaelle)).ToContainTextAsync("Message prioritaire de Farid Zemmour");
        await Expect(Toast(gaelle)).Not.ToContainTextAsync("canules");
        await Toast(gaelle).GetByRole(AriaRole.Link, new() { Name = "Ouvrir" }).ClickAsync();
        await Expect(Message(gaelle, "Rupture de canules")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_message_written_offline_is_kept_over_a_reload_and_sent_once()
    {
        Allow("ERR_INTERNET_DISCONNECTED");
        var roche = await PageOf(DemoCast.Roche, "/messages/nouveau");
        var path = await BeginGroup(roche, "Réseau coupé", "Elsa Faure", "Karim Sellami");
        var elsa = await PageOf(DemoCast.Faure, path, 375);
        await Live(roche);
        await Live(elsa);
        await roche.Context.SetOfflineAsync(true);
        await Say(roche, "Premier sans réseau");
        await Say(roche, "Second sans réseau");
        await Expect(Message(roche, "Second sans réseau")).ToContainTextAsync("Gardé, part dès le retour du réseau");
        await Expect(Message(roche, "Second sans réseau").GetByRole(AriaRole.Button, new() { Name = "Réessayer" })).ToBeVisibleAsync();
        await Expect(elsa.Locator(".m")).ToHaveCountAsync(0);
        await roche.Context.SetOfflineAsync(false);
        await Expect(elsa.Locator(".m")).ToHaveCountAsync(2);
        await Expect(elsa.Locator(".m .tx")).ToContainTextAsync(["Premier sans réseau", "Second sans réseau"]);
        await Expect(roche.Locator(".m.kept")).ToHaveCountAsync(0);
        await roche.ReloadAsync();
        await Live(roche);
        await Expect(roche.Locator(".m")).ToHaveCountAsync(2);
    }

    [Test]
    public async Task What_is_read_on_one_device_is_read_on_all()
    {
        var karim = await PageOf(DemoCast.Sellami, "/messages/nouveau");
        var path = await BeginGroup(karim, "Deux écrans", "Elsa Faure", "Amandine Roche");
        var desk = await PageOf(DemoCast.Faure, "/messages");
        var phone = await PageOf(DemoCast.Faure, "/messages", 375);
        await Live(desk);
        await Live(phone);
        await Say(karim, "Réunion à 18 h");
        foreach (var page in new[] { desk, phone })
            await Expect(Row(page, "Deux écrans").Locator(".unread")).ToContainTextAsync("1");
        await Row(phone, "Deux écrans").ClickAsync();
        await phone.BringToFrontAsync();
        await Expect(Message(phone, "Réunion à 18 h")).ToBeVisibleAsync();
        await Expect(Row(desk, "Deux écrans").Locator(".unread")).ToHaveCountAsync(0);
        await Expect(Message(karim, "Réunion à 18 h")).ToContainTextAsync("Lu par 1 sur 2");
        await phone.GetByRole(AriaRole.Link, new() { Name = "Conversations", Exact = true }).ClickAsync();
        await Expect(Row(phone, "Deux écrans")).ToBeVisibleAsync();
        Assert.That(phone.Url, Does.EndWith("/messages"));
        Assert.That(path, Does.StartWith("/messages/"));
    }

    [Test]
    public async Task The_keyboard_alone_writes_and_answers()
    {
        var roche = await PageOf(DemoCast.Roche, "/messages");
        await Live(roche);
        await roche.Keyboard.PressAsync("n");
        await roche.WaitForURLAsync("**/messages/nouveau");
        await Expect(roche.Locator("#qui")).ToBeFocusedAsync();
        await roche.Keyboard.TypeAsync("Noël");
        await Expect(roche.GetByRole(AriaRole.Option).First).ToContainTextAsync("Noël");
        await roche.Keyboard.PressAsync("Enter");
        await roche.Keyboard.PressAsync("Control+Enter");
        await roche.WaitForURLAsync(new Regex("/messages/[0-9a-f-]{36}"));
        await Live(roche);
        await roche.Locator("#message").FocusAsync();
        await roche.Keyboard.TypeAsync("Protocole relu");
        await roche.Keyboard.PressAsync("Enter");
        await roche.Keyboard.TypeAsync("trois remarques");
        await roche.Keyboard.PressAsync("Control+Enter");
        await Expect(Message(roche, "trois remarques")).ToContainTextAsync("Envoyé");
        await roche.Keyboard.PressAsync("Shift+Tab"); // out of the field, among the messages
        await roche.Locator("#message").BlurAsync();
        await roche.Keyboard.PressAsync("k");
        await Expect(roche.Locator("li.m:focus")).ToContainTextAsync("Protocole relu");
        await roche.Keyboard.PressAsync("r");
        await Expect(roche.Locator("#message")).ToBeFocusedAsync();
        await roche.Keyboard.TypeAsync("Lesquelles");
        await roche.Keyboard.PressAsync("Control+Enter");
        await Expect(Message(roche, "Lesquelles").Locator(".quote")).ToContainTextAsync("Protocole relu");
    }

    [Test]
    public async Task Without_scripts_it_can_be_read_and_answered()
    {
        var roche = await PageOf(DemoCast.Roche, "/messages/nouveau");
        var path = await BeginGroup(roche, "Sans script", "Elsa Faure", "Karim Sellami");
        await Live(roche);
        await Say(roche, "Lisible partout");
        await Expect(Message(roche, "Lisible partout")).ToContainTextAsync("Envoyé");
        var elsa = await (await Desk(375, scripts: false, signedIn: DemoCast.Faure)).NewPageAsync();
        await elsa.GotoAsync(path);
        await Expect(Message(elsa, "Lisible partout")).ToBeVisibleAsync();
        await elsa.Locator("#message").FillAsync("Bien reçu");
        await elsa.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await Expect(Message(elsa, "Bien reçu")).ToBeVisibleAsync();
        await Expect(Message(roche, "Bien reçu")).ToHaveCountAsync(1);
    }
}
