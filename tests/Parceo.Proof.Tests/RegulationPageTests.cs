using System.Net;
using NUnit.Framework;
using Parceo.Patients.Contracts;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Slots.Features;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>The search of a case as a browser gets it.</summary>
internal sealed class RegulationPageTests
{
    [Test]
    public async Task A_case_that_a_colleague_booked_days_ago_is_offered_nothing_more()
    {
        await using var host = await ParceoHost.Start(Engine.Sqlite);
        var regulators = await host.Regulators(2);
        var colleague = new TestUser(regulators[1].Id, regulators[1].OrganisationId, Roles.Regulator) { Departements = ["57"] };
        var (ranges, orientation) = (await host.Ranges(2), Guid.CreateVersion7());
        var booked = await host.Send(colleague, new BookSlot.Command(ranges[0], "57-1", new(34, Sex.Male, "Tom Bayer"), orientation));
        using var nadia = host.Client(regulators[0].Token);
        async Task<string> Results(bool live)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get,
                new Uri($"/soins-non-programmes?lieu=57463&lieuText=Metz&tirage=7&orientation={orientation}", UriKind.Relative)
            );
            if (live)
                request.Headers.Add("X-Parceo-Fragment", "resultats");
            using var answer = await nadia.SendAsync(request);
            return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        }
        foreach (var live in new[] { false, true })
            Assert.That(await Results(live), Does.Contain("Réservé pour ce dossier : Dr Camille Essai").And.Not.Contain("name=\"tenir\""));
        await host.Send(colleague, new CancelBooking.Command(booked.BookingId));
        Assert.That(await Results(live: true), Does.Not.Contain("Réservé pour ce dossier").And.Contain("name=\"tenir\""));
    }
}
