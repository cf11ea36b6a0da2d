using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Demo;
using Parceo.Platform.Data;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Rosters.Features;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>The demonstration is alive whenever somebody starts it, and starts it again: at night, on a holiday, in the last days of a month.</summary>
internal sealed class DemoWorldTests
{
    private static readonly TestUser Nadia = new(DemoCast.Prat.Id, DemoCast.Sas.Id, Roles.Regulator) { Departements = ["57"] },
        Roche =
            new(DemoCast.Roche.Id, DemoCast.Val.Id, Roles.Professional)
            {
                PractitionerIds = [DemoCast.Roche.DirectoryPersonId!.Value],
                Communes = [.. DemoCast.Val.Communes],
            };

    [TestCase(
        "2027-07-30T16:00:00Z",
        true,
        TestName = "Demo_on_a_Friday_before_a_Saturday_that_ends_the_month_and_again_when_all_of_it_is_over"
    )]
    [TestCase("2028-01-03T02:10:00Z", false, TestName = "Demo_in_the_night_to_the_first_Monday_of_a_year")]
    [TestCase("2028-12-31T22:59:00Z", false, TestName = "Demo_a_minute_before_a_year_ends_in_Paris")]
    public async Task Demo(string at, bool again)
    {
        await using var host = await ParceoHost.Start(
            Engine.Sqlite,
            demo: true,
            at: DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)
        );
        await AssertAlive(host);
        if (!again)
            return;
        host.Clock.Advance(TimeSpan.FromDays(338));
        await host.Services.SeedDemo(default);
        await AssertAlive(host);
    }

    private static async Task AssertAlive(ParceoHost host)
    {
        var now = host.Clock.GetUtcNow();
        var nothing = new List<DateTimeOffset>();
        foreach (var hour in Enumerable.Range(0, 48).Select(h => now.AddHours(h)))
            if ((await host.Send(Nadia, new SearchSlots.Query("57463", 10, From: hour, To: hour.AddHours(4)))).Slots.Count == 0)
                nothing.Add(hour);
        var past = await host.With<SlotsDb, int>(db =>
            db.Bookings.CountAsync(b => b.Start < now && b.Start > now.AddDays(-6) && b.State == BookingState.Fulfilled)
        );
        var running = (await host.Send(Nadia, new ListOrientations.Query())).Orientations.Where(c =>
            c.State == OrientationState.Soliciting
        );
        var duties = await host.Send(Roche, new ListMyDuties.Query());
        var sheets = new List<ShowSheet.Response>();
        foreach (var day in Enumerable.Range(0, 7))
            sheets.Add(await host.Send(Nadia, new ShowSheet.Query(Platform.LocalTime.DayOf(now, "Europe/Paris").AddDays(day))));
        var delegates = await host.With<AccessDb, int>(db =>
            db.Delegations.CountAsync(d => d.DelegateId == DemoCast.Bost.Id && d.From <= now && d.Until > now)
        );
        Assert.Multiple(() =>
        {
            Assert.That(nothing, Is.Empty, "something to book within four hours, by day and by night");
            Assert.That(past, Is.GreaterThan(10), "patients of the last days");
            Assert.That(running, Is.Not.Empty, "a wave that runs");
            Assert.That(duties.ToAnswer.Select(p => p.From), Has.Some.EqualTo("Dr Bilal Haddad"), "an exchange proposed to Dr Roche");
            Assert.That(duties.Duties, Is.Not.Empty, "duties of Dr Roche");
            Assert.That(
                sheets.Select(s => s.OnDuty.Count(p => p.Turns.Any(t => t.Name is not null))),
                Is.All.GreaterThanOrEqualTo(3),
                "who is on duty, for a week"
            );
            Assert.That(delegates, Is.EqualTo(1), "the secretary acts for Dr Roche");
        });
    }
}
