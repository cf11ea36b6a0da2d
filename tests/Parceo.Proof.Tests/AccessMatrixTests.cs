using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Platform.Modules;
using Parceo.Platform.Sending;
using Parceo.Platform.Web;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>
/// S14: who gets what answer, asked of the running host for every endpoint it has, as every role, about own things and
/// another organisation's. access-matrix.md is the norm: what differs from it, or is missing in it, fails. To take over a
/// change: <c>PARCEO_WRITE_MATRIX=1 build/test --filter FullyQualifiedName~AccessMatrix</c>, then read the difference.
/// </summary>
[TestFixture, Parallelizable(ParallelScope.Self)]
internal sealed class AccessMatrixTests
{
    private const string File = "access-matrix.md",
        ToReview = "TO REVIEW",
        Anonymous = "anonymous",
        Member = "member";
    private ParceoHost host = null!;
    private string actual = "";
    private readonly List<string> failures = [];

    [OneTimeSetUp]
    public async Task Ask()
    {
        host = await ParceoHost.Start(Engine.Sqlite);
        actual = await Matrix();
        if (Environment.GetEnvironmentVariable("PARCEO_WRITE_MATRIX") is { Length: > 0 })
            await System.IO.File.WriteAllTextAsync(Source, actual);
    }

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private static string Source { get; } = Path.Combine(Folder(), File);

    [Test]
    public void S14_Every_endpoint_answers_every_role_as_the_matrix_says()
    {
        var (expected, found) = (Lines(System.IO.File.Exists(Source) ? System.IO.File.ReadAllText(Source) : ""), Lines(actual));
        Assert.Multiple(() =>
        {
            Assert.That(found.Except(expected), Is.Empty, $"not in {File}: new, or answered otherwise");
            Assert.That(expected.Except(found), Is.Empty, $"in {File}, but not so any more");
        });

        static List<string> Lines(string text) => [.. text.Split('\n').Select(l => l.Trim()).Where(l => l.StartsWith('|'))];
    }

    [Test]
    public void S1_Whatever_answers_to_anybody_says_why() =>
        Assert.That(actual.Split('\n').Where(l => l.Contains(ToReview, StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void S14_No_role_is_answered_by_a_failure() => Assert.That(failures, Is.Empty);

    private async Task<string> Matrix()
    {
        var town = new Town(host);
        await town.Build();
        var calls = Surface.Of(host);
        var hubs = HubSurface.Of(host);
        var verdicts = new Dictionary<(object Call, bool Own), Dictionary<string, string>>();
        void Note(object call, bool own, string role, string verdict)
        {
            if (verdict.StartsWith('5'))
                failures.Add($"{call} as {role}: {verdict}");
            if (!verdicts.TryGetValue((call, own), out var row))
                verdicts[(call, own)] = row = [];
            row[role] = verdict;
        }
        foreach (var role in Roles.All.Prepend(Member).Prepend(Anonymous))
        {
            var (caller, practitioner) = role switch
            {
                Anonymous => (null, Guid.Empty),
                Member => (await town.Left(), Guid.CreateVersion7()),
                _ => await town.Caller(role),
            };
            using var api = new Api(host.Url, role == Member ? null : caller?.Token);
            foreach (var own in new[] { true, false })
            {
                var values = await town.Values(caller, practitioner, own);
                // First: some endpoints end what they are asked about.
                foreach (var hub in hubs.GroupBy(h => h.Path))
                {
                    (string, Guid)? cookie = role == Member ? (await host.SessionCookie(caller!), caller!.OrganisationId) : null;
                    foreach (
                        var (call, verdict) in await HubSurface.Ask(
                            host.Url,
                            [.. hub],
                            role == Member ? null : caller?.Token,
                            cookie,
                            values
                        )
                    )
                        Note(call, own, role, verdict);
                }
                foreach (var call in calls)
                {
                    // A session of its own for each call: some of them end it.
                    (string, Guid)? cookie = role == Member ? (await host.SessionCookie(caller!), caller!.OrganisationId) : null;
                    Note(call, own, role, await Verdict(api, call, values, cookie));
                }
            }
        }
        return Write(calls, hubs, verdicts);
    }

    private static async Task<string> Verdict(Api api, Call call, Func<string, string> values, (string Text, Guid Organisation)? cookie)
    {
        var body =
            call.Body is { } type ? Surface.Sample(type, values).ToJsonString()
            : call.Method is "GET" or "DELETE" ? null
            : "";
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Path(values));
        if (body is not null)
            request.Content = new StringContent(
                body,
                Encoding.UTF8,
                call.Body is null ? "application/x-www-form-urlencoded" : "application/json"
            );
        if (cookie is { } browser)
        {
            request.Headers.Add("Cookie", browser.Text);
            request.Headers.Add(PageOrganisation.Header, browser.Organisation.ToString()); // as our own pages say, or the answer would be about that (S40)
        }
        var (status, location) = await api.Status(request);
        return status switch
        {
            401 or 403 or 404 => $"{status}",
            >= 500 => $"{status}",
            302 when location.Contains("/connexion", StringComparison.Ordinal) => "sign-in",
            _ => "yes",
        };
    }

    private string Write(
        IReadOnlyList<Call> calls,
        IReadOnlyList<HubCall> hubs,
        Dictionary<(object Call, bool Own), Dictionary<string, string>> verdicts
    )
    {
        var text = new List<string>
        {
            """
                # Access matrix (S14)

                Asked of the running host by `AccessMatrixTests`; a line that differs fails the build. Everybody is a member of one SAS (57)
                and calls with a token that counts as proven by a second factor; *member* has left it and holds no role, but a browser's session that still
                names it. *own* = things of the caller in their own territory; *other* =
                of somebody in another organisation and territory. `yes` = let in (whatever the answer then says: 200, 400, 409…); 404 = may not
                know that it exists, or it is not there; `sign-in` = sent to the sign-in page.

                ## Public (S1)

                Static files, and:

                | endpoint | why it may answer to anybody |
                |---|---|
                """.Replace("\r", "", StringComparison.Ordinal),
        };
        var reasons = Reasons();
        foreach (var call in calls.Where(c => verdicts[(c, true)][Anonymous] is "yes" or "404"))
            text.Add($"| {call} | {reasons.GetValueOrDefault(call.ToString(), ToReview)} |");

        void Table(IEnumerable<object> rows)
        {
            foreach (var call in rows)
            {
                var (own, other) = (Say(verdicts[(call, true)]), Say(verdicts[(call, false)]));
                if (own == other)
                    text.Add($"| {call} | any | {own} |");
                else
                    text.Add($"| {call} | own | {own} |\n| {call} | other | {other} |");
            }
        }
        text.Add("\n## Endpoints\n\n| endpoint | object | answers |\n|---|---|---|");
        Table(calls);
        text.Add(
            "\n## Hub methods\n\nCalled on a connection of the role. `cut` = the connection ends as soon as it is open; *(listen)* = to be connected.\n\n| method | object | answers |\n|---|---|---|"
        );
        Table(hubs);

        text.Add(
            "\n## Requests\n\nWhat pages, forms, hubs and jobs send is checked at the same place, by request. ² = only after a second factor (S3).\n\n| request | who may send it |\n|---|---|"
        );
        var permissions = host.Services.GetRequiredService<PermissionCatalog>().All.ToDictionary(p => p.Name);
        foreach (
            var (request, module) in host
                .Services.GetRequiredService<ModuleCatalog>()
                .Requests.OrderBy(r => r.Value.Name)
                .ThenBy(r => RequestName.Of(r.Key))
        )
            text.Add($"| {module.Name}: {RequestName.Of(request)} | {Say(RequestAccess.Of(request), permissions)} |");
        return string.Join('\n', text) + '\n';
    }

    private static string Say(Dictionary<string, string> row)
    {
        var groups = row.GroupBy(r => r.Value).OrderBy(g => g.Count()).ThenBy(g => g.Key).ToList();
        return groups.Count == 1
            ? $"{groups[0].Key}: everybody"
            : string.Join(
                "; ",
                groups.Select((g, i) => $"{g.Key}: {(i == groups.Count - 1 ? "the others" : string.Join(", ", g.Select(r => r.Key)))}")
            );
    }

    private static string Say(RequestAccess access, Dictionary<string, PermissionGrant> permissions) =>
        access.Kind switch
        {
            AccessKind.Anyone => "anybody",
            AccessKind.SignedIn => "whoever is signed in",
            AccessKind.SystemOnly => "the host itself",
            _ =>
                $"{access.Permission}{(permissions[access.Permission!].Sensitive ? "²" : "")}: {string.Join(", ", permissions[access.Permission!].Roles)}",
        };

    /// <summary>The reasons that people wrote are kept.</summary>
    private static Dictionary<string, string> Reasons() =>
        !System.IO.File.Exists(Source)
            ? []
            : System
                .IO.File.ReadAllLines(Source)
                .SkipWhile(l => !l.StartsWith("## Public", StringComparison.Ordinal))
                .TakeWhile(l => !l.StartsWith("## Endpoints", StringComparison.Ordinal))
                .Select(l => l.Split('|', StringSplitOptions.TrimEntries))
                .Where(p => p.Length == 4 && p[1].Contains('/'))
                .ToDictionary(p => p[1], p => p[2]);

    private static string Folder()
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (System.IO.File.Exists(Path.Combine(d.FullName, "Parceo.sln")))
                return Path.Combine(d.FullName, "tests", "Parceo.Proof.Tests");
        throw new InvalidOperationException("Run it inside the repository.");
    }
}
