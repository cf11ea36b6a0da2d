using System.Net;
using Parceo.Demo;
using Parceo.Directory.Contracts;
using Parceo.Platform.Data;

namespace Parceo.Access.Tests.Web;

/// <summary>The directory is one for all organisations: importing into it is a right of whoever runs the installation, with a recent proof.</summary>
public sealed class ImportRightTests
{
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(Engine.Sqlite, demo: true);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task S25_only_administrators_of_the_organisation_that_runs_the_installation_import()
    {
        var people = new SignedIn(host);
        var (email, _) = await people.Administrator();
        var (_, other, _) = await people.Enrol((await people.SignIn(email)).SessionId!.Value);
        Assert.That((await people.Credential(other))!.Rights.Roles, Does.Contain(Roles.Administrator));
        Assert.That((await people.Credential(other))!.Rights.Permissions, Does.Not.Contain(DirectoryPermissions.Import));
        var first = (await people.Credential(await people.Demo(DemoCast.Sellami)))!;
        Assert.That(first.Rights.Permissions, Does.Contain(DirectoryPermissions.Import));
    }

    [Test]
    public async Task S25_another_organisation_may_be_named()
    {
        await using var named = await ParceoHost.Start(
            Engine.Sqlite,
            demo: true,
            settings: new Dictionary<string, string?> { ["Parceo:Operator"] = DemoCast.Cretes.Name }
        );
        var people = new SignedIn(named);
        var val = (await people.Credential(await people.Demo(DemoCast.Sellami)))!;
        Assert.That(val.Rights.Permissions, Does.Not.Contain(DirectoryPermissions.Import));
    }

    [Test]
    public async Task S10_a_file_is_taken_after_a_recent_proof_only()
    {
        using var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", DemoCast.Sellami.Id.ToString()));
        Assert.That(await Text(browser), Does.Contain("name=\"motif\""));
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.That(await Text(browser), Does.Not.Contain("name=\"motif\"").And.Contain("Confirmer d’abord que c’est vous"));

        using var form = new MultipartFormDataContent { { new StringContent("x"), "fichier", "x.txt" } };
        var request = new HttpRequestMessage(HttpMethod.Post, "/administration/annuaire/fichier") { Content = form };
        var answer = await browser.Send(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(answer.Headers.Location!.OriginalString, Does.StartWith("/confirmer?retour="));
    }

    private static async Task<string> Text(Browser browser) =>
        await (await browser.Get("/administration/annuaire")).Content.ReadAsStringAsync();
}
