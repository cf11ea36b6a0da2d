using Parceo.Access.Contracts;
using Parceo.Demo;

namespace Parceo.EndToEnd.Tests;

/// <summary>On the regulator's page with results nothing jumps while it comes. What it weighs is seen with all pages (<see cref="PagesTests"/>).</summary>
[TestFixture]
public sealed class StillnessTests : BrowserTest
{
    [Test]
    public async Task The_first_load_with_results_is_still()
    {
        var desk = await Desk(signedIn: DemoCast.Viel);
        await desk.AddInitScriptAsync(
            """
            window.shifts = [];
            new PerformanceObserver(l => l.getEntries().forEach(e => window.shifts.push(`${e.value} at ${Math.round(e.startTime)} ms: ` +
                e.sources.map(s => `${s.node?.nodeName}#${s.node?.id}.${s.node?.className} ${JSON.stringify(s.previousRect)} → ${JSON.stringify(s.currentRect)}`).join('; ')))).observe({ type: 'layout-shift', buffered: true });
            """
        );
        var page = await desk.NewPageAsync();
        await page.GotoAsync("/soins-non-programmes?lieuText=Metz&rayon=5", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Expect(page.Locator(".p-results tbody tr").First).ToBeVisibleAsync();
        await Live(page);

        var shifts = await page.EvaluateAsync<string[]>(
            "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(window.shifts))))"
        );
        Assert.That(shifts, Is.Empty, string.Join('\n', shifts));
        // The page comes in pieces: what is painted first stands where it stays, though what comes after it in the text stands before it on the screen.
        var places = await page.EvaluateAsync<double[]>(
            "(() => { const left = () => document.querySelector('.p-col.work').getBoundingClientRect().left, whole = left(); document.querySelector('.p-col.cases').remove(); return [left(), whole]; })()"
        );
        Assert.That(places[0], Is.EqualTo(places[1]));
    }
}
