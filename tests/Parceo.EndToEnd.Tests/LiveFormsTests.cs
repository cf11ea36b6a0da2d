namespace Parceo.EndToEnd.Tests;

/// <summary>After an act that succeeded nothing that was typed for it stays in its form, the field that has the focus included: it would be sent for the next patient.</summary>
[TestFixture, Parallelizable(ParallelScope.Self)]
public sealed class LiveFormsTests : BrowserTest
{
    private static IEnumerable<string> Patterns => AccessibilityTests.Rows.Keys;

    [TestCaseSource(nameof(Patterns))]
    public async Task Nothing_typed_stays_in_a_form_that_was_taken(string pattern)
    {
        Allow("the server responded with a status of 4"); // the pages of refusals
        Allow("the server responded with a status of 5");
        var page = await (await Desk(signedIn: AccessibilityTests.Rows[pattern].Who)).NewPageAsync();
        // What a server says after a success: the page as it is for whoever has typed nothing.
        await page.RouteAsync("**/*", async route =>
        {
            if (route.Request.Method != "POST" || route.Request.Url.Contains("/hubs/", StringComparison.Ordinal))
                await route.FallbackAsync();
            else
                await route.FulfillAsync(
                    new() { Response = await route.FetchAsync(new() { Method = "GET", PostData = Array.Empty<byte>() }) }
                );
        });
        await AccessibilityTests.Open(page, pattern);
        var forms = await page.EvaluateAsync<int>(Forms + ".length");
        var kept = new List<string>();
        for (var i = 0; i < forms; i++)
            kept.AddRange(await page.EvaluateAsync<string[]>(TypeAndSend, i));
        Assert.That(kept, Is.Empty, string.Join('\n', kept));
    }

    private const string Forms = """
        [...document.querySelectorAll('main form[data-soft]')].filter(f => f.method === 'post')
        """;

    private const string TypeAndSend = $$"""
        async i => {
            const form = {{Forms}}[i];
            if (!form) return [];
            const fields = [...form.elements].filter(e => e.matches('textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=submit])'));
            const words = { number: '7', date: '2031-05-06', time: '03:07', email: 'reste@exemple.fr', tel: '0300000000' };
            for (const f of fields) f.value = words[f.type] ?? 'Reste';
            const typed = fields.map(f => [f, f.value]);
            fields.find(f => f.checkVisibility())?.focus();
            form.noValidate = true;
            const drawn = new Promise(done => document.addEventListener('parceo:toasts', done, { once: true }));
            form.requestSubmit();
            await drawn;
            return typed.filter(([f, was]) => f.isConnected && f.value === was && f.value !== f.defaultValue).map(([f]) => `${form.getAttribute('action') ?? ''} ${f.name}`);
        }
        """;
}
