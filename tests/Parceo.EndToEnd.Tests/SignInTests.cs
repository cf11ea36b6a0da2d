namespace Parceo.EndToEnd.Tests;

/// <summary>Invitation, password, second factors: what everybody goes through who is not in the demonstration.</summary>
[TestFixture, Parallelizable(ParallelScope.Self)]
public sealed class SignInTests : BrowserTest
{
    private const string Password = "une phrase que je retiens bien";

    [Test]
    public async Task An_invited_person_signs_in_with_a_password_and_a_code()
    {
        var page = await (await Desk()).NewPageAsync();
        await Join(page, "alix.code@exemple.fr", "Alix Code");

        // The key as one types it into an app.
        await page.GotoAsync("/compte/second-facteur");
        var key = (await page.GetByText("Ou saisissez cette clé à la main").Locator(".num").InnerTextAsync()).Replace(
            " ",
            "",
            StringComparison.Ordinal
        );
        await page.GetByLabel("Code à 6 chiffres").FillAsync(Newcomer.Code(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Activer l’application" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Codes de secours" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(10);
        await page.GetByRole(AriaRole.Link, new() { Name = "Je les ai gardés" }).ClickAsync();
        await SignOut(page);

        Site.Host.Clock.Advance(TimeSpan.FromSeconds(60)); // a code serves once
        await Password_(page, "alix.code@exemple.fr");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Confirmer que c’est vous" })).ToBeVisibleAsync();
        await page.GetByLabel("Code, ou code de secours").FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("n’est pas accepté");
        await page.GetByLabel("Code, ou code de secours").FillAsync(Newcomer.Code(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/connexion", StringComparison.Ordinal));
        await page.GotoAsync("/compte");
        await Expect(page.GetByText("par mot de passe et code").First).ToBeVisibleAsync();
    }

    [Test]
    public async Task An_invited_person_signs_in_with_a_passkey()
    {
        var page = await (await Desk()).NewPageAsync();
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        var authenticator = await device.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
        await Join(page, "camille.cle@exemple.fr", "Camille Clé");

        await page.GotoAsync("/compte/second-facteur");
        await page.GetByLabel("Nom de cette clé").FillAsync("Ordinateur de garde");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ajouter une clé d’accès" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Gardez ces codes de secours" })).ToBeVisibleAsync();
        await page.GotoAsync("/compte");
        await Expect(page.GetByText("Ordinateur de garde").First).ToBeVisibleAsync();
        // Not on the page that signing out leads to: that sign-in would run beside the next page.
        await Presence(false);
        await SignOut(page);

        // The device offers the passkey as the page loads, and this one says yes by itself.
        await Presence(true);
        await page.GotoAsync("/connexion", new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForURLAsync(url => !url.Contains("/connexion", StringComparison.Ordinal));
        await page.GotoAsync("/compte");
        await Expect(page.GetByText("par clé d’accès").First).ToBeVisibleAsync();

        Task Presence(bool enabled) =>
            device.SendAsync(
                "WebAuthn.setAutomaticPresenceSimulation",
                new() { ["authenticatorId"] = authenticator!.Value.GetProperty("authenticatorId").GetString()!, ["enabled"] = enabled }
            );
    }

    [Test]
    public async Task A_wrong_password_says_no_more_than_that()
    {
        var page = await (await Desk()).NewPageAsync();
        await Password_(page, "personne@exemple.fr");
        await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Adresse ou mot de passe incorrect");
        await Expect(page.GetByLabel("Adresse e-mail professionnelle")).ToHaveValueAsync("personne@exemple.fr");
    }

    private static async Task Join(IPage page, string email, string name)
    {
        await Newcomer.Accept(page, await Newcomer.Invitation(email, name, "CPTS de la Nied"), Password);
    }

    private static async Task Password_(IPage page, string email)
    {
        await page.GotoAsync("/connexion");
        await Fill(page, email);
    }

    private static async Task Fill(IPage page, string email)
    {
        await page.GetByLabel("Adresse e-mail professionnelle").FillAsync(email);
        await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continuer", Exact = true }).ClickAsync();
    }

    private static async Task SignOut(IPage page)
    {
        await page.GotoAsync("/compte");
        await page.Locator("[popovertarget=p-compte]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Se déconnecter" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/compte", StringComparison.Ordinal));
    }
}
