using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Notifications.Data;
using Parceo.Notifications.Features;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Notifications.Tests.Features;

[TestFixtureSource(typeof(Engines))]
internal sealed class SetPreferencesTests(Engine engine)
{
    [TestCase("974", "Indian/Reunion")]
    [TestCase("972", "America/Martinique")]
    [TestCase("57", "Europe/Paris")]
    public async Task D48_quiet_hours_are_those_of_the_organisations_place(string departement, string zone)
    {
        await using var host = await ParceoHost.Start(engine);
        var somebody = TestUser.Regulator(departement);
        await host.Send(somebody, new SetPreferences.Command([], new TimeOnly(22, 0), new TimeOnly(7, 0)));
        Assert.That(
            await host.With<NotificationsDb, string>(db =>
                db.Preferences.Where(p => p.PersonId == somebody.Id).Select(p => p.Zone).SingleAsync()
            ),
            Is.EqualTo(zone)
        );
    }
}
