using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Notifications.Data;
using Parceo.Patients.Contracts;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Data;
using Parceo.Rosters.Domain;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Testing;
using Calendar = Parceo.Slots.Domain.Calendar;

namespace Parceo.Proof.Tests;

/// <summary>Two organisations that know nothing of each other, SAS in 57 and in 54, with things of their own for each caller.</summary>
internal sealed class Town(ParceoHost host)
{
    private Guid own,
        other;
    private World.Caller stranger = null!;

    public async Task Build()
    {
        own = await host.Organisation("SAS 57");
        other = await host.Organisation("SAS 54", "54");
        stranger = await host.Member(other, "Stranger", [Roles.Regulator, Roles.Effector, Roles.Administrator], Guid.CreateVersion7());
    }

    /// <summary>Somebody of the first organisation with these roles, who is a professional of the directory too.</summary>
    public async Task<(World.Caller Caller, Guid Practitioner)> Caller(params string[] roles)
    {
        var practitioner = Guid.CreateVersion7();
        return (
            await host.Member(own, "Caller " + (roles is [var one] ? one : $"of {roles.Length} roles"), roles, practitioner),
            practitioner
        );
    }

    /// <summary>Somebody without any role, whose sessions still name the first organisation.</summary>
    public async Task<World.Caller> Left() => new(await host.Person("Left"), own, "");

    /// <summary>Values by the names of parameters and members: ids are of things that belong to the caller, or to somebody of the other organisation.</summary>
    public async Task<Func<string, string>> Values(World.Caller? caller, Guid practitioner, bool ownThings)
    {
        var (who, departement, doctor) =
            ownThings && caller is not null ? (caller, "57", practitioner) : (stranger, "54", Guid.CreateVersion7());
        var things = await host.Things(who, departement, doctor);
        return name =>
            name switch
            {
                "rangeId" => things.Range.ToString(),
                "bookingId" => things.Booking.ToString(),
                "holdId" => things.Hold.ToString(),
                "agendaId" => things.Agenda.ToString(),
                "sessionId" => things.Session.ToString(),
                "tokenId" => things.Token.ToString(),
                "noticeId" => things.Notice.ToString(),
                "deviceId" => things.Device.ToString(),
                "practitionerId" or "activityId" or "usualPractitionerId" or "practitionerIds" => doctor.ToString(),
                "organisationId" or "organisation" => (ownThings ? own : other).ToString(),
                "personId" or "delegateId" => who.Id.ToString(),
                "id"
                or "importId"
                or "membershipId"
                or "delegationId"
                or "absenceId"
                or "planId"
                or "feedId"
                or "replaces"
                or "applicationId" => things.Session.ToString(),
                "departement" => departement,
                "careKind" => "psychiatry",
                "orientationId" or "OrientationId" => things.Orientation.ToString(),
                "invitationId" => things.Invitation.ToString(),
                "sectorId" or "SectorId" => things.Sector.ToString(),
                "rosterId" => things.Roster.ToString(),
                "dutyId" => things.Duty.ToString(),
                "swapId" => things.Swap.ToString(),
                "houseId" => things.House.ToString(),
                "mailId" or "MailId" or "sentId" or "mailboxeId" => things.Session.ToString(), // nothing there bears that id: 404 for whoever may ask
                "month" or "day" => host.Clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                "conversationId" or "ConversationId" => things.Chat.Conversation.ToString(),
                "fileId" => things.Chat.File.ToString(),
                "topicId" => things.Chat.Topic.ToString(),
                "deskId" or "DeskId" => things.Chat.Desk.ToString(),
                "clientId" => Guid.CreateVersion7().ToString(),
                "seq" or "target" or "after" or "replyTo" or "around" => "1",
                "mostPerWeek" or "version" => "3",
                "documentName" => "v1",
                "place" => departement == "57" ? "57463" : "54395",
                "from" or "start" => In(1),
                "to" or "end" => In(2),
                "before" or "at" or "until" => In(1),
                "capacity"
                or "age"
                or "limit"
                or "days"
                or "defaultKm"
                or "stepKm"
                or "radiusKm"
                or "seed"
                or "perDay"
                or "perWeek"
                or "minutes"
                or "slots"
                or "usualMinutes"
                or "size1"
                or "minutes1"
                or "size2"
                or "minutes2"
                or "minutes3" => "20",
                "factor3" or "gir" or "value" or "reference" => "2",
                "perimeter" => "Own",
                "indicator" => "Redirected",
                "outcome" => "fulfilled",
                "caseReference" => "57-2026-1",
                "phone" => "03 87 98 00 02",
                _ => "texte",
            };

        string In(int hours) => host.Clock.GetUtcNow().AddHours(hours).ToString("O", CultureInfo.InvariantCulture);
    }
}

internal static class TownThings
{
    public sealed record Owned(
        Guid Range,
        Guid Booking,
        Guid Hold,
        Guid Agenda,
        Guid Session,
        Guid Token,
        Guid Notice,
        Guid Device,
        Guid Orientation,
        Guid Invitation,
        Guid Sector,
        Guid Roster,
        Guid Duty,
        Guid Swap,
        Guid House,
        Chat Chat
    );

    /// <summary>A channel of somebody, with a message, a file of it and a topic; a desk that they staff.</summary>
    public sealed record Chat(Guid Conversation, Guid File, Guid Topic, Guid Desk);

    /// <summary>A range of the professional, with a booking and a hold of the caller; a session, a token, a notice and a device of theirs; a case of their organisation that asks the professional; a published duty of theirs, and one proposed to them.</summary>
    public static async Task<Owned> Things(this ParceoHost host, World.Caller who, string departement, Guid practitioner)
    {
        var now = host.Clock.GetUtcNow();
        var (booking, hold, session, token) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var outside = new OutsideAgenda(Guid.CreateVersion7(), practitioner, [1], "agenda.example.fr", who.Id, now);
        outside.Begin(now.AddYears(1)); // nothing answers at its address
        var range = await host.With<SlotsDb, Guid>(async db =>
        {
            db.Add(outside);
            var calendar = new Calendar(Guid.CreateVersion7(), practitioner);
            calendar.Refresh(
                "Dr Camille Essai",
                "MEDECINE_GENERALE",
                "Médecine générale",
                "Cabinet",
                "Metz",
                departement,
                null,
                World.Metz
            );
            var free = new SlotRange(
                Guid.CreateVersion7(),
                calendar,
                now.AddHours(5),
                now.AddHours(6),
                20,
                Mode.Cabinet,
                null,
                practitioner,
                now
            );
            await db.Holds.Where(h => h.RegulatorId == who.Id).ExecuteDeleteAsync(); // one at a time
            db.AddRange(
                calendar,
                free,
                free.Book(booking, who.Id, who.OrganisationId, "57-1", new PatientTraits(30, Sex.Female, null, null), now)
            );
            free.TakeHold(hold, who.Id, who.OrganisationId, TimeSpan.FromMinutes(30), now);
            await db.SaveChangesAsync();
            return free.Id;
        });
        await host.With<AccessDb, int>(db =>
        {
            db.Add(new Session(session, who.Id, who.OrganisationId, "pwd", null, now, null, "proof"));
            db.Add(
                new ApiToken(token, who.Id, who.OrganisationId, "proof", Guid.CreateVersion7().ToByteArray(), [], true, now, now.AddDays(1))
            );
            return db.SaveChangesAsync();
        });
        var (notice, device) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.With<NotificationsDb, int>(db =>
        {
            db.Add(
                new Notifications.Domain.Notice(
                    notice,
                    who.Id,
                    Guid.CreateVersion7(),
                    Guid.CreateVersion7(),
                    "agenda",
                    "Proof.",
                    "/",
                    urgent: false,
                    until: null,
                    now
                )
            );
            db.Add(new Notifications.Domain.Device(device, who.Id, $"https://fcm.googleapis.com/{device:n}", "proof", now));
            return db.SaveChangesAsync();
        });
        var (orientation, invitation) = await host.Asking(who, departement, practitioner);
        var (sector, roster, duty, swap, house) = await host.OnDuty(who, departement, practitioner);
        return new(
            range,
            booking,
            hold,
            outside.Id,
            session,
            token,
            notice,
            device,
            orientation,
            invitation,
            sector,
            roster,
            duty,
            swap,
            house,
            await host.Talking(who)
        );
    }

    private static Task<(Guid, Guid, Guid, Guid, Guid)> OnDuty(
        this ParceoHost host,
        World.Caller who,
        string departement,
        Guid practitioner
    ) =>
        host.With<RostersDb, (Guid, Guid, Guid, Guid, Guid)>(async db =>
        {
            var now = host.Clock.GetUtcNow();
            var sector = new Sector(Guid.CreateVersion7(), who.OrganisationId, SectorKind.Effection);
            sector.Change("Metz", departement, null, 3, [], [new("Nuit", DayKinds.Every, new(0, 0), new(8, 0))], closed: false);
            var roster = new Roster(Guid.CreateVersion7(), sector, DateOnly.FromDateTime(now.UtcDateTime));
            roster.Fit([
                .. Enumerable
                    .Range(1, 2)
                    .Select(n =>
                        (
                            Guid.CreateVersion7(),
                            new DutyPeriod(DateOnly.FromDateTime(now.UtcDateTime), "Nuit", now.AddHours(n), now.AddHours(n + 1))
                        )
                    ),
            ]);
            var (mine, theirs) = (roster.Duties[0], roster.Duties[1]);
            roster.Assign(mine.Id, new(practitioner, "Dr Camille Essai", false), null, null, default, who.Id, "", null, now);
            roster.Assign(theirs.Id, new(Guid.CreateVersion7(), "Dr Dominique Essai", false), null, null, default, who.Id, "", null, now);
            roster.Publish(roster.Gaps, who.Id, now);
            var swap = new Swap(Guid.CreateVersion7(), theirs, null, new(practitioner, "Dr Camille Essai", false), null, null, now);
            var house = new DutyHouse(Guid.CreateVersion7(), who.OrganisationId);
            house.Change("Maison", "1 rue", ("57463", "Metz", departement), null, null, [], closed: false);
            db.AddRange(sector, roster, swap, house);
            await db.SaveChangesAsync();
            return (sector.Id, roster.Id, mine.Id, swap.Id, house.Id);
        });

    private static Task<Chat> Talking(this ParceoHost host, World.Caller who) =>
        host.With<MessagingDb, Chat>(async db =>
        {
            var (now, seal) = (host.Clock.GetUtcNow(), new MessageSeal(host.Services.GetRequiredService<FieldCipher>()));
            var (id, entry, file, topic, desk) = (
                Guid.CreateVersion7(),
                Guid.CreateVersion7(),
                Guid.CreateVersion7(),
                Guid.CreateVersion7(),
                new Messaging.Domain.Desk(Guid.CreateVersion7(), who.OrganisationId, $"Desk {Guid.CreateVersion7():n}", "Proof", now)
            );
            var conversation = new Conversation(
                id,
                who.OrganisationId,
                ConversationKind.Channel,
                who.Id,
                now,
                seal.Title("Proof", who.OrganisationId, id)
            );
            conversation.Join(who.Id, "Caller", "Proof", who.OrganisationId, MemberRole.Owner, withHistory: true, now);
            conversation.Join(Guid.CreateVersion7(), "Colleague", "Proof", who.OrganisationId, MemberRole.Member, withHistory: true, now);
            db.AddRange(conversation, desk, new Topic(topic, id, who.Id, seal.Topic("Proof", who.OrganisationId, topic), now));
            desk.Staff([(who.Id, "Caller", "Proof")], Guid.CreateVersion7());
            db.Add(
                new Entry(
                    entry,
                    id,
                    conversation.Next(EntryKind.Message, now),
                    EntryKind.Message,
                    who.Id,
                    entry,
                    now,
                    null,
                    null,
                    seal.Body(new EntryBody("Proof"), who.OrganisationId, entry)
                )
            );
            var attached = new StoredFile(
                file,
                id,
                who.OrganisationId,
                who.Id,
                seal.FileName("proof.txt", who.OrganisationId, file),
                "text/plain",
                voice: false,
                now
            );
            attached.Store(5, SHA256.HashData("Proof"u8), FileState.Ready);
            attached.AttachTo(1);
            db.AddRange(attached, new FileChunk(file, 0, seal.Chunk("Proof"u8.ToArray(), who.OrganisationId, file, 0)));
            await db.SaveChangesAsync();
            return new(id, file, topic, desk.Id);
        });

    private static Task<(Guid, Guid)> Asking(this ParceoHost host, World.Caller who, string departement, Guid practitioner) =>
        host.With<RegulationDb, (Guid, Guid)>(async db =>
        {
            var (now, invitation) = (host.Clock.GetUtcNow(), Guid.CreateVersion7());
            var demand = new Demand(
                "57-1",
                30,
                Sex.Female,
                CareKind.GeneralMedicine,
                ReasonClass.Fever,
                "MEDECINE_GENERALE",
                null,
                WantedWithin.H4,
                new("Metz", World.Metz.Latitude, World.Metz.Longitude, false, "57463", "Metz", departement),
                new(null, null, MtReason.None, false)
            );
            var orientation = new Orientation(Guid.CreateVersion7(), who.OrganisationId, [departement], [], demand, who.Id, null, now);
            orientation.StartSolicitation(null, 10, who.Id, null, now);
            orientation.BeginWave(
                1,
                [
                    (
                        invitation,
                        new(
                            practitioner,
                            Guid.CreateVersion7(),
                            "Dr Camille Essai",
                            "Cabinet",
                            "Metz",
                            departement,
                            "Europe/Paris",
                            null,
                            1,
                            false,
                            0,
                            false,
                            null
                        )
                    ),
                ],
                TimeSpan.FromMinutes(30),
                now
            );
            db.AddRange(orientation, new PatientFile(orientation.Id, orientation.OrganisationId));
            await db.SaveChangesAsync();
            return (orientation.Id, invitation);
        });
}
