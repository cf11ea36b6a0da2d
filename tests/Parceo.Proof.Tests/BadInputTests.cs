using System.Data.Common;
using System.Globalization;
using System.Net.Http.Headers;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Platform.Modules;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>
/// S16, S17, S35, S36, S65: requests that are wrong in every way we can think of, generated over the live API for a caller
/// who may do nearly everything. Each gets a 4xx ProblemDetails with a code and a reference, and nothing is changed.
/// </summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class BadInputTests(Engine engine)
{
    private const int AtLeast = 200;

    // Written while requests are refused: who was denied what, and that a token was used.
    private static readonly string[] Moving =
    [
        "audit",
        "audit_seal",
        "lease",
        "api_token",
        "data_protection_key",
        "outbox",
        "outbox_delivery",
        "subscriber",
    ];

    private sealed record Bad(
        string What,
        string Method,
        string Path,
        byte[]? Body = null,
        string? Type = "application/json",
        IReadOnlyList<(string, string)>? Headers = null
    );

    private ParceoHost host = null!;
    private Town town = null!;
    private World.Caller caller = null!;
    private Func<string, string> own = null!,
        other = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(engine);
        host.Clock.Stop();
        town = new Town(host);
        await town.Build();
        (caller, var practitioner) = await town.Caller([.. Roles.All.Where(r => r != Roles.Delegate)]);
        own = await town.Values(caller, practitioner, ownThings: true);
        other = await town.Values(caller, practitioner, ownThings: false);
    }

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task S36_Every_bad_request_gets_a_4xx_with_code_and_reference_and_changes_nothing()
    {
        var requests = Surface.Of(host).Where(c => c.Pattern.StartsWith("/api/", StringComparison.Ordinal)).SelectMany(Generate).ToList();
        Assert.That(requests, Has.Count.GreaterThanOrEqualTo(AtLeast));
        using var api = new Api(host.Url, caller.Token);
        await Expect.Eventually(
            async () => (await Fingerprint(outboxes: true)).Values.All(p => p.StartsWith("0 rows", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(60),
            "what the town's making has set off"
        );
        var before = await Fingerprint();
        var problems = new List<string>();
        foreach (var bad in requests)
        {
            var answer = await api.Send(Message(bad));
            var reference =
                answer.Body.ValueKind == JsonValueKind.Object && answer.Body.TryGetProperty("traceId", out var id) ? id.GetString() : null;
            if (answer.Status is < 400 or > 499 || string.IsNullOrEmpty(answer.Code) || string.IsNullOrEmpty(reference))
                problems.Add($"{bad.Method} {bad.Path[..Math.Min(bad.Path.Length, 140)]} ({bad.What}): {answer.Status} {answer.Code}");
        }
        var after = await Fingerprint();
        TestContext.Out.WriteLine($"{engine}: {requests.Count} bad requests");
        problems.ForEach(TestContext.Out.WriteLine);
        Assert.Multiple(() =>
        {
            Assert.That(problems, Is.Empty, $"{problems.Count} answers; all are in the output");
            Assert.That(after, Is.EqualTo(before), "a refused request changed something");
        });
    }

    [Test]
    public async Task S35_What_is_too_large_for_the_server_itself_is_refused_by_it()
    {
        using var api = new Api(host.Url, caller.Token);
        var header = new HttpRequestMessage(HttpMethod.Get, "/api/access/me") { Headers = { { "X-Large", new string('a', 40_000) } } };
        var query = new HttpRequestMessage(HttpMethod.Get, "/api/directory/people?q=" + new string('a', 20_000));
        Assert.That((await api.Status(header)).Status, Is.EqualTo(431));
        Assert.That((await api.Status(query)).Status, Is.EqualTo(414));
    }

    [Test]
    public async Task S53_A_key_used_again_with_another_body_is_refused()
    {
        using var api = new Api(host.Url, caller.Token);
        var range = (await host.Ranges(1, capacity: 5))[0];
        Assert.That((await api.Book(range, "used")).Status, Is.EqualTo(201));
        foreach (
            var other in new[]
            {
                Api.Patient.Replace("34", "35", StringComparison.Ordinal),
                Api.Patient.Replace("000001", "000002", StringComparison.Ordinal),
            }
        )
            Assert.That((await api.Book(range, "used", other)).Status, Is.EqualTo(422));
        Assert.That((await api.Send(HttpMethod.Post, $"/api/slots/ranges/{range}/holds", "", "used")).Status, Is.EqualTo(422));
    }

    private static HttpRequestMessage Message(Bad bad)
    {
        var request = new HttpRequestMessage(new HttpMethod(bad.Method), bad.Path);
        if (bad.Body is not null)
        {
            request.Content = new ByteArrayContent(bad.Body);
            // Otherwise the refusal may come, and the connection end, while the body is still being written.
            request.Headers.ExpectContinue = bad.Body.Length > 1 << 20;
            if (bad.Type is not null)
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(bad.Type);
        }
        foreach (var (name, value) in bad.Headers ?? [])
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private IEnumerable<Bad> Generate(Call call)
    {
        var path = call.Path(own);
        var wrongMethod = call.Method == "DELETE" ? "PATCH" : "DELETE";
        yield return new("a method it does not have", wrongMethod, path);
        foreach (var (what, value) in Ids)
            for (var i = 0; i < Math.Min(1, call.Route.Count); i++)
                if (Guid.TryParse(own(call.Meaning(call.Route[i])), out _))
                    yield return new(
                        $"id: {what}",
                        call.Method,
                        call.Path(n => n == call.Meaning(call.Route[0]) ? value : own(n)),
                        Body(call)
                    );
        if (
            call.Route.Count > 0
            && call.Method != "GET"
            && other(call.Meaning(call.Route[0])) != own(call.Meaning(call.Route[0]))
            && call.Pattern is not ("/api/slots/holds/{holdId}/release" or "/api/messaging/desks/{deskId}/threads")
        ) // anybody writes to a desk
            yield return new("the id of another organisation's", call.Method, call.Path(other), Body(call));
        foreach (
            var bad in call.Query.SelectMany(q =>
                Queries(call, path, q.Name!, Nullable.GetUnderlyingType(q.ParameterType) ?? q.ParameterType)
            )
        )
            yield return bad;
        yield return new(
            "a parameter that it does not have",
            call.Method,
            $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limite=5",
            Body(call)
        );
        if (call.Body is not null)
            foreach (var bad in Bodies(call, path))
                yield return bad;
        if (call.Method == "POST")
            foreach (
                var (what, key) in new[]
                {
                    ("empty", ""),
                    ("with a space", "a b"),
                    ("too long", new string('k', 101)),
                    ("a control character", "a\u0001"),
                }
            )
                yield return new($"an idempotency key: {what}", "POST", path, Body(call), Headers: [("Idempotency-Key", key)]);
    }

    private byte[]? Body(Call call) =>
        call.Body is { } type ? Bytes(Surface.Sample(type, own).ToJsonString())
        : call.Method == "POST" ? []
        : null;

    private static readonly (string What, string Value)[] Ids =
    [
        ("not a uuid", "42"),
        ("a path", "../../etc/passwd"),
        ("SQL", "' OR 1=1 --"),
        ("of nothing", "00000000-0000-0000-0000-000000000000"),
        ("one character short", "0199aaaa-bbbb-7ccc-8ddd-eeeeeeeeeee"),
    ];

    private static IEnumerable<Bad> Queries(Call call, string path, string name, Type type)
    {
        string With(string raw)
        {
            var (address, query) = path.Split('?') is [var a, var q] ? (a, q) : (path, "");
            var others = query
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Where(p => !p.StartsWith(name + "=", StringComparison.Ordinal));
            return $"{address}?{string.Join('&', others.Append($"{name}={raw}"))}";
        }
        IEnumerable<(string What, string Raw)> values = type switch
        {
            _ when type == typeof(string) && name == "next" =>
            [
                ("made up", "%21%21"),
                ("made up", "AAAA"),
                ("made up", new string('A', 34)),
                ("too long", new string('A', 5000)),
                ("NUL", "a%00b"),
            ],
            _ when type == typeof(string) =>
            [
                ("NUL", "me%00tz"),
                ("bidi", "me%E2%80%AEtz"),
                ("a control character", "me%07tz"),
                ("too long", new string('a', 5000)),
                ("what no character is", "%EF%BF%BD"),
            ],
            _ when type == typeof(int) =>
            [
                ("no number", "ten"),
                ("too great", "2147483648"),
                ("a fraction", "1.5"),
                ("negative", "-1"),
                .. name == "seed" ? (IEnumerable<(string, string)>)[] : [("far too many", "100000")],
            ],
            _ when type == typeof(double) =>
            [
                ("no number", "far"),
                ("infinite", "1e999"),
                ("not a number", "NaN"),
                ("negative", "-1"),
                ("around the world", "40000"),
            ],
            _ when type == typeof(DateTimeOffset) =>
            [
                ("no date", "yesterday"),
                ("no such day", "2026-02-30T00:00:00Z"),
                ("no such hour", "2026-02-01T25:00:00Z"),
                ("too far", "99999-01-01T00:00:00Z"),
                ("the last year of all", "9999-12-31T23:00:00Z"),
                ("no offset", "2026-11-30T09:00:00"),
                ("a day only", "2026-11-30"),
            ],
            _ when type == typeof(DateOnly) => [("no day", "hier"), ("no such day", "2026-02-30"), ("the last year of all", "9999-12-31")],
            _ when type == typeof(Guid) => [("not a uuid", "42"), ("SQL", "%27%20OR%201%3D1")],
            _ => [],
        };
        return values.Append((What: "twice", Raw: $"1&{name}=1")).Select(v => new Bad($"{name}: {v.What}", call.Method, With(v.Raw)));
    }

    private IEnumerable<Bad> Bodies(Call call, string path)
    {
        Bad With(string what, string json, string? type = "application/json") => new(what, call.Method, path, Bytes(json), type);
        var sample = Surface.Sample(call.Body!, own);
        var good = sample.ToJsonString();
        foreach (
            var (what, json) in new[]
            {
                ("nothing", ""),
                ("half", good[..(good.Length / 2)]),
                ("an array", "[]"),
                ("null", "null"),
                ("a number", "1"),
                ("a text", "\"a\""),
                ("trailing data", good + "{}"),
                ("a comment", "/* */" + good),
                ("an unknown member", good[..^1] + ",\"more\":1}"),
                ("__proto__", good[..^1] + ",\"__proto__\":{}}"),
                (
                    "depth",
                    good[..^1] + ",\"more\":" + string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60)) + "}"
                ),
                ("over a mebibyte", good[..^1] + ",\"more\":\"" + new string('a', 1_100_000) + "\"}"),
            }
        )
            yield return With(what, json);
        foreach (
            var type in new[]
            {
                "text/plain",
                "application/xml",
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencoded",
                null,
            }
        )
            yield return With($"content type {type ?? "none"}", good, type);
        yield return new("bytes that are no UTF-8", call.Method, path, [.. Bytes(good[..^1]), .. ",\"more\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        foreach (var bad in Members(call, path, sample, sample, call.Body!))
            yield return bad;
    }

    private static IEnumerable<Bad> Members(Call call, string path, JsonObject root, JsonObject at, Type type)
    {
        foreach (var member in Surface.Members(type))
        {
            var (name, value) = (Surface.Name(member), at[Surface.Name(member)]);
            foreach (var (what, json) in Wrong(member, value))
            {
                // The text is put in place of a mark, because a JSON object cannot hold what is not JSON.
                at[name] = "@@mark@@";
                var body = root.ToJsonString().Replace("\"@@mark@@\"", json, StringComparison.Ordinal);
                at[name] = value?.DeepClone();
                yield return new($"{name}: {what}", call.Method, path, Bytes(body));
            }
            at.Remove(name);
            at.Add(name, value?.DeepClone());
            yield return new($"{name} twice", call.Method, path, Bytes(Twice(root, name)));
            if (at[name] is JsonObject inner)
                foreach (var bad in Members(call, path, root, inner, member.ParameterType))
                    yield return bad;
        }
    }

    private static string Twice(JsonObject root, string name)
    {
        var json = root.ToJsonString();
        var at = json.IndexOf($"\"{name}\":", StringComparison.Ordinal);
        return json.Insert(at, $"\"{name}\":null,");
    }

    /// <summary>What a member cannot be: other JSON types, null unless it may be, and texts that are no value of its type.</summary>
    private static IEnumerable<(string What, string Json)> Wrong(ParameterInfo member, JsonNode? value)
    {
        var type = Nullable.GetUnderlyingType(member.ParameterType) ?? member.ParameterType;
        yield return ("an object", "{\"a\":1}");
        if (type != typeof(bool))
            yield return ("a truth", "true");
        if (!Call.MayBeNull(member))
            yield return ("null", "null");
        yield return value is JsonArray ? ("an array of arrays", "[[1]]") : ("an array", "[1]");
        if (!type.IsPrimitive || type == typeof(bool))
            yield return ("a number", "1");
        IEnumerable<(string What, string Inside)> texts = type switch
        {
            _ when type.IsPrimitive || value is JsonArray or JsonObject => [("a text", "20"), ("a truth as text", "true")],
            _ when type == typeof(Guid) => [("no uuid", "42"), ("empty", "")],
            _ when type == typeof(DateTimeOffset) =>
            [
                ("no date", "yesterday"),
                ("no such day", "2026-02-30T00:00:00Z"),
                ("the first day of all", "0001-01-01T00:00:00Z"),
                ("the last year of all", "9999-12-31T23:00:00Z"),
                ("no offset", "2026-11-30T09:00:00"),
            ],
            _ when type == typeof(DateOnly) =>
            [
                ("no date", "yesterday"),
                ("no such day", "2026-02-30"),
                ("with an hour", "2026-01-01T00:00:00Z"),
                ("the last year of all", "9999-12-31"),
            ],
            _ when type == typeof(TimeOnly) => [("no time", "noon"), ("no such hour", "25:00:00"), ("a day", "2026-01-01")],
            _ when type == typeof(string) || type.IsEnum =>
            [
                ("NUL", "a\\u0000b"),
                ("a control character", "a\\u0007b"),
                ("bidi", "a\\u202eb"),
                ("half a character", "a\\ud83d"),
                ("the other half", "\\ude00a"),
                ("too long", new string('a', 30_000)),
            ],
            _ => throw new InvalidOperationException($"No wrong values are known for {type}."),
        };
        foreach (var (what, inside) in texts)
            yield return (what, $"\"{inside}\"");
        if (type.IsPrimitive && type != typeof(bool))
            foreach (var (what, json) in new[] { ("negative", "-1"), ("huge", "1e400"), ("over an int", "2147483648") })
                yield return (what, json);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A hash of everything in every table but those that refusals themselves write to; or of the outboxes only.</summary>
    private async Task<Dictionary<string, string>> Fingerprint(bool outboxes = false)
    {
        var prints = new Dictionary<string, string>();
        foreach (var type in host.Services.GetRequiredService<ModuleCatalog>().Modules.Select(m => m.Db).OfType<Type>())
        {
            await using var scope = host.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("proof");
            var db = (DbContext)scope.ServiceProvider.GetRequiredService(type);
            await db.Database.OpenConnectionAsync();
            foreach (
                var table in db
                    .Model.GetEntityTypes()
                    .Where(e => e.GetTableName() is not null)
                    .Select(e => (Schema: e.GetSchema(), Name: e.GetTableName()!))
                    .Distinct()
            )
            {
                if (outboxes ? !Ends(table.Name, "outbox") : Moving.Any(m => Ends(table.Name, m)))
                    continue;
                var name = table.Schema is null ? $"\"{table.Name}\"" : $"\"{table.Schema}\".\"{table.Name}\"";
                prints[name] = await Hash(db.Database.GetDbConnection(), name);
            }
        }
        return prints;
    }

    private static bool Ends(string table, string name) => table == name || table.EndsWith("_" + name, StringComparison.Ordinal);

    private static async Task<string> Hash(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the name comes from the model
        command.CommandText = $"SELECT * FROM {table}";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(
                string.Join(
                    '|',
                    Enumerable
                        .Range(0, reader.FieldCount)
                        .Select(i =>
                            reader.GetValue(i) is byte[] b
                                ? Convert.ToHexString(b)
                                : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)
                        )
                )
            );
        rows.Sort(StringComparer.Ordinal);
        return $"{rows.Count} rows {Convert.ToHexString(SHA256.HashData(Bytes(string.Join('\n', rows))))[..16]}";
    }
}
