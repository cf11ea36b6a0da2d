using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Data;
using Parceo.Directory.Features;
using Parceo.Directory.Import;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Testing;
using static Parceo.Directory.Tests.Given;

namespace Parceo.Directory.Tests.Features;

/// <summary>What a territory calls its quarters and landmarks is understood where a commune is; its own first, one letter forgiven.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class PlaceAliasTests(Engine engine)
{
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(engine);
        await host.Import([
            Line(1, "ROCHE", "Anne"),
            Line(2, "FAURE", "Elsa", [(RppsColumn.CommuneCode, "57751"), (RppsColumn.PostalCode, "57140")]),
        ]);
    }

    [OneTimeTearDown]
    public ValueTask Stop() => host.DisposeAsync();

    private static TestUser Coordinator(Guid? organisation = null) =>
        new(Guid.CreateVersion7(), organisation ?? Guid.CreateVersion7(), Roles.Coordinator) { Communes = ["57463", "57447", "57480"] };

    private async Task<TestUser> Metz()
    {
        var karim = Coordinator();
        await host.Send(karim, new AddPlaceAlias.Command("Borny", "Metz"));
        await host.Send(karim, new AddPlaceAlias.Command("Le Sablon", "57463"));
        await host.Send(karim, new AddPlaceAlias.Command("Gare de Metz", "57000", "49.1098, 6.1772"));
        await host.Send(karim, new AddPlaceAlias.Command("CHR Mercy", "Ars-Laquenexy", "49.0783, 6.2297"));
        return karim;
    }

    [TestCase("Borny", "57463", "Borny, Metz (57000)", false)]
    [TestCase("BORNY", "57463", "Borny, Metz (57000)", false)]
    [TestCase("Borny, Metz (57000)", "57463", "Borny, Metz (57000)", false, TestName = "As the combobox writes it")]
    [TestCase("bornny", "57463", "Borny, Metz (57000)", false, TestName = "A letter too many")]
    [TestCase("sablom", "57463", "Le Sablon, Metz (57000)", false, TestName = "A letter wrong")]
    [TestCase("la gare metz", "57463", "Gare de Metz", true, TestName = "Without its small words")]
    [TestCase("mercy", "57031", "CHR Mercy, Ars-Laquenexy (57530)", true, TestName = "A word inside")]
    [TestCase("Marly", "57447", "Marly (57155)", false, TestName = "A commune of one's own stays itself")]
    public async Task It_is_resolved(string text, string commune, string label, bool precise)
    {
        var place = await host.Send(await Metz(), new Contracts.ResolveLocation.Query(text));
        Assert.That((place?.Commune, place?.Label, place?.Precise), Is.EqualTo((commune, label, precise)));
    }

    [Test]
    public async Task A_point_is_where_distances_start_and_the_commune_stays_what_was_said()
    {
        var place = (await host.Send(await Metz(), new Contracts.ResolveLocation.Query("chr mercy")))!;
        Assert.That((place.Latitude, place.Longitude, place.Departement), Is.EqualTo((49.0783, 6.2297, "57")));
    }

    [Test]
    public async Task The_box_offers_them_and_their_value_is_understood()
    {
        var karim = await Metz();
        foreach (
            var (typed, text) in new[]
            {
                ("bor", "Borny, Metz (57000)"),
                ("gare", "Gare de Metz"),
                ("chr merci", "CHR Mercy, Ars-Laquenexy (57530)"),
            }
        )
        {
            var option = (await host.Send(karim, new SuggestPlaces.Query(typed))).First(o => o.Text == text);
            Assert.That(
                (await host.Send(karim, new Contracts.ResolveLocation.Query(option.Value)))?.Commune,
                Is.AnyOf("57463", "57031"),
                typed
            );
        }
        Assert.That((await host.Send(karim, new SuggestPlaces.Query("borny")))[0].Text, Is.EqualTo("Borny, Metz (57000)"));
        Assert.That((await host.Send(karim, new SuggestPlaces.Query("metz")))[0].Text, Is.EqualTo("Metz (57000)"));
        Assert.That(
            (await host.Send(karim, new SuggestPlaces.Query("borny", Communes: true))).Select(o => o.Detail),
            Has.All.StartsWith("Département")
        );
    }

    [Test]
    public async Task The_directory_understands_them_too()
    {
        var karim = await Metz();
        var there = await host.Send(karim, new Contracts.FindPeople.Query("roche borny"));
        Assert.That(there.People.Single().Name, Does.Contain("Roche"));
        Assert.That(
            (await host.Send(karim, new Contracts.ReadEverydayWords.Query("infirmière borny")))?.Commune?.Insee,
            Is.EqualTo("57463")
        );
        Assert.That((await host.Send(karim, new Contracts.FindPeople.Query(Place: "borny", RadiusKm: 2))).People, Is.Not.Empty);
    }

    [Test]
    public async Task One_s_own_and_for_the_whole_departement_the_SAS()
    {
        var karim = await Metz();
        var stranger = Coordinator();
        Assert.That((await host.Send(stranger, new ListPlaceAliases.Query())).Aliases, Is.Empty);
        Assert.That((await host.Send(stranger, new Contracts.ResolveLocation.Query("CHR Mercy")))?.Commune, Is.Not.EqualTo("57031"));
        var regulator = TestUser.Regulator();
        Assert.That((await host.Send(regulator, new Contracts.ResolveLocation.Query("CHR Mercy")))?.Commune, Is.EqualTo("57031"));
        Assert.That(
            (await host.Send(TestUser.Regulator("54"), new Contracts.ResolveLocation.Query("CHR Mercy")))?.Commune,
            Is.Not.EqualTo("57031")
        );
        // Of a word that two use, the own one.
        var referent = new TestUser(Guid.CreateVersion7(), regulator.OrganisationId, Roles.SasReferent) { Departements = ["57"] };
        await host.Send(referent, new AddPlaceAlias.Command("Borny", "Peltre"));
        Assert.That((await host.Send(regulator, new Contracts.ResolveLocation.Query("borny")))?.Commune, Is.EqualTo("57534"));
        Assert.That((await host.Send(karim, new Contracts.ResolveLocation.Query("borny")))?.Commune, Is.EqualTo("57463"));
        var id = (await host.Send(karim, new ListPlaceAliases.Query())).Aliases[0].Id;
        Assert.That((await Expect.Refused(() => host.Send(referent, new RemovePlaceAlias.Command(id)))).Code, Is.EqualTo("alias_unknown"));
    }

    [Test]
    public async Task No_commune_of_the_departement_loses_its_name_to_a_place_of_others()
    {
        var elsewhere = new TestUser(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.Coordinator) { Communes = ["57630"] };
        foreach (var name in new[] { "Metz", "la Metz", "Marly" })
            Assert.That(
                (await Expect.Refused(() => host.Send(elsewhere, new AddPlaceAlias.Command(name, "Sarrebourg")))).Code,
                Is.EqualTo("alias_is_commune"),
                name
            );
        await host.Send(elsewhere, new AddPlaceAlias.Command("Route de Nancy", "Sarrebourg"));
        Assert.That((await host.Send(elsewhere, new Contracts.ResolveLocation.Query("Nancy")))?.Commune, Is.EqualTo("54395"), "said whole");
        Assert.That((await host.Send(elsewhere, new Contracts.ResolveLocation.Query("route de nan")))?.Commune, Is.EqualTo("57630"));
    }

    [Test]
    public async Task Of_one_word_in_two_towns_the_SAS_is_offered_both_and_reaches_both()
    {
        foreach (var (at, point) in new[] { ("Metz", "49.1098, 6.1772"), ("Thionville", "49.3536, 6.1687") })
            await host.Send(Coordinator(), new AddPlaceAlias.Command("La sous-préfecture", at, point));
        var regulator = TestUser.Regulator();
        var offered = (await host.Send(regulator, new SuggestPlaces.Query("sous-prefecture"))).Take(2).ToList();
        var meant = new List<string?>();
        foreach (var option in offered)
            meant.Add((await host.Send(regulator, new Contracts.ResolveLocation.Query(option.Value)))?.Commune);
        Assert.That(meant, Is.EquivalentTo(new[] { "57463", "57672" }));
    }

    [Test]
    public async Task A_name_that_folds_too_long_is_refused() =>
        Assert.That(
            (
                await Expect.Refused(() =>
                    host.Send(Coordinator(), new AddPlaceAlias.Command(string.Join(' ', Enumerable.Repeat("st", 20)), "Metz"))
                )
            ).Codes,
            Is.EqualTo(new[] { "alias_words_invalid" })
        );

    [Test]
    public async Task What_was_removed_comes_back_as_it_was()
    {
        var karim = await Metz();
        var line = (await host.Send(karim, new ListPlaceAliases.Query())).Aliases.Single(a => a.Words == "CHR Mercy");
        var gone = await host.Send(karim, new RemovePlaceAlias.Command(line.Id));
        Assert.That((await host.Send(karim, new Contracts.ResolveLocation.Query("chr mercy")))?.Commune, Is.Not.EqualTo("57031"));
        Assert.That(
            (await Expect.Refused(() => host.Send(karim, new RemovePlaceAlias.Command(line.Id)))).Code,
            Is.EqualTo("alias_unknown")
        );
        await host.Send(karim, new AddPlaceAlias.Command(gone.Words, gone.CommuneCode, gone.Point));
        var again = (await host.Send(karim, new ListPlaceAliases.Query())).Aliases.Single(a => a.Words == "CHR Mercy");
        Assert.That((again.Commune, again.Point), Is.EqualTo((line.Commune, line.Point)));
    }

    [Test]
    public async Task Said_twice_it_is_one_and_traced()
    {
        var karim = Coordinator();
        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.Send(karim, new AddPlaceAlias.Command("Queuleu", "Metz"))));
        Assert.That(ids.Select(a => a.Id).Distinct().Count(), Is.EqualTo(1));
        Assert.That(ids.Count(a => a.IsNew), Is.EqualTo(1), "only one has something to take back");
        Assert.That((await host.Send(karim, new ListPlaceAliases.Query())).Aliases, Has.Count.EqualTo(1));
        Assert.That(
            (await Expect.Refused(() => host.Send(karim, new AddPlaceAlias.Command("QUEULEU", "Marly")))).Codes,
            Is.EqualTo(new[] { "alias_exists" })
        );
        var traces = await host.With<DirectoryDb, int>(db =>
            db.Set<Platform.Audit.AuditRow>().CountAsync(r => r.ObjectId == ids[0].Id.ToString() && r.ObjectType == "place_alias")
        );
        Assert.That(traces, Is.GreaterThanOrEqualTo(1));
    }

    [TestCase("", "Metz", "", "alias_words_invalid")]
    [TestCase("57000", "Metz", "", "alias_words_invalid")]
    [TestCase("49.1, 6.2", "Metz", "", "alias_words_invalid")]
    [TestCase("Bor\u0007ny", "Metz", "", "alias_words_invalid")]
    [TestCase("Borny", "", "", "alias_commune_unknown")]
    [TestCase("Borny", "zzzz", "", "alias_commune_unknown")]
    [TestCase("Borny", "Metz", "là", "alias_point_invalid")]
    [TestCase("Borny", "Metz", "6.17, 49.1", "alias_point_far")]
    [TestCase("marly", "Metz", "", "alias_is_commune")]
    [TestCase("Montigny", "Metz", "", "alias_is_commune")]
    public async Task A_wrong_one_is_refused(string words, string commune, string point, string code) =>
        Assert.That(
            (await Expect.Refused(() => host.Send(Coordinator(), new AddPlaceAlias.Command(words, commune, point)))).Codes,
            Is.EqualTo(new[] { code })
        );

    [Test]
    public async Task All_that_is_wrong_is_told_at_once() =>
        Assert.That(
            (await Expect.Refused(() => host.Send(Coordinator(), new AddPlaceAlias.Command("Borny", "zzzz", "là")))).Codes,
            Is.EquivalentTo(new[] { "alias_commune_unknown", "alias_point_invalid" })
        );

    [Test]
    public async Task The_list_is_paged_and_bounded()
    {
        var karim = Coordinator();
        await host.With<DirectoryDb, int>(async db =>
        {
            db.PlaceAliases.AddRange(
                Enumerable
                    .Range(0, 300)
                    .Select(i => new Directory.Domain.PlaceAlias(
                        Guid.CreateVersion7(),
                        karim.OrganisationId,
                        $"Rue x{i:000}",
                        ("57463", "57"),
                        null
                    ))
            );
            return await db.SaveChangesAsync();
        });
        Assert.That(
            (await Expect.Refused(() => host.Send(karim, new AddPlaceAlias.Command("Une de plus", "Metz")))).Code,
            Is.EqualTo("alias_too_many")
        );
        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await host.Send(karim, new ListPlaceAliases.Query(next));
            Assert.That(page.Aliases, Has.Count.LessThanOrEqualTo(50));
            seen.AddRange(page.Aliases.Select(a => a.Words));
            next = page.Next;
        } while (next is not null);
        Assert.That(seen, Has.Count.EqualTo(300).And.Unique.And.Ordered);
    }

    [Test]
    public async Task A_professional_changes_none() =>
        Assert.That(
            (await Expect.Refused(() => host.Send(Professional, new AddPlaceAlias.Command("Borny", "Metz")))).Code,
            Is.EqualTo("forbidden")
        );
}
