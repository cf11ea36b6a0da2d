using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Access.Features;
using Parceo.Demo;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Data;
using Parceo.Rosters.Domain;
using Parceo.Rosters.Features;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>A planner's month as a browser gets it: filled by one form, taken back by another, published with its gaps only when they were shown.</summary>
internal sealed partial class RosterPageTests
{
    private static readonly TestUser Karim = new(DemoCast.Sellami.Id, DemoCast.Val.Id, Roles.Coordinator)
    {
        Communes = [.. DemoCast.Val.Communes],
    };
    private ParceoHost host = null!;
    private HttpClient browser = null!;
    private Guid sector;
    private DateOnly month;
    private string page = "";

    private int months;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(Engine.Sqlite, demo: true);
        browser = host.Client((await host.SendAsSystem(new IssueToken.Command(DemoCast.Sellami.Email, "proof", 1, [], null))).Token);
        sector = (await host.Send(Karim, new ListSectors.Query(DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime))))
            .First(s => s.Name == "Metz")
            .Id;
    }

    /// <summary>A month of its own for each.</summary>
    [SetUp]
    public async Task Prepare()
    {
        month = LocalTime.DayOf(host.Clock.GetUtcNow(), "Europe/Paris").AddMonths(2 + months++);
        page = $"/gardes/tableau/{sector}?mois={month:yyyy-MM}";
        await host.Send(Karim, new PrepareRoster.Command(sector, month));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        browser.Dispose();
        await host.DisposeAsync();
    }

    private Task<ShowRoster.Response> Roster() => host.Send(Karim, new ShowRoster.Query(sector, month));

    private async Task<string> Post(params (string Name, string Value)[] fields)
    {
        using var form = await browser.GetAsync(new Uri(page, UriKind.Relative));
        var token = Token().Match(await form.Content.ReadAsStringAsync()).Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, page)
        {
            Content = new FormUrlEncodedContent(
                fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))
            ),
        };
        request.Headers.Add("Cookie", string.Join("; ", form.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0])));
        using var answer = await browser.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task The_form_fills_the_month_with_who_is_ticked_within_their_limits_and_it_is_taken_back()
    {
        var shown = WebUtility.HtmlDecode(await browser.GetStringAsync(new Uri(page, UriKind.Relative)));
        var known = Known().Matches(shown).Select(m => m.Groups[1].Value).ToList();
        Assert.That(known, Is.Not.Empty, "those of the last months are proposed");
        var (ticked, left) = (known[0], known[1]);
        var answer = await Post(
            ("_handler", "remplir"),
            ("comment", nameof(FillMode.Fewest)),
            ("connu", ticked),
            ("connu", left),
            ("qui", ticked),
            ($"jours-{ticked}", "1"),
            ($"plafond-{ticked}", "3")
        );
        var held = (await Roster()).Duties.Where(d => d.Holder is not null).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(answer, Does.Contain("3\u00A0gardes confiées."));
            Assert.That(held.Select(d => d.Holder!.Id), Is.EqualTo(Enumerable.Repeat(Guid.Parse(ticked), 3)));
            Assert.That(held.Select(d => DutyCalendar.KindOf(d.Day, "57")), Is.All.EqualTo(DayKinds.Weekday));
        });
        var undo = Packed().Match(answer).Groups[1].Value;
        Assert.That(await Post(("_handler", "tableau"), ("reprendre", "oui"), ("remplies", undo)), Does.Contain("3\u00A0gardes libres"));
        Assert.That((await Roster()).Duties.Select(d => d.Holder), Is.All.Null);
    }

    [Test]
    public async Task A_filling_may_still_be_taken_back_later_and_publishing_empties_no_limit()
    {
        var known = DemoCast.Roche.DirectoryPersonId!.Value.ToString();
        (string, string)[] typed =
        [
            ("connu", known),
            ($"nom-{known}", "Dr Amandine Roche"),
            ("qui", known),
            ($"jours-{known}", "1"),
            ($"plafond-{known}", "2"),
            ("comment", nameof(FillMode.EachWeek)),
        ];
        var filled = await Post([("_handler", "remplir"), .. typed]);
        Assert.That(filled, Does.Contain("2\u00A0gardes confiées."));
        // The other forms carry what was typed; so does the answer.
        Assert.That(Carried().IsMatch(filled), "in the form that publishes");
        var asked = await Post([("_handler", "tableau"), ("publier", "0"), .. typed]);
        Assert.That(
            asked,
            Does.Contain("Publier quand même")
                .And.Match($"type=\"number\"[^>]*name=\"plafond-{known}\" value=\"2\"")
                .And.Match("value=\"EachWeek\" selected")
        );
        // Days later, on the page as anybody finds it.
        var later = WebUtility.HtmlDecode(await browser.GetStringAsync(new Uri(page, UriKind.Relative)));
        Assert.That(later, Does.Contain("Annuler ce remplissage"));
        var undo = Packed().Match(later).Groups[1].Value;
        Assert.That(await Post(("_handler", "tableau"), ("reprendre", "oui"), ("remplies", undo)), Does.Contain("2\u00A0gardes libres"));
        Assert.That(
            WebUtility.HtmlDecode(await browser.GetStringAsync(new Uri(page, UriKind.Relative))),
            Does.Not.Contain("Annuler ce remplissage")
        );
    }

    [Test]
    public async Task Nobody_ticked_or_a_limit_that_is_none_is_said_and_what_was_typed_stays()
    {
        var known = DemoCast.Roche.DirectoryPersonId!.Value.ToString();
        var answer = await Post(
            ("_handler", "remplir"),
            ("comment", nameof(FillMode.EachWeek)),
            ("connu", known),
            ($"nom-{known}", "Dr Amandine Roche"),
            ($"plafond-{known}", "7")
        );
        Assert.That(
            answer,
            Does.Contain("Cochez au moins une personne")
                .And.Match("value=\"EachWeek\" selected")
                .And.Match($"name=\"plafond-{known}\" value=\"7\"")
        );
        answer = await Post(
            ("_handler", "remplir"),
            ("comment", "x"),
            ("connu", known),
            ("qui", known),
            ($"plafond-{known}", "-4"),
            ($"jours-{known}", "99")
        );
        Assert.That(answer, Does.Contain("un nombre de 1 à 200 ou rien"));
        answer = await Post(("_handler", "tableau"), ("reprendre", "oui"), ("remplies", "n’importe quoi"));
        Assert.That(answer, Does.Contain("rien à annuler"));
    }

    [Test]
    public async Task Gaps_are_shown_and_asked_about_before_they_are_published()
    {
        await host.Send(Karim, new AssignDuty.Command((await Roster()).Duties[0].Id, DemoCast.Roche.DirectoryPersonId));
        var gaps = (await Roster()).Gaps;
        var asked = await Post(("_handler", "tableau"), ("publier", "0"));
        Assert.That(asked, Does.Contain($"Publier avec {gaps}\u00A0gardes sans médecin").And.Contain("Compléter d’abord"));
        Assert.That((await Roster()).Edition, Is.Null);
        Assert.That(
            await Post(("_handler", "tableau"), ("publier", $"{gaps - 1}")),
            Does.Contain("Publier quand même"),
            "another one was filled, or left, meanwhile"
        );
        Assert.That(await Post(("_handler", "tableau"), ("publier", $"{gaps}")), Does.Contain("Publié"));
        Assert.That((await Roster()).Edition, Is.EqualTo(1));
    }

    [Test]
    public async Task Whoever_takes_duties_is_proposed_physicians_and_pharmacists_only()
    {
        Assert.That(
            await browser.GetStringAsync(new Uri(page, UriKind.Relative)),
            Does.Contain("/api/directory/suggestions?profession=10").And.Not.Contain("suggestions\"")
        );
        var found = await browser.GetStringAsync(new Uri("/api/directory/suggestions?profession=10&q=ma", UriKind.Relative));
        Assert.That(found, Does.Contain("\"value\"").And.Not.Contain("Infirmi").And.Not.Contain("Pharmacien"));
    }

    [Test]
    public async Task A_pharmacy_sector_lacks_pharmacists_and_a_duty_is_proposed_to_whoever_can_take_it()
    {
        var sectors = await host.Send(Karim, new ListSectors.Query(month));
        foreach (
            var (kind, who, role, profession) in new[]
            {
                (SectorKind.Pharmacy, DemoCast.Zemmour, "pharmacien", 21),
                (SectorKind.Effection, DemoCast.Haddad, "médecin", 10),
            }
        )
        {
            var of = sectors.First(s => s.Kind == kind && s.Own).Id;
            await host.Send(Karim, new PrepareRoster.Command(of, month));
            var roster = await host.Send(Karim, new ShowRoster.Query(of, month));
            var duty = roster.Duties[0].Id;
            await host.Send(Karim, new AssignDuty.Command(duty, who.DirectoryPersonId));
            var planned = WebUtility.HtmlDecode(
                await browser.GetStringAsync(new Uri($"/gardes/tableau/{of}?mois={month:yyyy-MM}", UriKind.Relative))
            );
            Assert.That(planned, Does.Contain($"{roster.Gaps - 1}\u00A0gardes sans {role}").And.Contain($"profession={profession}"));
            await host.Send(Karim, new PublishRoster.Command(roster.RosterId!.Value, roster.Gaps - 1));
            using var phone = host.Client((await host.SendAsSystem(new IssueToken.Command(who.Email, "proof", 1, [], null))).Token);
            var mine = await phone.GetStringAsync(new Uri($"/gardes/mes-gardes?garde={duty}", UriKind.Relative));
            Assert.That(mine, Does.Contain("Proposer ma garde").And.Contain($"/api/directory/suggestions?profession={profession}\""));
        }
    }

    [Test]
    public async Task The_last_month_is_taken_over_without_who_has_left_the_directory_and_the_page_says_so()
    {
        var duties = (await Roster()).Duties;
        var (roche, haddad) = (DemoCast.Roche.DirectoryPersonId!.Value, DemoCast.Haddad.DirectoryPersonId!.Value);
        await host.Send(Karim, new AssignDuty.Command(duties[0].Id, roche));
        await host.Send(Karim, new AssignDuty.Command(duties[^1].Id, haddad));
        await host.With<RostersDb, int>(db =>
            db.Duties.Where(d => d.Id == duties[0].Id).ExecuteUpdateAsync(u => u.SetProperty(d => d.HolderId, Guid.CreateVersion7()))
        );
        (month, months) = (month.AddMonths(1), months + 1);
        page = $"/gardes/tableau/{sector}?mois={month:yyyy-MM}";
        await host.Send(Karim, new PrepareRoster.Command(sector, month));
        var answer = await Post(("_handler", "remplir"), ("copier", "oui"));
        Assert.That(answer, Does.Contain("quelqu’un qui n’est plus dans l’annuaire").And.Not.Contain("Choisissez un nom"));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("name=\"connu\" value=\"([^\"]+)\"")]
    private static partial Regex Known();

    [GeneratedRegex("type=\"hidden\" name=\"plafond-")]
    private static partial Regex Carried();

    [GeneratedRegex("name=\"remplies\" value=\"([^\"]+)\"")]
    private static partial Regex Packed();
}
