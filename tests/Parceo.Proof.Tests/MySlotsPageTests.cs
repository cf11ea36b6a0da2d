using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Demo;
using Parceo.Directory.Contracts;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Directory.Import;
using Parceo.Directory.Reference;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Features;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>« Mes créneaux » as a browser gets it, for a doctor who practises near Metz and on La Réunion.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed partial class MySlotsPageTests(Engine engine)
{
    private const string Page = "/soins-non-programmes/creneaux",
        Paris = "Europe/Paris";
    private ParceoHost host = null!;
    private HttpClient browser = null!;
    private Practitioner doctor = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        // Eight minutes before midnight in Paris: the hour at which « today » is easily got wrong.
        host = await ParceoHost.Start(
            engine,
            at: LocalTime.At(LocalTime.DayOf(TimeProvider.System.GetUtcNow(), Paris).AddDays(1), new(23, 52), Paris)
        );
        host.Clock.Stop(); // and it stays, however long all this takes
        using var file = new MemoryStream();
        new RppsFileWriter(new CommuneIndex(), new Nos()).Write(file, new() { Lines = 3_000, Departements = ["57", "974"] });
        await host
            .Services.GetRequiredService<DirectoryImporter>()
            .Apply(RppsFile.Of("test.txt", file.ToArray()), PersonOrigin.National, CancellationToken.None);
        var travellers = await host.With<DirectoryDb, List<Guid>>(db =>
            db.Activities.Where(a => a.Departement == "57" && a.Latitude != null)
                .Join(
                    db.Activities.Where(a => a.Departement == "974" && a.Latitude != null),
                    a => a.PersonId,
                    a => a.PersonId,
                    (a, _) => a.PersonId
                )
                .Distinct()
                .Order()
                .Take(100)
                .ToListAsync()
        );
        doctor = (await host.SendAsSystem(new GetPractitioners.Query(travellers))).First(p => p.Activities[0].Departement == "57");
        var caller = await host.Member(await host.Organisation("SAS 57"), "Doctor", [Roles.Effector], doctor.Id);
        browser = host.Client(caller.Token);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        browser.Dispose();
        await host.DisposeAsync();
    }

    [TestCase("0001-01-01"), TestCase("9999-12-31"), TestCase("2026-02-30"), TestCase("demain"), TestCase("%27--%3Cb%3E"), TestCase("")]
    public async Task A_day_that_is_none_shows_today(string day)
    {
        foreach (var view in new[] { "", "&vue=semaine" })
        {
            using var answer = await browser.GetAsync($"{Page}?jour={day}{view}");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            var tomorrow = LocalTime.DayOf(host.Clock.GetUtcNow(), Paris).AddDays(view.Length == 0 ? 1 : 7);
            Assert.That(
                await answer.Content.ReadAsStringAsync(),
                Does.Contain($"jour={tomorrow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"),
                "« Après » follows today"
            );
        }
    }

    [TestCase("974", "06:30"), TestCase("57", "09:30")]
    public async Task S61_The_hour_published_is_that_of_the_place_chosen(string departement, string utc)
    {
        var place = doctor.Activities.First(a => a.Departement == departement && a.Latitude is not null);
        // A winter's day: Metz is one hour before UTC then, La Réunion four.
        var now = host.Clock.GetUtcNow();
        var day = new DateOnly(now.Year + 1, 1, departement == "57" ? 14 : 15);
        await Publish(place, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "autre", "10:30");
        var start = await host.With<SlotsDb, List<DateTimeOffset>>(db =>
            db.Ranges.Where(r => r.CalendarId == place.Id && r.Start > now.AddDays(2)).Select(r => r.Start).ToListAsync()
        );
        Assert.That(start.Single().UtcDateTime, Is.EqualTo(day.ToDateTime(TimeOnly.Parse(utc, CultureInfo.InvariantCulture))));
    }

    [Test]
    public async Task Just_before_midnight_the_next_start_is_offered_and_published_for_tomorrow()
    {
        var midnight = LocalTime.StartOfDay(LocalTime.DayOf(host.Clock.GetUtcNow(), Paris).AddDays(1), Paris);
        var html = await (await browser.GetAsync(Page)).Content.ReadAsStringAsync();
        var (day, starts) = (Day().Match(html).Groups[1].Value, Starts().Matches(html).Select(m => m.Groups[1].Value).ToList());
        Assert.That(starts, Is.EqualTo(new[] { "00:00", "00:15", "00:30" }));
        var place = doctor.Activities.First(a => a.Departement == "57" && a.Latitude is not null);
        await Publish(place, day, "debut", starts[0]);
        Assert.That(
            await host.With<SlotsDb, bool>(db => db.Ranges.AnyAsync(r => r.CalendarId == place.Id && r.Start == midnight)),
            Is.True,
            "what the page offers can be published as it stands"
        );
    }

    [Test]
    public async Task What_is_over_today_is_none_of_the_next_dates()
    {
        var today = LocalTime.DayOf(host.Clock.GetUtcNow(), Paris);
        var place = doctor.Activities.First(a => a.Departement == "57" && a.Latitude is not null);
        var user = TestUser.Effector(doctor.Id);
        foreach (var start in new[] { "20:00", "23:00" })
        {
            var plan = await host.Send(
                user,
                new PlanSlots.Command(
                    doctor.Id,
                    place.Id,
                    today.DayOfWeek,
                    TimeOnly.Parse(start, CultureInfo.InvariantCulture),
                    58,
                    1,
                    1,
                    Mode.Cabinet,
                    today,
                    PublicHolidays: true
                )
            );
            var dates = (await host.Send(user, new ListPlans.Query(doctor.Id))).Single(p => p.Id == plan.PlanId).Next;
            Assert.That(dates[0], Is.EqualTo(today.AddDays(7)), $"at 23:52, {start} has begun");
            await host.Send(user, new EndPlan.Command(plan.PlanId, today));
        }
    }

    private async Task Publish(PractitionerActivity place, string day, string field, string start)
    {
        using var form = await browser.GetAsync(Page);
        using var request = new HttpRequestMessage(HttpMethod.Post, Page)
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["_handler"] = "publier",
                    ["__RequestVerificationToken"] = Token().Match(await form.Content.ReadAsStringAsync()).Groups[1].Value,
                    ["jour"] = day,
                    [field] = start,
                    ["duree"] = "20",
                    ["places"] = "1",
                    ["lieu"] = place.Id.ToString(),
                    ["mode"] = "Cabinet",
                }
            ),
        };
        request.Headers.Add("Cookie", string.Join("; ", form.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0])));
        using var answer = await browser.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [GeneratedRegex("<input[^>]*value=\"([^\"]+)\"[^>]*name=\"jour\"")]
    private static partial Regex Day();

    [GeneratedRegex("<input[^>]*name=\"debut\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Starts();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
