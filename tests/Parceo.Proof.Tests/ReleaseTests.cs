using NUnit.Framework;

namespace Parceo.Proof.Tests;

/// <summary>What a release is made of.</summary>
internal sealed class ReleaseTests
{
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
