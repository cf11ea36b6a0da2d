using NUnit.Framework;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Platform.Geo;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Slots.Search;
using Parceo.Testing;

namespace Parceo.Slots.Tests.Features;

/// <summary>What a regulator asks of a search beyond its page: how many there are, who has this name, who else is near.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class NearAndNamedTests(Engine engine)
{
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(engine);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private DateTimeOffset Now => host.Clock.GetUtcNow();

    /// <summary>A doctor so many kilometres north of a place of its own, with slots at those hours.</summary>
    private Task<IReadOnlyList<SlotRange>> Doctor(GeoPoint at, string name, double km, string skill, Mode mode, params double[] hours) =>
        host.With<SlotsDb, IReadOnlyList<SlotRange>>(async db =>
        {
            var calendar = new Calendar(Guid.CreateVersion7(), Guid.CreateVersion7());
            calendar.Refresh(name, skill, skill, "Cabinet", "Metz", "57", null, new(at.Latitude + (km / 111.2), at.Longitude), "57463");
            db.Add(calendar);
            var ranges = hours.Select(h => Given.Range(calendar, Now, inHours: h, mode: mode)).ToList();
            db.AddRange(ranges);
            await db.SaveChangesAsync();
            return ranges;
        });

    private static string Point(GeoPoint at) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{at.Latitude},{at.Longitude}");

    [Test]
    public async Task The_count_is_of_all_pages_and_a_doctor_is_found_by_a_part_of_their_name_wherever_they_stand()
    {
        var (nadia, at) = (TestUser.Regulator(), new GeoPoint(48.9, 6.9));
        for (var i = 0; i < 12; i++)
            await Doctor(at, $"Dr Jean Numéro{i}", 0.5 * (i + 1), "COUNT", Mode.Cabinet, 1, 2, 3);
        await Doctor(at, "Dr Éléonore Grosjean-Müller", 9, "COUNT", Mode.Cabinet, 5);
        await Doctor(at, "Dr Jean Loin", 25, "COUNT", Mode.Cabinet, 1);
        var page = await host.Send(nadia, new SearchSlots.Query(Point(at), 10, "COUNT", Limit: 10, Count: true));
        Assert.That((page.Slots.Count, page.Effectors), Is.EqualTo((10, (int?)13)));
        var last = await host.Send(nadia, new SearchSlots.Query(Point(at), 10, "COUNT", Limit: 200, Count: true));
        Assert.That((last.Slots.Count, last.Effectors), Is.EqualTo((37, (int?)null)), "they all stand on it");
        foreach (var name in new[] { "müller", "MULLER", "grosjean", "Dr Éléo" })
            Assert.That(
                (await host.Send(nadia, new SearchSlots.Query(Point(at), 10, "COUNT", Limit: 10, Name: name))).Slots.Select(s => s.Name),
                Is.EqualTo(new[] { "Dr Éléonore Grosjean-Müller" }),
                name
            );
        var jeans = await host.Send(nadia, new SearchSlots.Query(Point(at), 10, "COUNT", Limit: 200, Name: "jean"));
        Assert.That(
            jeans.Slots.Select(s => s.Name).Distinct().Count(),
            Is.EqualTo(12),
            "« Grosjean » does not begin so; nor is « Loin » in the circle"
        );
        Assert.That(jeans.Slots.Select(s => s.DistanceKm), Is.Ordered);
        var stranger = TestUser.Regulator() with { Departements = ["67"] };
        Assert.That((await host.Send(stranger, new SearchSlots.Query(Point(at), 10, "COUNT", Name: "jean"))).Slots, Is.Empty, "S22");
    }

    [Test]
    public async Task Of_a_lost_slot_the_nearest_in_time_and_place_are_offered_and_wider_ones_when_there_are_none()
    {
        var (nadia, at) = (TestUser.Regulator(), new GeoPoint(48.6, 6.2));
        var lost = (await Doctor(at, "Dr Perdu", 0, "NEAR1", Mode.Cabinet, 20))[0];
        await host.Send(TestUser.Regulator(), new BookSlot.Command(lost.Id, "57-1", new(34, Sex.Male)));
        await Doctor(at, "Dr Tôt et loin", 25, "NEAR1", Mode.Cabinet, 19);
        await Doctor(at, "Dr Tard", 1, "NEAR1", Mode.Cabinet, 26);
        await Doctor(at, "Dr Juste", 3, "NEAR1", Mode.Cabinet, 21, 22);
        Assert.That(
            (await host.Send(nadia, new FindAlternatives.Query(lost.Id))).Select(s => s.Name),
            Is.EqualTo(new[] { "Dr Juste", "Dr Tôt et loin", "Dr Tard" }),
            "an hour weighs ten kilometres, and each doctor stands once"
        );

        var alone = (await Doctor(at, "Dr Seul", 0, "NEAR2", Mode.Cabinet, 20))[0];
        await host.Send(TestUser.Regulator(), new BookSlot.Command(alone.Id, "57-2", new(34, Sex.Male)));
        await Doctor(at, "Dr Visite", 2, "NEAR2", Mode.Visite, 21);
        await Doctor(at, "Dr Loin", 50, "NEAR2", Mode.Cabinet, 60);
        Assert.That(
            (await host.Send(nadia, new FindAlternatives.Query(alone.Id))).Select(s => s.Name),
            Is.EqualTo(new[] { "Dr Visite", "Dr Loin" })
        );
    }

    [Test]
    public async Task Others_than_a_lost_slot_are_near_the_patient_not_near_the_doctor_who_is_gone()
    {
        var (nadia, patient) = (TestUser.Regulator(), new GeoPoint(48.2, 6.4));
        var lost = (await Doctor(patient, "Dr Parti", 25, "NEAR3", Mode.Cabinet, 20))[0];
        await host.Send(TestUser.Regulator(), new BookSlot.Command(lost.Id, "57-3", new(34, Sex.Male)));
        await Doctor(patient, "Dr Voisin du parti", 26, "NEAR3", Mode.Cabinet, 20);
        await Doctor(patient, "Dr Voisin du patient", 2, "NEAR3", Mode.Cabinet, 20);
        foreach (
            var (place, km) in new[] { (Point(patient), new[] { 2.0, 26 }), (null, new[] { 1.0, 23 }), ("nulle part", new[] { 1.0, 23 }) }
        )
            Assert.That(
                (await host.Send(nadia, new FindAlternatives.Query(lost.Id, Place: place))).Select(s => Math.Round(s.DistanceKm)),
                Is.EqualTo(km),
                place ?? "a place that is not known"
            );
    }

    [
        TestCase("", null, "NAMED", 10, "Time"),
        TestCase("", Mode.Visite, "NAMED", 10, "Mode"),
        TestCase("", Mode.Visite, "OTHER", 10, "Skill")
    ]
    [TestCase("", null, "OTHER", 1, "Distance"), TestCase("x", null, "NAMED", 10, "Everything")]
    public async Task A_name_without_a_slot_is_told_what_was_in_the_way(string suffix, Mode? mode, string skill, double km, string missed)
    {
        var (nadia, at, name) = (TestUser.Regulator(), new GeoPoint(48.5, 5.2), $"Raison{missed}{km}{skill}{mode}");
        await Doctor(at, $"Dr {name}", 5, "NAMED", Mode.Cabinet, 200, 90);
        var search = new SearchSlots.Query(Point(at), km, skill, Mode: mode, Name: name);
        Assert.That((await host.Send(nadia, search)).Slots, Is.Empty);
        var why = await host.Send(nadia, new ExplainNamedSearch.Query(Point(at), km, name + suffix, skill, mode));
        Assert.That(
            (why.Missed.ToString(), why.Slots.Select(s => Math.Round((s.Start - Now).TotalHours))),
            Is.EqualTo((missed, suffix.Length > 0 ? [] : new[] { 90.0, 200 }))
                .Using<(string, IEnumerable<double>)>((a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2))
        );
        var stranger = TestUser.Regulator() with { Departements = ["67"] };
        Assert.That((await host.Send(stranger, new ExplainNamedSearch.Query(Point(at), km, name, skill, mode))).Slots, Is.Empty, "S22");
    }

    [Test]
    public async Task A_search_that_finds_nothing_suggests_who_is_farther_later_or_sees_patients_in_another_way()
    {
        var (nadia, at) = (TestUser.Regulator(), new GeoPoint(49.4, 6.1));
        await Doctor(at, "Dr Plus loin", 20, "NONE1", Mode.Cabinet, 3);
        await Doctor(at, "Dr Plus tard", 1, "NONE1", Mode.Cabinet, 40);
        await Doctor(at, "Dr Trop loin", 60, "NONE1", Mode.Cabinet, 3);
        Assert.That((await host.Send(nadia, new SearchSlots.Query(Point(at), 10, "NONE1", To: Now.AddHours(4)))).Slots, Is.Empty);
        var near = await host.Send(nadia, new SuggestSlots.Query(Point(at), 10, "NONE1", To: Now.AddHours(4)));
        Assert.That(near.Select(s => s.Name), Is.EqualTo(new[] { "Dr Plus loin", "Dr Plus tard" }));
        Assert.That((await host.Send(nadia, new SuggestSlots.Query(Point(at), 10, "NOBODY"))), Is.Empty);
    }
}
