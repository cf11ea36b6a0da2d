using Microsoft.EntityFrameworkCore;
using Parceo.Platform.Geo;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Testing;
using Calendar = Parceo.Slots.Domain.Calendar;

namespace Parceo.Regulation.Tests;

/// <summary>Desks, effectors and cases to begin with. A skill of its own for each test keeps their waves apart.</summary>
internal static class Given
{
    private static readonly GeoPoint Metz = new(49.10814, 6.19595);
    private static int skills;

    public static string Skill() => $"TEST{Interlocked.Increment(ref skills)}";

    /// <summary>Effectors of a skill, a kilometre farther each.</summary>
    public static Task<IReadOnlyList<TestUser>> Effectors(
        this ParceoHost host,
        string skill,
        int count,
        double fromKm = 0,
        string departement = "57",
        string? commune = null
    ) =>
        host.With<SlotsDb, IReadOnlyList<TestUser>>(async db =>
        {
            var users = new List<TestUser>();
            for (var i = 0; i < count; i++)
            {
                var practitioner = Guid.CreateVersion7();
                var calendar = new Calendar(Guid.CreateVersion7(), practitioner);
                calendar.Refresh(
                    $"Dr Essai {i}",
                    skill,
                    skill,
                    "Cabinet",
                    "Metz",
                    departement,
                    null,
                    new(Metz.Latitude + ((fromKm + i) / 111.2), Metz.Longitude),
                    commune
                );
                db.Add(calendar);
                users.Add(TestUser.Effector(practitioner));
            }
            await db.SaveChangesAsync();
            return users;
        });

    /// <summary>A free slot of one of them, or of a professional with a calendar in that commune.</summary>
    public static Task<Guid> Range(this ParceoHost host, Guid practitioner, string? commune = null) =>
        host.With<SlotsDb, Guid>(async db =>
        {
            var now = host.Clock.GetUtcNow();
            var calendar = await db.Calendars.FirstOrDefaultAsync(c => c.PractitionerId == practitioner);
            if (calendar is null)
            {
                db.Add(calendar = new Calendar(Guid.CreateVersion7(), practitioner));
                calendar.Refresh(
                    "Dr Essai",
                    "MEDECINE_GENERALE",
                    "Médecine générale",
                    "Cabinet",
                    "Metz",
                    "57",
                    null,
                    new(Metz.Latitude, Metz.Longitude),
                    commune
                );
            }
            var range = new Slots.Domain.SlotRange(
                Guid.CreateVersion7(),
                calendar,
                now.AddHours(1),
                now.AddHours(2),
                1,
                Mode.Cabinet,
                null,
                practitioner,
                now
            );
            db.Add(range);
            await db.SaveChangesAsync();
            return range.Id;
        });

    public static OpenOrientation.Command Opening(string skill, WantedWithin wanted = WantedWithin.H4, string? text = null) =>
        new(
            "57-2026-118204",
            34,
            Sex.Male,
            "57463",
            CareKind.GeneralMedicine,
            ReasonClass.Musculoskeletal,
            wanted,
            new(NotUsedBecause: MtReason.None),
            Skill: skill,
            Details: text is null ? null : new(text)
        );

    /// <summary>Opened and taken by that regulator.</summary>
    public static async Task<Guid> Opened(this ParceoHost host, TestUser by, string skill) =>
        (await host.Send(by, Opening(skill))).OrientationId;

    /// <summary>Opened, and its first wave sent.</summary>
    public static async Task<Guid> Soliciting(this ParceoHost host, TestUser by, string skill, Guid? usual = null)
    {
        var id = await host.Opened(by, skill);
        await host.Send(by, new StartSolicitation.Command(id, usual, 10));
        return id;
    }

    public static Task<ShowOrientation.Response> Show(this ParceoHost host, TestUser by, Guid id) =>
        host.Send(by, new ShowOrientation.Query(id));

    /// <summary>What this effector is asked for that case.</summary>
    public static async Task<ReceivedInvitation?> AskedOf(this ParceoHost host, TestUser effector) =>
        (await host.Send(effector, new ListInvitations.Query())).Invitations is [var first, ..] ? first : null;
}
