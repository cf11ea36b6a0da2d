using System.Text;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>S64, S65, S29: unique strings where patients' data go, the journey and its failures run on the shipped host, then nothing of them anywhere.</summary>
internal sealed class CanaryTests
{
    private const string Name = "Zyxwvu Canarini",
        Phone = "06 99 88 77 66 55",
        Case = "CANARY-4711081542",
        Secret = "canary.in.a.wrong.member";

    [Test]
    public async Task S64_Logs_errors_and_the_database_file_hold_no_personal_data()
    {
        await using var database = TestDatabase.Create(Engine.Sqlite);
        string token;
        IReadOnlyList<Guid> ranges;
        await using (var prepare = await ParceoHost.Start(Engine.Sqlite, on: database))
        {
            token = (await prepare.Regulators(1))[0].Token;
            ranges = await prepare.Ranges(3);
        }

        var errors = new StringBuilder();
        string logs;
        await using (var host = await HostProcess.Start(database))
        {
            using var nadia = new Api(host.Url, token);
            var good =
                $$$"""{"caseReference":"{{{Case}}}","patient":{"age":81,"sex":"female","name":"{{{Name}}}","phone":"{{{Phone}}}"}}""";
            var booked = await nadia.Book(ranges[0], "canary-1", good);
            Assert.That(booked.Status, Is.EqualTo(201));
            Assert.That(
                (await nadia.Send(HttpMethod.Get, "/api/slots/bookings")).Body.GetRawText(),
                Does.Contain(Name),
                "the journey really carries them"
            );

            // Everything that can go wrong on the way.
            foreach (
                var (body, key) in new[]
                {
                    (good, "canary-2"), // full
                    (good.Replace("81", "82", StringComparison.Ordinal), "canary-1"), // the key with another body
                    (good.Replace("81", "999", StringComparison.Ordinal), "canary-3"), // an age out of range
                    (good.Replace("\"age\"", $"\"{Secret}\"", StringComparison.Ordinal), "canary-4"), // an unknown member
                    (good.Replace("81", $"\"{Secret}\"", StringComparison.Ordinal), "canary-5"), // text where a number must be
                    (good[..^5], "canary-6"), // cut off
                    (good.Replace(Name, Name + "\\u0000", StringComparison.Ordinal), "canary-7"), // a control character
                    (good.Replace(Name, Name + new string('x', 300), StringComparison.Ordinal), "canary-8"), // too long
                }
            )
            {
                var refused = await nadia.Book(ranges[0], key, body);
                Assert.That(refused.Status, Is.InRange(400, 499));
                errors.AppendLine(refused.Body.GetRawText());
            }
            errors.AppendLine((await nadia.Book(Guid.CreateVersion7(), "canary-9", good)).Body.GetRawText());
            using var stranger = new Api(host.Url, "prc_nobody");
            errors.AppendLine((await stranger.Book(ranges[1], "canary-10", good)).Body.GetRawText());
            Assert.That(
                (
                    await nadia.Send(HttpMethod.Post, $"/api/slots/bookings/{booked.Body.GetProperty("bookingId").GetString()}/cancel")
                ).Status,
                Is.EqualTo(204)
            );
            logs = host.Output;
        }

        Assert.Multiple(() =>
        {
            foreach (var canary in new[] { Name, "Canarini", Phone, Case, token, Secret })
            {
                Assert.That(logs, Does.Not.Contain(canary), "in the logs");
                Assert.That(errors.ToString(), Does.Not.Contain(canary), "in an error");
            }
            foreach (var canary in new[] { Name, "Canarini", Phone, token })
                Assert.That(Holds(database, canary), Is.Empty, "clear in the data folder");
        });
    }

    /// <summary>Files of the data folder that hold the text.</summary>
    private static List<string> Holds(TestDatabase database, string text)
    {
        using (var file = new SqliteConnection(database.ConnectionString))
        {
            file.Open();
            using var flush = file.CreateCommand();
            flush.CommandText = "PRAGMA wal_checkpoint(FULL)";
            flush.ExecuteNonQuery();
        }
        return
        [
            .. System
                .IO.Directory.EnumerateFiles(database.Folder, "*", SearchOption.AllDirectories)
                .Where(f =>
                    f.EndsWith(".lock", StringComparison.Ordinal) == false
                    && Encoding.Latin1.GetString(File.ReadAllBytes(f)).Contains(text, StringComparison.Ordinal)
                ),
        ];
    }
}
