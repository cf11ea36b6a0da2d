using System.Net;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Patients.Contracts;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>The table of bookings that leaves (S44): whole or not at all, and nothing in it is a formula.</summary>
internal sealed class ExportBookingsTests
{
    private const int Most = 10_000;
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(Engine.Sqlite);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private static TestUser As(World.Caller regulator) =>
        new(regulator.Id, regulator.OrganisationId, Roles.Regulator) { Departements = ["57"] };

    /// <summary>As a browser takes it away, just after signing in.</summary>
    private async Task<(HttpStatusCode Status, string Text)> Taken(World.Caller by)
    {
        var today = LocalTime.DayOf(host.Clock.GetUtcNow(), "Europe/Paris");
        using var browser = host.Client();
        browser.DefaultRequestHeaders.Add("Cookie", await host.SessionCookie(by));
        using var file = await browser.GetAsync(
            new Uri($"/api/slots/bookings.csv?from={today.AddDays(-1):yyyy-MM-dd}&to={today.AddDays(1):yyyy-MM-dd}", UriKind.Relative)
        );
        return (file.StatusCode, await file.Content.ReadAsStringAsync());
    }

    private async Task<List<string[]>> Rows(World.Caller by)
    {
        var (status, text) = await Taken(by);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), text);
        return [.. text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(';'))];
    }

    [Test]
    public async Task It_holds_all_bookings_of_more_people_than_are_asked_for_at_once_and_is_refused_rather_than_cut()
    {
        var nadia = (await host.Regulators(1))[0];
        var range = await Stored("Dr Camille Essai");
        var regulators = Enumerable.Range(0, 501).Select(_ => Guid.CreateVersion7()).ToList();
        Booking Made(int n) =>
            new(
                Guid.CreateVersion7(),
                range,
                n,
                regulators[n % regulators.Count],
                nadia.OrganisationId,
                $"57-{n}",
                new(34, Sex.Male),
                host.Clock.GetUtcNow()
            );
        Task Store(IEnumerable<Booking> bookings) =>
            host.With<SlotsDb, int>(db =>
            {
                db.AddRange(bookings);
                return db.SaveChangesAsync();
            });
        await Store(Enumerable.Range(1, Most).Select(Made));
        Assert.That(await Rows(nadia), Has.Count.EqualTo(Most));

        await Store([Made(Most + 1)]);
        var (status, text) = await Taken(nadia);
        Assert.That(
            (status, text.Contains("Période trop longue", StringComparison.Ordinal)),
            Is.EqualTo((HttpStatusCode.BadRequest, true)),
            text
        );
    }

    [TestCase("=HYPERLINK(1)"), TestCase("+33"), TestCase("-1"), TestCase("@SUM(1)")]
    public async Task Nothing_that_the_directory_says_is_a_formula_in_a_spreadsheet(string text)
    {
        var nadia = (await host.Regulators(1))[0];
        var range = await Stored(text);
        await host.Send(As(nadia), new BookSlot.Command(range.Id, "57-1", new(34, Sex.Male)));
        var row = (await Rows(nadia)).Single();
        Assert.That(new[] { row[5], row[7], row[8], row[9] }, Is.All.EqualTo("'" + text));
    }

    [Test]
    public async Task It_reads_an_index()
    {
        var index = await host.With<SlotsDb, string>(db =>
            Task.FromResult(
                db.Model.FindEntityType(typeof(Booking))!
                    .GetIndexes()
                    .Single(i => i.Properties.Select(p => p.Name).SequenceEqual([nameof(Booking.OrganisationId), nameof(Booking.BookedAt)]))
                    .GetDatabaseName()!
            )
        );
        var plan = await host.With<SlotsDb, string>(async db =>
        {
            var connection = db.Database.GetDbConnection();
            await db.Database.OpenConnectionAsync();
            await using var command = connection.CreateCommand();
            command.CommandText =
                "EXPLAIN QUERY PLAN SELECT * FROM slots_booking WHERE organisation_id = 'x' AND booked_at >= 1 AND booked_at < 2 ORDER BY booked_at, id LIMIT 9";
            await using var reader = await command.ExecuteReaderAsync();
            return await reader.ReadAsync() ? reader.GetString(3) : "";
        });
        Assert.That(plan, Does.Contain(index), plan);
    }

    private Task<SlotRange> Stored(string words) =>
        host.With<SlotsDb, SlotRange>(async db =>
        {
            var (now, calendar) = (host.Clock.GetUtcNow(), new Calendar(Guid.CreateVersion7(), Guid.CreateVersion7()));
            calendar.Refresh(words, "MEDECINE_GENERALE", words, words, words, "57", null, World.Metz, null);
            var range = new SlotRange(
                Guid.CreateVersion7(),
                calendar,
                now.AddHours(2),
                now.AddHours(3),
                1,
                Mode.Cabinet,
                null,
                Guid.CreateVersion7(),
                now
            );
            db.AddRange(calendar, range);
            await db.SaveChangesAsync();
            return range;
        });
}
