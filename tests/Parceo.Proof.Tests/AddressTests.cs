using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>
/// S36, S65: every page and everything else that can be asked for, as anybody may type its address: parameters that are
/// missing, wrong, given twice or unknown, ids that nothing has. Asked by nobody and by somebody who may do nearly everything.
/// </summary>
[TestFixture, Parallelizable(ParallelScope.Self)]
internal sealed partial class AddressTests
{
    private static readonly string[] Wrong =
    [
        "",
        "abc",
        "-1",
        "1.5",
        "99999999999999999999",
        "9999-12-31",
        "9999-12-31T23:59:59Z",
        "9999-12",
        "0001-01-01",
        "2026-02-30",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "ffffffffffffffff-ffffffffffffffffffffffffffffffff",
        "AAAA",
        "' OR 1=1 --",
        "<script>",
        "//example.org/\\",
        new('a', 3000),
    ];

    private ParceoHost host = null!;
    private Func<string, string> own = null!,
        other = null!;
    private string cookie = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(Engine.Sqlite);
        host.Clock.Stop();
        var town = new Town(host);
        await town.Build();
        var (caller, practitioner) = await town.Caller([.. Roles.All.Where(r => r != Roles.Delegate)]);
        own = await town.Values(caller, practitioner, ownThings: true);
        other = await town.Values(caller, practitioner, ownThings: false);
        cookie = await host.SessionCookie(caller);
    }

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [TestCase(false), TestCase(true)]
    public async Task S36_No_address_ends_in_a_failure_or_shows_one(bool signedIn)
    {
        var calls = Surface.Of(host).Where(c => c.Method == "GET" && !c.Pattern.StartsWith("/hubs", StringComparison.Ordinal)).ToList();
        var all = calls.SelectMany(Addresses).Distinct().ToList();
        // A quarter of them each day, all with the long proofs.
        var addresses = Engines.WholeRun ? all : [.. all.Where((_, i) => i % 4 == 0)];
        using var client = host.Client();
        if (signedIn)
            client.DefaultRequestHeaders.Add("Cookie", cookie);
        var (problems, shown) = (new ConcurrentQueue<string>(), 0);
        await Parallel.ForEachAsync(addresses, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (address, ct) =>
        {
            using var answer = await client.GetAsync(address, ct);
            var text = await answer.Content.ReadAsStringAsync(ct);
            if ((int)answer.StatusCode >= 500 || Stack().IsMatch(text))
                problems.Enqueue($"{address[..Math.Min(address.Length, 160)]}: {(int)answer.StatusCode} {Stack().Match(text)}");
            else if (answer.IsSuccessStatusCode)
                Interlocked.Increment(ref shown);
        });
        TestContext.Out.WriteLine($"{addresses.Count} addresses, {shown} answered with 200");
        foreach (var problem in problems)
            TestContext.Out.WriteLine(problem);
        Assert.Multiple(() =>
        {
            Assert.That(problems, Is.Empty, $"{problems.Count} answers; all are in the output");
            Assert.That(all, Has.Count.GreaterThan(3_000));
            Assert.That(shown, Is.GreaterThan(signedIn ? 100 : 3), "it must reach the pages themselves");
        });
    }

    private IEnumerable<string> Addresses(Call call)
    {
        var (good, address) = (call.Path(own), call.Path(own).Split('?')[0]);
        yield return good;
        yield return call.Path(other);
        yield return address;
        yield return With(good, "inconnu=1");
        foreach (var id in (string[])["42", "00000000-0000-0000-0000-000000000000", "..%2f..%2fetc"])
            if (call.Route.Count > 0)
                yield return call.Path(_ => id);
        foreach (var name in call.Names)
        {
            var right = Uri.EscapeDataString(own(name));
            yield return With(address, $"{name}");
            yield return With(address, $"{name}={right}&{name}={right}");
            foreach (var wrong in Wrong.Select(Uri.EscapeDataString))
            {
                yield return With(address, $"{name}={wrong}");
                yield return With(address, $"{name}={right}&{name}={wrong}");
            }
        }
        if (call.Names.Count > 1)
            foreach (var wrong in Wrong.Select(Uri.EscapeDataString))
                yield return With(address, string.Join('&', call.Names.Select(n => $"{n}={wrong}")));
    }

    private static string With(string address, string query) =>
        $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";

    [GeneratedRegex(@"^\s+at [\w.]+\.[\w<>`]+\(|System\.\w+Exception|InvalidOperationException", RegexOptions.Multiline)]
    private static partial Regex Stack();
}
