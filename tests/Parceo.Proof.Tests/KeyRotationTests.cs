using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NUnit.Framework;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Access.Features;
using Parceo.Feedback.Data;
using Parceo.Feedback.Domain;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Patients.Contracts;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Platform.Modules;
using Parceo.Regulation.Data;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Testing;
using Calendar = Parceo.Slots.Domain.Calendar;

namespace Parceo.Proof.Tests;

/// <summary>S30: a new master key, beside serving hosts, through a kill, with everything readable at every moment.</summary>
[TestFixtureSource(typeof(EveryEngine)), Category("Long"), Parallelizable(ParallelScope.Self)]
internal sealed class KeyRotationTests(Engine engine)
{
    /// <summary>Hashes, and what passkeys make public: they tell nothing by themselves and no key sealed them.</summary>
    private static readonly string[] NotSealed =
    [
        "Hash",
        "Mac",
        "Print",
        "Sha256",
        "CredentialId",
        "IdentityUserPasskeyCredentialId",
        "PublicKey",
        "AttestationObject",
        "ClientDataJson",
    ];

    [Test]
    public async Task S30_Every_sealed_column_is_sealed_anew_for_its_own_place_and_nothing_is_left()
    {
        await using var host = await ParceoHost.Start(engine, demo: true);
        await FillWhatTheDemoLacks(host);
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("test");
        var undeclared =
            from module in host.Services.GetRequiredService<ModuleCatalog>().Modules
            where module.Db is not null
            from entity in ((DbContext)scope.ServiceProvider.GetRequiredService(module.Db!)).Model.GetEntityTypes()
            from property in entity.GetProperties()
            where property.ClrType == typeof(byte[]) && !NotSealed.Contains(property.Name)
            where !host.Services.GetServices<SealedColumn>().Any(c => c.Entity == entity.ClrType && c.Property == property.Name)
            select $"{entity.ClrType.Name}.{property.Name}";
        Assert.That(undeclared, Is.Empty, "a rotation would pass it over");
        var resealing = scope.ServiceProvider.GetRequiredService<Resealing>();
        Assert.That(await resealing.Left(default), Is.Zero, "one key so far");

        await TakeKey(host, 2);
        var before = await resealing.Left(default);
        var done = await resealing.Pass(default).ToListAsync();
        TestContext.Out.WriteLine(string.Join('\n', done.Select(d => $"{d.Column.Table}.{d.Column.Property}: {d.Sealed}")));

        Assert.Multiple(() =>
        {
            Assert.That(
                done.Where(d => d.Sealed == 0).Select(d => $"{d.Column.Table}.{d.Column.Property}"),
                Is.Empty,
                "each of them was tried"
            );
            Assert.That(done.Sum(d => d.Unreadable), Is.Zero);
            Assert.That(done.Sum(d => d.Sealed), Is.EqualTo(before));
        });
        Assert.That(await resealing.Left(default), Is.Zero);
        Assert.That((await resealing.Pass(default).ToListAsync()).Sum(d => d.Sealed), Is.Zero, "a second pass finds nothing to do");
        await TakeKey(host, 3);
        Assert.That(
            (await resealing.Pass(default).ToListAsync()).Sum(d => d.Sealed),
            Is.EqualTo(before),
            "what was sealed anew opens again, in its place"
        );
    }

    private static async Task TakeKey(ParceoHost host, byte number)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        db.KeyFingerprints.Add(
            new KeyFingerprintRow(
                SealingKey.NameOf(number),
                host.Services.GetRequiredService<Keys>().FingerprintOf(SealingKey.NameOf(number))
            )
        );
        await db.SaveChangesAsync();
        await host.Services.GetRequiredService<SealingKey>().Look(default);
    }

    private static async Task FillWhatTheDemoLacks(ParceoHost host)
    {
        var (now, cipher) = (host.Clock.GetUtcNow(), host.Services.GetRequiredService<FieldCipher>());
        await host.With<SlotsDb, int>(async db =>
        {
            var (id, practitioner) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            var calendar = new Calendar(Guid.CreateVersion7(), practitioner);
            calendar.Refresh("Dr Camille Essai", "MEDECINE_GENERALE", "Médecine générale", "Cabinet", "Metz", "57", null, World.Metz);
            var range = new SlotRange(
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
            var booking = range.Book(
                Guid.CreateVersion7(),
                practitioner,
                Guid.CreateVersion7(),
                "57-1",
                new PatientTraits(30, Sex.Female, "Yvette Collin", null),
                now
            );
            new PatientSeal(cipher).Seal(booking, PatientSheet.Empty.Say(new("Yvette Collin", null), null, "Régulation", now));
            new PatientSeal(cipher).SealReason(booking, "Fièvre depuis trois jours");
            db.AddRange(calendar, range, booking);
            db.Add(
                new OutsideAgenda(
                    id,
                    practitioner,
                    AgendaSeal.Seal(cipher, "https://agenda.example.fr/secret.ics", practitioner, id),
                    "agenda.example.fr",
                    practitioner,
                    now
                )
            );
            return await db.SaveChangesAsync();
        });
        await host.With<AccessDb, int>(async db =>
        {
            var of = await db.Memberships.FirstAsync();
            var session = new Session(Guid.CreateVersion7(), of.PersonId, of.OrganisationId, "pwd", now, now, null, "proof");
            var kept = new UnsentForm(session.Id, session.PersonId);
            kept.Keep(KeepUnsentForm.Seal(cipher, "{}", kept.PersonId, kept.SessionId), now);
            db.AddRange(session, kept);
            return await db.SaveChangesAsync();
        });
        await host.With<RegulationDb, int>(async db =>
        {
            new FileSeal(cipher).Write(await db.Files.FirstAsync(), handover: "Rappeler la fille");
            return await db.SaveChangesAsync();
        });
        await host.With<FeedbackDb, int>(db =>
        {
            var report = new Report(Guid.CreateVersion7());
            db.Add(report).Property(r => r.OrganisationId).CurrentValue = Guid.CreateVersion7();
            db.Entry(report).Property(r => r.SealedText).CurrentValue = new ReportSeal(cipher).Seal(
                report,
                new(new(81, Sex.Female, "Y. C."), "Fièvre", "Angine", "", "")
            );
            return db.SaveChangesAsync();
        });
        await host.With<MessagingDb, int>(async db =>
        {
            var (file, seal) = (Guid.CreateVersion7(), new MessageSeal(cipher));
            var conversation = await db.Conversations.FirstAsync();
            var draft = new Draft(Guid.CreateVersion7(), conversation.Id);
            draft.Write(seal.Draft("Ébauche", conversation.OrganisationId, draft), now);
            conversation.Hold(seal.HoldReason("Réquisition", conversation.OrganisationId, conversation.Id), now);
            var attached = new StoredFile(
                file,
                conversation.Id,
                conversation.OrganisationId,
                draft.PersonId,
                seal.FileName("photo.png", conversation.OrganisationId, file),
                "image/png",
                voice: false,
                now
            );
            attached.Store(3 << 20, new byte[32], FileState.Ready);
            db.AddRange(draft, attached);
            for (var part = 0; part < 12; part++)
                db.Add(new FileChunk(file, part, seal.Chunk(new byte[256 << 10], conversation.OrganisationId, file, part)));
            return await db.SaveChangesAsync();
        });
        await host.With<SecureMailDb, int>(async db =>
        {
            var (id, box, seal) = (Guid.CreateVersion7(), await db.Mailboxes.FirstAsync(), new MailSeal(cipher));
            db.Add(
                new OutMail(
                    id,
                    box,
                    Guid.CreateVersion7(),
                    Guid.CreateVersion7(),
                    "",
                    Guid.Empty,
                    seal.Seal(new OutContent(["a@b.mssante.fr"], "Objet", "Texte", false, null, []), box.OrganisationId, id),
                    100,
                    null,
                    false,
                    now
                )
            );
            return await db.SaveChangesAsync();
        });
    }

    [Test, CancelAfter(240_000)]
    public async Task S30_Beside_a_serving_host_and_killed_half_way_it_goes_on_and_every_message_stays_readable(CancellationToken ct)
    {
        await using var database = TestDatabase.Create(engine);
        var conversations = await ManyMessages(database, 100, 200);
        await using var host = await HostProcess.Start(database);

        using (var first = Rotate(database))
        {
            // Looking takes no lock: the rotation must not have to wait for the one who looks.
            await using var look = await Opened(database);
            await Expect.Eventually(
                async () =>
                {
                    Assert.That(first.HasExited, Is.False, "it was over before it could be killed");
                    return await KeyNumbers(look) is { Length: 2 };
                },
                TimeSpan.FromSeconds(60),
                "the rotation to come to the messages"
            );
            first.Kill();
            await first.WaitForExitAsync(ct);
            Assert.That(await KeyNumbers(look), Is.EqualTo(new[] { 1, 2 }), "killed half-way");
        }
        using (var again = Rotate(database))
        {
            await again.WaitForExitAsync(ct);
            var said = await again.StandardOutput.ReadToEndAsync(ct);
            Assert.That(again.ExitCode, Is.Zero, await again.StandardError.ReadToEndAsync(ct));
            Assert.That(said, Does.Contain("Going on with key 2").And.EndWith("0 rows left.\n"), said);
        }
        await using (var look = await Opened(database))
            Assert.That(await KeyNumbers(look), Is.EqualTo(new[] { 2 }), "nothing is sealed with the first key");
        Assert.That(host.Output, Does.Contain("Sealing with key 2").And.Not.Contain("ERR]"), "the serving host has heard of it");

        await host.DisposeAsync();
        await Readable(database, conversations);
        File.Delete(Path.Combine(database.Folder, "keys", "data2.key"));
        Assert.That(
            async () => await ParceoHost.Start(engine, on: database),
            Throws.InstanceOf<StartRefusedException>().With.Message.Contains("Data2"),
            "a missing key stops the start"
        );
    }

    private static async Task<IReadOnlyDictionary<Guid, int>> ManyMessages(TestDatabase database, int conversations, int messages)
    {
        await using var host = await ParceoHost.Start(database.Engine, on: database);
        var (now, seal, organisation) = (
            host.Clock.GetUtcNow(),
            new MessageSeal(host.Services.GetRequiredService<FieldCipher>()),
            Guid.CreateVersion7()
        );
        return await host.With<MessagingDb, IReadOnlyDictionary<Guid, int>>(async db =>
        {
            var written = new Dictionary<Guid, int>();
            for (var c = 0; c < conversations; c++)
            {
                var id = Guid.CreateVersion7();
                var conversation = new Conversation(
                    id,
                    organisation,
                    ConversationKind.Group,
                    Guid.CreateVersion7(),
                    now,
                    seal.Title("Rotation", organisation, id)
                );
                db.Add(conversation);
                for (var m = 0; m < messages; m++)
                {
                    var entry = Guid.CreateVersion7();
                    db.Add(
                        new Entry(
                            entry,
                            id,
                            conversation.Next(EntryKind.Message, now),
                            EntryKind.Message,
                            Guid.CreateVersion7(),
                            entry,
                            now,
                            null,
                            null,
                            seal.Body(new EntryBody($"{id} {m}"), organisation, entry)
                        )
                    );
                }
                await db.SaveChangesAsync();
                db.ChangeTracker.Clear();
                written[id] = messages;
            }
            return written;
        });
    }

    private static async Task Readable(TestDatabase database, IReadOnlyDictionary<Guid, int> conversations)
    {
        await using var host = await ParceoHost.Start(database.Engine, on: database);
        var seal = new MessageSeal(host.Services.GetRequiredService<FieldCipher>());
        await host.With<MessagingDb, int>(async db =>
        {
            var entries = await db
                .Entries.AsNoTracking()
                .Where(e => e.Kind == EntryKind.Message)
                .OrderBy(e => e.ConversationId)
                .ThenBy(e => e.Seq)
                .ToListAsync();
            var organisations = await db.Conversations.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.OrganisationId);
            foreach (var one in entries.GroupBy(e => e.ConversationId))
                Assert.That(
                    one.Select(e => seal.OpenBody(e.Body, organisations[one.Key], e.Id)!.Text),
                    Is.EqualTo(Enumerable.Range(0, conversations[one.Key]).Select(m => $"{one.Key} {m}"))
                );
            Assert.That(entries, Has.Count.EqualTo(conversations.Values.Sum()));
            return 0;
        });
    }

    private static async Task<DbConnection> Opened(TestDatabase database)
    {
        DbConnection connection =
            database.Engine == Engine.Sqlite
                ? new SqliteConnection(database.ConnectionString)
                : new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>The keys that messages are sealed with now.</summary>
    private static async Task<int[]> KeyNumbers(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            connection is SqliteConnection
                ? "SELECT DISTINCT hex(substr(body, 1, 1)) FROM messaging_entry ORDER BY 1"
                : "SELECT DISTINCT encode(substr(body, 1, 1), 'hex') FROM messaging.entry ORDER BY 1";
        await using var reader = await command.ExecuteReaderAsync();
        var numbers = new List<int>();
        while (await reader.ReadAsync())
            numbers.Add(Convert.ToInt32(reader.GetString(0), 16));
        return [.. numbers];
    }

    private static Process Rotate(TestDatabase database) => HostProcess.Command(database, "keys", "rotate");
}
