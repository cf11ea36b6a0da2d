using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Notifications.Contracts;
using Parceo.Platform.Data;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Events;
using Parceo.Regulation.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Regulation.Tests.Features;

/// <summary>On the demo world, because only accounts have a bell: Dr Weber is asked, and her bell says so.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class TellTheInvitedTests(Engine engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly TestUser Weber = new(DemoCast.Weber.Id, DemoCast.Weber.Organisation.Id, Roles.Effector, Roles.Professional)
    {
        PractitionerIds = [DemoCast.Weber.DirectoryPersonId!.Value],
    };

    [Test]
    public async Task W1_5_The_invited_hear_of_it_wherever_they_are_and_no_longer_once_it_is_settled()
    {
        await using var host = await ParceoHost.Start(engine, demo: true);
        var nadia = TestUser.Regulator();
        var id = await host.Soliciting(nadia, "MEDECINE_GENERALE", usual: Weber.PractitionerIds.Single());
        var invitation = (await host.Show(nadia, id)).Asked.Single().InvitationId;
        await Eventually(async () => await host.Send(Weber, new CountNotices(invitation)) == 1, Soon, "Dr Weber's bell");
        await host.Send(nadia, new StopSolicitation.Command(id));
        await Eventually(async () => await host.Send(Weber, new CountNotices(invitation)) == 0, Soon, "a quiet bell");

        await host.With<RegulationDb, int>(db =>
        {
            db.Publish(
                new AcceptanceUndone(id, nadia.OrganisationId, invitation, Weber.PractitionerIds.Single(), null, host.Clock.GetUtcNow()),
                id
            );
            return db.SaveChangesAsync();
        });
        await Eventually(async () => await host.Send(Weber, new CountNotices(id)) == 1, Soon, "told that an acceptance was undone");
    }
}
