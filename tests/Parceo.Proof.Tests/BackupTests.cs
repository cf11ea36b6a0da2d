using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Access.Data;
using Parceo.Access.Features;
using Parceo.Host;
using Parceo.Platform.Audit;
using Parceo.Platform.Backup;
using Parceo.Platform.Cli;
using Parceo.Platform.Data;
using Parceo.Platform.State;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>The drill of S60: backups taken while people write, put back into an empty installation, and every set that is not whole refused.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class BackupTests(Engine engine)
{
    private ParceoHost host = null!;
    private string folder = null!,
        email = null!,
        backup = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        if (engine == Engine.SqlServer)
            Assert.Ignore("SQL Server has backups of its own.");
        folder = System.IO.Directory.CreateTempSubdirectory("parceo-backup-").FullName;
        host = await ParceoHost.Start(
            engine,
            settings: new Dictionary<string, string?> { ["Backup:Folder"] = folder, ["Backup:Keep"] = "2" }
        );
        var sas = await host.Organisation($"SAS {Guid.CreateVersion7():n}");
        var member = await host.Member(sas, "Nadia Essai", [Roles.Regulator]);
        email = await host.With<AccessDb, string>(db => db.People.Where(p => p.Id == member.Id).Select(p => p.Email!).SingleAsync());
        backup = Path.Combine(folder, "whole.set");
        await Backups(host).Write(backup, default);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (host is null)
            return;
        await host.DisposeAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task S60_a_backup_under_load_shows_one_moment_and_serves_again()
    {
        using var over = new CancellationTokenSource();
        var writers = Enumerable
            .Range(0, 4)
            .Select(_ =>
                Task.Run(async () =>
                {
                    while (!over.IsCancellationRequested)
                        await host.SendAsSystem(new IssueToken.Command(email, "charge", 1, [], null));
                })
            )
            .ToList();
        var file = Path.Combine(folder, "under-load.set");
        try
        {
            var (before, _) = await Counts(host);
            await Expect.Eventually(async () => (await Counts(host)).Tokens > before + 20, TimeSpan.FromSeconds(30), "writers at work");
            await Backups(host).Write(file, default);
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(writers);
        }

        await using var target = Target();
        await using (var app = App(target))
            await Backups(app.Services).Restore(file, default);
        await using var again = await ParceoHost.Start(engine, on: target);
        var (tokens, traces) = await Counts(again);
        Assert.Multiple(() =>
        {
            Assert.That(tokens, Is.GreaterThan(20).And.LessThanOrEqualTo(Counts(host).GetAwaiter().GetResult().Tokens));
            Assert.That(traces, Is.EqualTo(tokens), "what was done and its trace are of one moment");
        });
        await using (var scope = again.Services.CreateAsyncScope())
            Assert.That((await scope.ServiceProvider.GetRequiredService<AuditVerifier>().Verify(default)).Problem, Is.Null);
        // Numbers go on where they were.
        await again.SendAsSystem(new IssueToken.Command(email, "après", 1, [], null));
        Assert.That((await Counts(again)).Tokens, Is.EqualTo(tokens + 1));
    }

    [TestCase("cut at its end", "cut")]
    [TestCase("cut in its middle", "cut")]
    [TestCase("cut to nothing", "no backup")]
    [TestCase("changed", "changed")]
    [TestCase("changed header", "other installation|another installation|changed|no backup")]
    [TestCase("mixed", "mixed")]
    [TestCase("appended", "after its end")]
    [TestCase("foreign", "another installation")]
    [TestCase("none", "There is no file")]
    public async Task S60_a_set_that_is_not_whole_is_refused_and_changes_nothing(string how, string said)
    {
        var bytes = await File.ReadAllBytesAsync(backup);
        var other = Path.Combine(folder, $"{Guid.CreateVersion7():n}.set");
        await Backups(host).Write(other, default);
        var second = await File.ReadAllBytesAsync(other);
        File.Delete(other);
        var file = Path.Combine(folder, $"{Guid.CreateVersion7():n}.set");
        byte[]? bad = how switch
        {
            "cut at its end" => bytes[..^1],
            "cut in its middle" => bytes[..(bytes.Length / 2)],
            "cut to nothing" => [],
            "changed" => Changed(bytes, bytes.Length / 2),
            "changed header" => Changed(bytes, 20),
            "mixed" => [.. bytes[..80], .. second[80..]],
            "appended" => [.. bytes, .. second],
            "none" => null,
            _ => bytes,
        };
        if (bad is not null)
            await File.WriteAllBytesAsync(file, bad);
        await using var target = Target(ownKeys: how != "foreign");
        await using var app = App(target);
        var refused = Assert.ThrowsAsync<CommandException>(() => Backups(app.Services).Restore(file, default))!;
        Assert.That(refused.Message, Does.Match(said));
        if (engine == Engine.Sqlite)
            Assert.That(System.IO.Directory.GetFiles(target.Folder).Select(Path.GetFileName), Is.All.EqualTo("parceo.lock"));
        else
            Assert.That(await Exists(target), Is.False, "not even the database was made");
        File.Delete(file);
    }

    [Test]
    public async Task S60_a_target_that_is_not_empty_is_refused()
    {
        await using var target = Target();
        await using (var used = await ParceoHost.Start(engine, on: target))
            await used.Organisation("Déjà là");
        await using (var app = App(target))
            Assert.That(
                Assert.ThrowsAsync<CommandException>(() => Backups(app.Services).Restore(backup, default))!.Message,
                Does.Contain("empty")
            );
        await using var still = await ParceoHost.Start(engine, on: target);
        Assert.That(await still.With<AccessDb, bool>(db => db.Organisations.AnyAsync(o => o.Name == "Déjà là")), Is.True);
    }

    [Test]
    public async Task S60_every_hour_one_is_taken_verified_and_told_and_old_ones_go()
    {
        for (var hour = 0; hour < 3; hour++)
        {
            await host.RunJob("platform.backup");
            host.Clock.Advance(TimeSpan.FromHours(1));
        }
        var kept = System.IO.Directory.GetFiles(folder, "parceo-*.backup");
        Assert.That(kept, Has.Length.EqualTo(2));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(kept[0]), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        var figure = (await host.Services.GetRequiredService<ServiceState>().Look(default)).Single(f => f.Figure.Name == "backup.age");
        Assert.That(figure.Worst!.Value, Is.EqualTo(3600).Within(120));
        host.Clock.Advance(TimeSpan.FromHours(2));
        figure = (await host.Services.GetRequiredService<ServiceState>().Look(default)).Single(f => f.Figure.Name == "backup.age");
        Assert.That(figure.IsHigh, Is.True);
    }

    [Test]
    public async Task S60_a_set_holds_no_key_and_nothing_in_clear()
    {
        var bytes = await File.ReadAllBytesAsync(backup);
        foreach (var key in System.IO.Directory.GetFiles(Path.Combine(host.Database.Folder, "keys")))
        {
            var secret = await File.ReadAllBytesAsync(key);
            Assert.That(bytes.AsSpan().IndexOf(secret), Is.EqualTo(-1), key);
        }
        Assert.That(bytes.AsSpan().IndexOf("Nadia Essai"u8), Is.EqualTo(-1));
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        var changed = (byte[])bytes.Clone();
        changed[at] ^= 1;
        return changed;
    }

    /// <summary>An empty place on the same engine, with the keys of the installation unless it is another one.</summary>
    private TestDatabase Target(bool ownKeys = true)
    {
        var target = TestDatabase.Create(engine);
        var keys = System.IO.Directory.CreateDirectory(Path.Combine(target.Folder, "keys")).FullName;
        foreach (var key in System.IO.Directory.GetFiles(Path.Combine(host.Database.Folder, "keys")))
            File.WriteAllBytes(
                Path.Combine(keys, Path.GetFileName(key)),
                ownKeys ? File.ReadAllBytes(key) : RandomNumberGenerator.GetBytes(32)
            );
        return target;
    }

    /// <summary>The host as the command line has it: built, neither migrated nor started.</summary>
    private static WebApplication App(TestDatabase target) => HostEntry.Build([], quiet: true, builder =>
        {
            builder.Configuration.AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Parceo:Data"] = target.Folder,
                    ["Database:Provider"] = target.Engine.ToString(),
                    ["Database:ConnectionString"] = target.ConnectionString,
                }
            );
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        });

    private static Backups Backups(ParceoHost of) => Backups(of.Services);

    private static Backups Backups(IServiceProvider of) => of.GetRequiredService<Backups>();

    private static Task<(int Tokens, int Traces)> Counts(ParceoHost of) =>
        of.With<AccessDb, (int, int)>(async db =>
            (await db.Tokens.CountAsync(), await db.Set<AuditRow>().CountAsync(a => a.Action.EndsWith("IssueToken") && a.Outcome == "ok"))
        );

    private static async Task<bool> Exists(TestDatabase target)
    {
        try
        {
            await using var connection = new Npgsql.NpgsqlConnection($"{target.ConnectionString};Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (Npgsql.PostgresException e) when (e.SqlState == "3D000")
        {
            return false;
        }
    }
}
