using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>What a release is made of.</summary>
internal sealed class ReleaseTests
{
    [Test]
    public async Task S67_a_release_that_lacks_what_production_needs_says_so_and_does_not_start()
    {
        await using var database = TestDatabase.Create(Engine.Sqlite);
        using var host = HostProcess.Refused(database, "Production", "--urls", "http://127.0.0.1:0");
        string said;
        try
        {
            said = await host.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
            await host.WaitForExitAsync();
        }
        finally
        {
            if (!host.HasExited)
                host.Kill(); // it started: nobody waits for it
        }
        Assert.Multiple(() =>
        {
            Assert.That(host.ExitCode, Is.EqualTo(1));
            Assert.That(
                said.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                Has.Length.EqualTo(3)
                    .And.Some.Contains("plain HTTP")
                    .And.Some.Contains("Parceo:PublicUrl")
                    .And.Some.Contains("Antivirus:Clamd")
            );
            Assert.That(File.Exists(Path.Combine(database.Folder, "parceo.db")), Is.False, "nothing is touched");
        });
    }

    [Test]
    public void A_release_contains_no_demonstration()
    {
        var list = File.ReadAllText(Path.Combine(HostProcess.HostFolder, "Parceo.Host.deps.json"));
        Assert.Multiple(() =>
        {
            Assert.That(list, Does.Contain("Parceo.Access/"), "the list names what is published");
            Assert.That(list, Does.Not.Contain("Parceo.Demo"));
            Assert.That(System.IO.Directory.GetFiles(HostProcess.HostFolder, "Parceo.Demo.*"), Is.Empty);
        });
    }
}
