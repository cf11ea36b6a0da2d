using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Patients.Contracts;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Features;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Proof.Tests;

/// <summary>The regulators' pages with the mistakes of a first day, as a browser posts them.</summary>
internal sealed class RegulationActsTests
{
    private const string Page = "/soins-non-programmes?lieu=57463&lieuText=Metz&rayon=20&tirage=7",
        NewCase = "/soins-non-programmes/orientations/nouveau";
    private ParceoHost host = null!;
    private World.Caller nadia = null!;
    private HttpClient browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(Engine.Sqlite);
        nadia = (await host.Regulators(1))[0];
        browser = host.Client(nadia.Token);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        browser.Dispose();
        await host.DisposeAsync();
    }

    private TestUser Nadia => new(nadia.Id, nadia.OrganisationId, Roles.Regulator) { Departements = ["57"] };

    private async Task<string> Get(string path)
    {
        using var answer = await browser.GetAsync(path);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private async Task<(HttpStatusCode Status, string Location, string Html)> Post(
        string path,
        string form,
        params (string Name, string Value)[] fields
    )
    {
        using var page = await browser.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([
                new("_handler", form),
                .. Browser.SealOf(await page.Content.ReadAsStringAsync()).Select(f => KeyValuePair.Create(f.Name, f.Value)),
                .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)),
            ]),
        };
        request.Headers.Add("Cookie", string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0])));
        using var answer = await browser.SendAsync(request);
        return (
            answer.StatusCode,
            answer.Headers.Location?.ToString() ?? "",
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync())
        );
    }

    private Task<int> BookingsOf(string number) => host.With<SlotsDb, int>(db => db.Bookings.CountAsync(b => b.CaseReference == number));

    private async Task<Guid> Held()
    {
        var range = (await host.Ranges(1))[0];
        await host.Send(Nadia, new HoldPlace.Command(range));
        return range;
    }

    [Test]
    public async Task What_is_held_has_its_words_for_when_the_time_is_out()
    {
        var range = await Held();
        Assert.That(
            await Get(Page),
            Does.Contain("Ce créneau n’est plus tenu pour vous").And.Contain($"name=\"tenir\" value=\"{range}\">Tenir de nouveau")
        );
    }

    [Test]
    public async Task All_that_is_wrong_is_told_at_once_and_stays_as_it_was_typed()
    {
        var range = await Held();
        var (_, _, html) = await Post(Page, "actes", ("reserver", $"{range}"), ("dossier", ""), ("age", "trente"), ("telephone", "abc"));
        Assert.That(
            html,
            Does.Contain("Indiquez le numéro de dossier")
                .And.Contain("Un âge de 0 à 130 ans")
                .And.Contain("Un numéro de téléphone")
                .And.Contain("value=\"trente\"")
                .And.Match("<input[^>]*id=\"telephone\"[^>]*value=\"abc\"[^>]*aria-invalid=\"true\"")
        );
        Assert.That(await host.With<SlotsDb, bool>(db => db.Bookings.AnyAsync(b => b.RangeId == range)), Is.False);
    }

    [Test]
    public async Task A_phone_that_is_none_is_refused_wherever_one_is_typed()
    {
        const string Typed = "appelez-moi";
        var (id, user) = (
            Guid.CreateVersion7(),
            new TestUser(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.Regulator, Roles.SasReferent, Roles.Coordinator)
            {
                Departements = ["57"],
            }
        );
        var refused = new Dictionary<string, Func<Task>>
        {
            ["booking"] = () => host.Send(user, new BookSlot.Command(id, "57-1", new(34, Sex.Male, null, Typed))),
            ["patient of a booking"] = () => host.Send(user, new CompletePatient.Command(id, null, Typed)),
            ["patient of a case"] = () => host.Send(user, new IdentifyPatient.Command(id, null, Typed)),
            ["pool"] = () => host.Send(user, new SetPool.Command(CareKind.Psychiatry, "CMP", "SM42", Typed, [], [])),
            ["house"] = () => host.Send(user, new SetDutyHouse.Command(null, "MMG", "1 rue", "57463", Typed, null, [])),
            ["sector"] = () => host.Send(user, new SetSector.Command(null, SectorKind.Effection, "Metz", "57", Typed, 3, [], [])),
        };
        foreach (var (what, act) in refused)
            Assert.That(((InvalidException)await Refused(act)).Errors.SelectMany(e => e.Value), Does.Contain("phone_invalid"), what);
    }

    [Test]
    public async Task What_was_searched_for_one_patient_does_not_narrow_the_search_for_the_next()
    {
        var range = await Held();
        var mt = Guid.CreateVersion7();
        var (status, location, _) = await Post(
            $"{Page}&medecin=essai&quand=48h&mode=Cabinet&mt={mt}",
            "actes",
            ("reserver", $"{range}"),
            ("dossier", "57-2026-700001"),
            ("age", "34")
        );
        Assert.That(status, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(
            location,
            Does.Contain("lieu=57463")
                .And.Contain("rayon=20")
                .And.Not.Contain("medecin")
                .And.Not.Contain("quand")
                .And.Not.Contain("mode=")
                .And.Not.Contain("mt=")
        );
        var next = await Get(location);
        Assert.That(next, Does.Contain("Réservé. Le médecin le voit déjà.").And.Contain("57-2026-700001"));
        Assert.That(Regex.IsMatch(next, "<input[^>]*name=\"medecin\"[^>]*value=\"essai\""), Is.False);
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.That(await Get(location), Does.Not.Contain("Réservé. Le médecin le voit déjà."), "looked at again");
    }

    [Test]
    public async Task The_point_where_a_patient_is_goes_with_them()
    {
        var range = await Held();
        var (_, location, _) = await Post(
            "/soins-non-programmes?lieu=49.11,6.17&lieuText=49.11,6.17&rayon=20&tirage=7",
            "actes",
            ("reserver", $"{range}"),
            ("dossier", "57-2026-700002"),
            ("age", "34")
        );
        Assert.That(location, Does.Contain("rayon=20").And.Not.Contain("49.11"));
    }

    [Test]
    public async Task A_number_that_was_used_today_is_told_before_it_is_used_again()
    {
        var colleague = TestUser.Regulator(organisation: nadia.OrganisationId);
        await host.Send(colleague, new BookSlot.Command((await host.Ranges(1))[0], "57-2026-700003", new(71, Sex.Female)));
        await host.Send(TestUser.Regulator(), new BookSlot.Command((await host.Ranges(1))[0], "57-2026-700004", new(71, Sex.Female)));
        var opened = await host.Send(colleague, Opening("57-2026-700005"));
        foreach (
            var (number, told) in new[]
            {
                ("57-2026-700003", "Femme, 71\u00A0ans, réservé à"),
                ("57-2026-700005", "Garçon, 8\u00A0ans, dossier ouvert le"),
            }
        )
        {
            var before = await BookingsOf(number);
            (string, string)[] form = [("reserver", $"{await Held()}"), ("dossier", number), ("age", "34")];
            var (_, _, html) = await Post(Page, "actes", form);
            Assert.That(
                html,
                Does.Contain("Ce numéro a déjà servi aujourd’hui")
                    .And.Contain(told)
                    .And.Contain($"type=\"checkbox\" name=\"deja\" value=\"{number}\"")
            );
            await Post(Page, "actes", form);
            Assert.That(await BookingsOf(number), Is.EqualTo(before), "not before somebody said so, however often it is sent");
            await Post(Page, "actes", [.. form, ("deja", number)]);
            Assert.That(await BookingsOf(number), Is.EqualTo(before + 1), "and then it is allowed");
        }
        Assert.That(await Get($"/soins-non-programmes/orientations/{opened.OrientationId}"), Does.Contain("57-2026-700005"));
        var other = await Post(Page, "actes", ("reserver", $"{await Held()}"), ("dossier", "57-2026-700004"), ("age", "34"));
        Assert.That(other.Html, Does.Contain("Réservé. Le médecin le voit déjà."), "numbers of another organisation are its own");

        // The same where a case is opened.
        foreach (var number in new[] { "57-2026-700003", "57-2026-700005" })
        {
            (string, string)[] form = [("dossier", number), ("age", "34"), ("lieu", "57463"), ("lieuText", "Metz"), ("mtRaison", "None")];
            var (_, _, html) = await Post(NewCase, "ouvrir", form);
            Assert.That(
                html,
                Does.Contain("Ce numéro a déjà servi. Est-ce le même dossier ?")
                    .And.Contain($"type=\"checkbox\" name=\"deja\" value=\"{number}\"")
            );
            Assert.That(
                (await Post(NewCase, "ouvrir", [.. form, ("deja", number)])).Location,
                Does.Contain("/soins-non-programmes/orientations/")
            );
        }
    }

    [Test]
    public async Task S53_A_form_that_comes_again_is_answered_again_and_asks_about_no_number_of_its_own()
    {
        (string, string)[] booking =
        [
            ("cle", $"{Guid.CreateVersion7():n}"),
            ("reserver", $"{await Held()}"),
            ("dossier", "57-2026-700015"),
            ("age", "34"),
        ];
        for (var i = 0; i < 2; i++)
        {
            var (_, _, html) = await Post(Page, "actes", booking);
            Assert.That(html, Does.Contain("Réservé. Le médecin le voit déjà.").And.Not.Contain("a déjà servi"), $"{i}");
        }
        Assert.That(await BookingsOf("57-2026-700015"), Is.EqualTo(1));

        (string, string)[] opening =
        [
            ("cle", $"{Guid.CreateVersion7():n}"),
            ("dossier", "57-2026-700016"),
            ("age", "34"),
            ("lieu", "57463"),
            ("lieuText", "Metz"),
            ("mtRaison", "None"),
        ];
        var first = await Post(NewCase, "ouvrir", opening);
        Assert.That(first.Location, Does.Contain("/soins-non-programmes/orientations/"));
        Assert.That((await Post(NewCase, "ouvrir", opening)).Location, Is.EqualTo(first.Location));
    }

    [Test]
    public async Task A_case_that_cannot_be_opened_is_told_all_its_faults_at_once()
    {
        var (_, _, html) = await Post(
            NewCase,
            "ouvrir",
            ("dossier", ""),
            ("age", "trente"),
            ("mtText", "Dr Personne"),
            ("lieuText", "Nulle-Part-sur-Rien"),
            ("delai", "Beyond")
        );
        Assert.That(
            html,
            Does.Contain("Indiquez le numéro de dossier")
                .And.Contain("Un âge de 0 à 130 ans")
                .And.Contain("Médecin traitant introuvable")
                .And.Contain("Lieu introuvable")
                .And.Contain("Au-delà de 48")
                .And.Contain("value=\"trente\"")
        );
    }

    [Test]
    public async Task Only_a_case_that_was_taken_is_given_back()
    {
        var waiting = await host.Send(Nadia, Opening("57-2026-700010") with { ForTheQueue = true });
        var path = $"/soins-non-programmes/orientations/{waiting.OrientationId}";
        Assert.That(await Get(path), Does.Contain("Prendre le dossier").And.Not.Contain("Rendre le dossier"));
        await host.Send(Nadia, new ClaimOrientation.Command(waiting.OrientationId));
        Assert.That(await Get(path), Does.Contain("Rendre le dossier"));
        var (_, _, html) = await Post(path, "releve", ("note", "Rappeler à 20 h"));
        Assert.That(html, Does.Contain("Dossier rendu").And.Contain("Rappeler à 20 h").And.Not.Contain("Rendre le dossier"));
    }

    [Test]
    public async Task Who_has_no_part_in_it_is_told_so_by_the_page_itself()
    {
        var reader = await host.Member(nadia.OrganisationId, "Reader", [Roles.Professional]);
        using var client = host.Client(reader.Token);
        foreach (var path in new[] { "", "/creneaux", "/semaine-type", "/disponibilite" })
        {
            using var answer = await client.GetAsync("/soins-non-programmes" + path);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), path);
        }
    }

    [Test]
    public async Task A_doctor_without_a_slot_in_time_is_not_said_to_be_far_away()
    {
        await host.Ranges(1);
        var html = await Get($"{Page}&medecin=essai&quand=4h");
        Assert.That(
            html,
            Does.Contain("Aucun créneau de « essai » dans les 4\u00A0h.").And.Contain("Plus tard :").And.Not.Contain("Élargir à")
        );
        Assert.That(html, Does.Contain("Voir les autres médecins").And.Contain("Dr Camille Essai"));
        Assert.That(await Get($"{Page}&medecin=personne"), Does.Contain("Aucun créneau ouvert au nom de « personne » dans les 31 jours."));
    }

    private static OpenOrientation.Command Opening(string number) =>
        new(number, 8, Sex.Male, "57463", CareKind.GeneralMedicine, ReasonClass.Fever, WantedWithin.H4, new(NotUsedBecause: MtReason.None));
}
