using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Notifications.Contracts;
using Parceo.Notifications.Data;
using Parceo.Notifications.Domain;
using Parceo.Notifications.Features;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Notifications.Tests.Features;

/// <summary>However many are old: none is left after the night.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class PruneNoticesTests(Engine engine)
{
    [Test]
    public async Task All_that_is_old_goes_in_one_night_and_what_is_young_stays()
    {
        await using var host = await ParceoHost.Start(engine);
        var (person, now) = (Guid.CreateVersion7(), host.Clock.GetUtcNow());
        await host.With<NotificationsDb, int>(db =>
        {
            for (var i = 0; i <= (2 * PruneNotices.Most) + 1; i++)
            {
                var at = i == 0 ? now.AddDays(-29) : now.AddDays(-31).AddSeconds(-i);
                db.Notices.Add(
                    new Notice(
                        Guid.CreateVersion7(),
                        person,
                        Guid.CreateVersion7(),
                        person,
                        NoticeSubjects.Message,
                        "…",
                        "/",
                        false,
                        null,
                        at
                    )
                );
            }
            return db.SaveChangesAsync();
        });
        await host.RunJob("notifications.prune");
        Assert.That(await host.With<NotificationsDb, int>(db => db.Notices.CountAsync(n => n.PersonId == person)), Is.EqualTo(1));
    }
}
