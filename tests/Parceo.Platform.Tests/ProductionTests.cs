using Microsoft.Extensions.Configuration;
using NUnit.Framework;
using Parceo.Host;

namespace Parceo.Platform.Tests;

/// <summary>What a serving host must not do in production, each with its one sentence (S67).</summary>
internal sealed class ProductionTests
{
    private static readonly Dictionary<string, string?> Right = new()
    {
        ["urls"] = "https://0.0.0.0:443",
        ["Parceo:PublicUrl"] = "https://parceo.exemple.fr",
        ["Antivirus:Clamd"] = "clamav:3310",
    };

    private string folder = null!;

    [SetUp]
    public void Make() => folder = System.IO.Directory.CreateTempSubdirectory("parceo-production").FullName;

    [TearDown]
    public void Remove() => System.IO.Directory.Delete(folder, recursive: true);

    [Test]
    public void S67_nothing_is_said_of_a_right_installation() => Assert.That(Faults(), Is.Empty);

    [TestCase("urls", "http://0.0.0.0:80", "plain HTTP")]
    [TestCase("urls", "https://0.0.0.0:443;http://127.0.0.1:5080", "plain HTTP at http://127.0.0.1:5080")]
    [TestCase("urls", null, "plain HTTP at its default address")]
    [TestCase("http_ports", "8080", "plain HTTP at port 8080", "urls")]
    [TestCase("Kestrel:Endpoints:A:Url", "http://*:80", "plain HTTP at http://*:80")]
    [TestCase("DetailedErrors", "true", "DetailedErrors")]
    [TestCase("DetailedErrors", "1", "DetailedErrors")]
    [TestCase("Parceo:PublicUrl", null, "Parceo:PublicUrl is missing")]
    [TestCase("Parceo:PublicUrl", "http://parceo.exemple.fr", "must be the https address")]
    [TestCase("Antivirus:Clamd", null, "Antivirus:None=true")]
    public void S67_a_fault_has_its_sentence(string key, string? value, string said, string? without = null)
    {
        var found = Faults((key, value), (without ?? "none", null));
        Assert.That(found, Has.Count.EqualTo(1).And.Some.Contains(said));
        Assert.That(found[0].TrimEnd('.'), Does.Not.Contain(". "), "one sentence");
    }

    [Test]
    public void S67_a_proxy_may_be_asked_in_plain_HTTP() =>
        Assert.That(Faults(("urls", "http://0.0.0.0:8080"), ("Parceo:KnownProxies", "172.18.0.0/16")), Is.Empty);

    [Test]
    public void S67_files_may_be_taken_unchecked_when_somebody_says_so() =>
        Assert.That(Faults(("Antivirus:Clamd", null), ("Antivirus:None", "true")), Is.Empty);

    [Test, Platform(Exclude = "Win")]
    public void S67_a_key_that_others_can_read_is_named()
    {
        var keys = System.IO.Directory.CreateDirectory(Path.Combine(folder, "keys")).FullName;
        foreach (
            var (name, mode) in new[] { ("data.key", UnixFileMode.UserRead), ("audit.key", UnixFileMode.UserRead | UnixFileMode.OtherRead) }
        )
        {
            File.WriteAllBytes(Path.Combine(keys, name), new byte[32]);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(Path.Combine(keys, name), mode);
        }
        Assert.That(Faults(), Has.Count.EqualTo(1).And.Some.Contains("audit.key"));
    }

    private List<string> Faults(params (string Key, string? Value)[] changed)
    {
        var settings = new Dictionary<string, string?>(Right);
        foreach (var (key, value) in changed)
            settings[key] = value;
        return [.. ProductionChecks.Faults(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), folder)];
    }
}
