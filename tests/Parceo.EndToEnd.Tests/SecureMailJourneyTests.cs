using Microsoft.Playwright;
using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Demo;
using static Microsoft.Playwright.Assertions;

namespace Parceo.EndToEnd.Tests;

/// <summary>A doctor writes by MSSanté from a conversation to somebody without an account: what left and where it stands is read in both places.</summary>
[TestFixture, Parallelizable(ParallelScope.Self)]
public sealed class SecureMailJourneyTests : BrowserTest
{
    [TestCase(1440)]
    [TestCase(375)]
    public async Task From_a_conversation_to_the_sent_mails(int width)
    {
        var subject = $"Plaie à revoir {width}";
        var page = await PageOf(DemoCast.Roche, $"/messages/{DemoCast.IdOf(70, 10)}", width);
        await Expect(page.Locator(".letter").First).ToContainTextAsync("Reçu par le logiciel du destinataire");
        await Expect(page.Locator(".msgs li", new() { HasText = "Dix jours" })).ToContainTextAsync("denis.morel@demo.mssante.invalid");
        await Expect(page.GetByPlaceholder("Écrire aux personnes d’ici"))
            .ToHaveAccessibleDescriptionAsync("Lu par les personnes d’ici seulement. À l’extérieur, répondez par MSSanté.");
        if (width < 1240)
            await page.GetByRole(AriaRole.Button, new() { Name = "À propos de la conversation" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Envoyer par MSSanté" }).ClickAsync();

        await page.Locator("[name=aText]").FillAsync("zoe.petit@gmail.example");
        await page.Locator("[name=objet]").FillAsync(subject);
        await page.Locator("[name=texte]").FillAsync("Pouvez-vous la voir cette semaine ?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("hors de l’espace de confiance MSSanté");
        await Expect(page.Locator("[name=objet]")).ToHaveValueAsync(subject);

        await page.Locator("[name=aText]").FillAsync("zoe.petit@demo.mssante.invalid");
        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer" }).ClickAsync();
        await Expect(page.Locator(".letter", new() { HasText = subject })).ToContainTextAsync("Attend l’opérateur");

        // It is handed over by an effect, a moment later.
        var sent = page.GetByRole(AriaRole.Link, new() { Name = subject });
        await Parceo.Testing.Expect.Eventually(
            async () =>
            {
                await page.GotoAsync("/mssante/envoyes");
                return await sent.CountAsync() == 1;
            },
            TimeSpan.FromSeconds(30),
            "the mail among those sent"
        );
        await sent.ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(subject);
        await Expect(page.Locator("main")).ToContainTextAsync("zoe.petit@demo.mssante.invalid");
    }
}
