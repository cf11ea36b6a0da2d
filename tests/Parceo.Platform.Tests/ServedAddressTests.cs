using Microsoft.Extensions.Configuration;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Platform.Web;

namespace Parceo.Platform.Tests;

/// <summary>Links of the command line lead to where the host of the same folder serves.</summary>
public sealed class ServedAddressTests
{
    private readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("parceo-address-");

    [OneTimeTearDown]
    public void Clean() => folder.Delete(recursive: true);

    private string Of(string? publicUrl = null) =>
        ServedAddress.Of(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?> { ["Parceo:Data"] = folder.FullName, ["Parceo:PublicUrl"] = publicUrl }
                )
                .Build()
        );

    [Test]
    public void It_is_what_was_configured_else_what_the_host_wrote()
    {
        Assert.That(Of(), Is.EqualTo("http://localhost:5080"), "nobody has served from there");
        ServedAddress.Remember(new DatabaseOptions(Engine.Sqlite, "", folder.FullName), "http://localhost:6123");
        Assert.That(Of(), Is.EqualTo("http://localhost:6123"));
        Assert.That(Of("https://parceo.exemple.fr/"), Is.EqualTo("https://parceo.exemple.fr"));
    }

    [TestCase("http://[::]:8080", "http://localhost:8080")]
    [TestCase("http://0.0.0.0:8080", "http://localhost:8080")]
    [TestCase("http://*:80", "http://localhost:80")]
    [TestCase("https://parceo.exemple.fr", "https://parceo.exemple.fr")]
    public void A_wildcard_is_this_machine(string served, string said) => Assert.That(ServedAddress.Plain(served), Is.EqualTo(said));
}
