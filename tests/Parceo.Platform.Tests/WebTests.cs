using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Platform.Tests.Probe;
using Parceo.Testing;

namespace Parceo.Platform.Tests;

/// <summary>What is true of every answer, whatever the module. The engine does not matter.</summary>
internal sealed class WebTests
{
    private ParceoHost host = null!;
    private HttpClient client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ProbeModule.Host(Engine.Sqlite);
        client = host.Client();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    private Task<HttpResponseMessage> Post(string json, string type = "application/json") =>
        client.PostAsync("/api/probe/echo", new StringContent(json, Encoding.UTF8, type));

    [TestCase("/api/probe/echo", "{\"text\":\"hello\",\"number\":1,\"at\":null,\"inner\":null}", 200)]
    [TestCase("/api/probe/echo", "{\"text\":\"crash\",\"number\":1,\"at\":null,\"inner\":null}", 500)]
    [TestCase("/api/probe/echo", "{", 400)]
    [TestCase("/api/slots/search", null, 401)]
    [TestCase("/api/nowhere", null, 404)]
    [TestCase("/nowhere-at-all", null, 0)]
    [TestCase("/health/live", null, 200)]
    public async Task S39_Every_answer_has_the_security_headers(string path, string? json, int status)
    {
        using var answer = json is null ? await client.GetAsync(path) : await Post(json);
        var headers = answer
            .Headers.Concat(answer.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        Assert.Multiple(() =>
        {
            if (status != 0)
                Assert.That((int)answer.StatusCode, Is.EqualTo(status));
            Assert.That(
                headers.GetValueOrDefault("Content-Security-Policy"),
                Does.Contain("default-src 'self'").And.Contain("object-src 'none'").And.Not.Contain("unsafe-eval")
            );
            Assert.That(headers.GetValueOrDefault("X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(headers.GetValueOrDefault("Referrer-Policy"), Is.EqualTo("no-referrer"));
            Assert.That(headers.GetValueOrDefault("Cross-Origin-Opener-Policy"), Is.EqualTo("same-origin"));
            Assert.That(headers.GetValueOrDefault("Cross-Origin-Resource-Policy"), Is.EqualTo("same-origin"));
            Assert.That(headers, Does.ContainKey("Permissions-Policy"));
            Assert.That(headers, Does.Not.ContainKey("Server").And.Not.ContainKey("X-Powered-By"));
        });
    }

    [Test]
    public async Task S65_A_form_that_breaks_gets_the_error_page_with_a_reference()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Durand" });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/probe/form") { Content = form, Headers = { { "Origin", host.Url } } };
        using var answer = await client.SendAsync(request);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Multiple(() =>
        {
            Assert.That((int)answer.StatusCode, Is.EqualTo(500));
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/html"));
            Assert.That(page, Does.Contain("<h1").And.Not.Contain("secret").And.Not.Contain("Durand"));
        });
    }

    [TestCase(null, "http 127.0.0.1", TestName = "S12_Forwarded_headers_from_nobody_in_particular_are_ignored")]
    [TestCase("127.0.0.0/8", "https 203.0.113.9", TestName = "S12_Forwarded_headers_of_a_configured_proxy_count")]
    [TestCase("10.0.0.0/8", "http 127.0.0.1", TestName = "S12_Forwarded_headers_from_elsewhere_are_ignored")]
    public async Task S12_Forwarded(string? proxies, string seen)
    {
        await using var behind = await ProbeModule.Host(
            Engine.Sqlite,
            settings: new Dictionary<string, string?> { ["Parceo:KnownProxies"] = proxies }
        );
        using var anybody = behind.Client();
        anybody.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        anybody.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        Assert.That(await anybody.GetStringAsync("/api/probe/seen"), Is.EqualTo(seen));
    }

    [Test]
    public async Task S65_An_unexpected_failure_shows_a_reference_and_nothing_else()
    {
        using var answer = await Post("{\"text\":\"crash\",\"number\":1,\"at\":null,\"inner\":null}");
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Multiple(() =>
        {
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That(body, Does.Not.Contain("secret of the server").And.Not.Contain("Exception").And.Not.Contain("   at "));
            Assert.That(JsonDocument.Parse(body).RootElement.GetProperty("code").GetString(), Is.EqualTo("unexpected"));
            Assert.That(JsonDocument.Parse(body).RootElement.GetProperty("traceId").GetString(), Is.Not.Empty);
        });
    }

    private const string Good = "\"text\":\"a\",\"number\":1,\"at\":null,\"inner\":null";

    [TestCase("{" + Good + ",\"more\":1}", "an unknown member")]
    [TestCase("{" + Good + ",\"text\":\"b\"}", "a duplicate key")]
    [TestCase("{" + Good + ",\"Text\":\"b\"}", "a duplicate key in another case")]
    [TestCase("{" + Good + "}{}", "trailing data")]
    [TestCase("{\"text\":\"a\",\"number\":\"1\",\"at\":null,\"inner\":null}", "a number as a string")]
    [TestCase("{\"text\":\"a\",\"number\":1e99,\"at\":null,\"inner\":null}", "a number out of range")]
    [TestCase("{\"text\":null,\"number\":1,\"at\":null,\"inner\":null}", "null where text must be")]
    [TestCase("{\"number\":1,\"at\":null,\"inner\":null}", "a missing member")]
    [TestCase("{\"text\":\"a\",\"number\":1,\"at\":\"2026-02-30T00:00:00Z\",\"inner\":null}", "a day that does not exist")]
    [TestCase("{\"text\":\"a\\ud800\",\"number\":1,\"at\":null,\"inner\":null}", "a lone surrogate")]
    [TestCase("[]", "an array"), TestCase("null", "null"), TestCase("", "nothing"), TestCase("{\"text\":\"a\"/*x*/}", "a comment")]
    public async Task S36_Json_is_read_strictly(string json, string what)
    {
        using var answer = await Post(json);
        Assert.That((int)answer.StatusCode, Is.EqualTo(400), what);
        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString(), Is.Not.Empty);
    }

    [TestCase("https://evil.example", null, 403)]
    [TestCase("null", null, 403)]
    [TestCase(null, "cross-site", 403)]
    [TestCase(null, "same-site", 403)]
    [TestCase(null, null, 200)]
    [TestCase("self", "same-origin", 200)]
    public async Task S40_A_change_without_a_token_comes_from_our_own_pages_only(string? origin, string? site, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/probe/echo")
        {
            Content = new StringContent("{" + Good + "}", Encoding.UTF8, "application/json"),
        };
        if (origin is not null)
            request.Headers.Add("Origin", origin == "self" ? host.Url : origin);
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        using var answer = await client.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task S40_A_hub_handshake_from_elsewhere_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/hubs/slots") { Headers = { { "Origin", "https://evil.example" } } };
        using var answer = await client.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task S35_A_body_over_the_limit_is_refused_before_it_is_read()
    {
        using var answer = await Post("{\"text\":\"" + new string('a', 1100 * 1024) + "\"}");
        Assert.That((int)answer.StatusCode, Is.EqualTo(413));
    }

    [Test]
    public async Task S35_Depth_is_limited()
    {
        using var answer = await Post(
            "{"
                + Good.Replace(
                    "\"inner\":null",
                    "\"inner\":" + string.Concat(Enumerable.Repeat("{\"name\":", 40)) + "1" + new string('}', 40),
                    StringComparison.Ordinal
                )
                + "}"
        );
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
    }

    [TestCase(""), TestCase("with space"), TestCase("~\u007f")]
    public async Task S53_A_malformed_key_is_refused(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/probe/echo")
        {
            Content = new StringContent("{" + Good + "}", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var answer = await client.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task S51_A_full_disk_is_unavailable_and_a_node_that_runs_short_of_it_is_not_ready()
    {
        if (OperatingSystem.IsLinux())
        {
            using var full = await client.PostAsync("/api/probe/full", null);
            Assert.That(((int)full.StatusCode, full.Headers.RetryAfter is not null), Is.EqualTo((503, true)));
        }
        await using var small = await ProbeModule.Host(
            Engine.Sqlite,
            settings: new Dictionary<string, string?> { ["Health:LeastFreeMegabytes"] = "1000000000" }
        );
        using var prober = small.Client();
        Assert.That((int)(await prober.GetAsync("/health/ready")).StatusCode, Is.EqualTo(503));
        Assert.That((int)(await prober.GetAsync("/health/live")).StatusCode, Is.EqualTo(200), "there is no sense in starting it anew");
    }

    [TestCase("parceo.example.fr", "/connexion", 200)]
    [TestCase("PARCEO.example.fr:443", "/connexion", 200)]
    [TestCase("sas.example.fr", "/connexion", 200)]
    [TestCase("localhost:5080", "/connexion", 200)]
    [TestCase("ailleurs.example.org", "/connexion", 400)]
    [TestCase("parceo.example.fr.ailleurs.org", "/api/access/me", 400)]
    [TestCase("10.0.0.7:8080", "/health/live", 200)]
    public async Task It_answers_to_its_own_names_only(string name, string path, int status)
    {
        await using var known = await ProbeModule.Host(
            Engine.Sqlite,
            settings: new Dictionary<string, string?>
            {
                ["Parceo:PublicUrl"] = "https://parceo.example.fr",
                ["Parceo:Hosts"] = "sas.example.fr",
            }
        );
        using var anybody = known.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = name } };
        Assert.That((int)(await anybody.SendAsync(request)).StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task S40_The_cookie_of_forms_belongs_to_this_host_and_travels_encrypted_only()
    {
        using var page = await client.GetAsync("/connexion");
        var cookie = page.Headers.GetValues("Set-Cookie").Single(c => c.Contains("parceo-af", StringComparison.Ordinal));
        Assert.That(cookie, Does.StartWith("__Host-parceo-af="));
        Assert.That(
            cookie.Split(';').Skip(1).Select(p => p.Trim().ToLowerInvariant()),
            Is.EquivalentTo(new[] { "path=/", "secure", "samesite=strict", "httponly" })
        );
    }

    [Test]
    public void The_database_is_for_the_hosts_account_only()
    {
        if (OperatingSystem.IsWindows())
            return;
        var files = System
            .IO.Directory.GetFiles(host.Database.Folder, "*.db*")
            .Concat(System.IO.Directory.GetFiles(host.Database.Folder, "*.sqlite*"))
            .ToList();
        Assert.That(files, Is.Not.Empty);
        Assert.That(
            files.Where(f =>
                !OperatingSystem.IsWindows() && (File.GetUnixFileMode(f) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0
            ),
            Is.Empty
        );
    }

    [Test]
    public async Task S72_Health_says_nothing_more()
    {
        foreach (var probe in new[] { "live", "ready" })
        {
            using var answer = await client.GetAsync($"/health/{probe}");
            Assert.That((int)answer.StatusCode, Is.EqualTo(200));
            Assert.That(
                await answer.Content.ReadAsStringAsync(),
                Is.EqualTo(probe == "ready" ? "ok" : ""),
                "one word, no figure and no name"
            );
        }
    }
}
