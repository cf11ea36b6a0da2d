using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Platform.Modules;
using Parceo.Platform.Tests.Probe;
using Parceo.Testing;

namespace Parceo.Platform.Tests;

/// <summary>What the host needs to start, and what it says when it does not.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class StartTests(Engine engine)
{
    private TestDatabase database = null!;

    [SetUp]
    public void Create() => database = TestDatabase.Create(engine);

    private readonly List<string> logins = [];

    [TearDown]
    public async Task Drop()
    {
        await database.DisposeAsync();
        foreach (var login in logins)
            Assert.That(await As(Master, $"DROP LOGIN {login}"), Is.Null);
        logins.Clear();
    }

    private string Master => new SqlConnectionStringBuilder(database.ConnectionString) { InitialCatalog = "master" }.ToString();

    [Test]
    public async Task S59_A_newer_schema_refuses_to_start()
    {
        await using (var host = await ParceoHost.Start(engine, on: database))
        {
            await using var scope = host.Services.CreateAsyncScope();
            await scope
                .ServiceProvider.GetRequiredService<PlatformDb>()
                .Database.ExecuteSqlRawAsync(
                    engine == Engine.Sqlite
                        ? "INSERT INTO __migrations_platform VALUES ('29990101000000_FromTheFuture', '99')"
                        : "INSERT INTO platform.__migrations_platform VALUES ('29990101000000_FromTheFuture', '99')"
                );
        }
        var refusal = Assert.ThrowsAsync<StartRefusedException>(() => ParceoHost.Start(engine, on: database))!;
        Assert.That(refusal.Message, Does.Contain("29990101000000_FromTheFuture").And.Contain("newer"));
    }

    [Test]
    public async Task S59_A_migration_may_take_longer_than_an_ordinary_command()
    {
        var watch = new Timeouts();
        await using var host = await ParceoHost.Start(engine, on: database, services: s =>
            s.ConfigureDbContext<PlatformDbSqlite>(o => o.AddInterceptors(watch))
                .ConfigureDbContext<PlatformDbPostgreSql>(o => o.AddInterceptors(watch))
                .ConfigureDbContext<PlatformDbSqlServer>(o => o.AddInterceptors(watch))
        );
        Assert.Multiple(() =>
        {
            Assert.That(watch.OfCreateTable, Is.Not.Empty.And.All.GreaterThanOrEqualTo(3600), "seconds");
            Assert.That(
                host.Services.GetRequiredService<Migrator>().Applied,
                Has.Some.StartsWith("platform ").And.Some.StartsWith("slots ")
            );
        });
    }

    private sealed class Timeouts : Microsoft.EntityFrameworkCore.Diagnostics.DbCommandInterceptor
    {
        public System.Collections.Concurrent.ConcurrentBag<int> OfCreateTable { get; } = [];

        public override ValueTask<Microsoft.EntityFrameworkCore.Diagnostics.InterceptionResult<int>> NonQueryExecutingAsync(
            System.Data.Common.DbCommand command,
            Microsoft.EntityFrameworkCore.Diagnostics.CommandEventData eventData,
            Microsoft.EntityFrameworkCore.Diagnostics.InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            if (
                command.CommandText.Contains("audit_seal", StringComparison.Ordinal)
                && command.CommandText.Contains("CREATE TABLE", StringComparison.Ordinal)
            )
                OfCreateTable.Add(command.CommandTimeout);
            return ValueTask.FromResult(result);
        }
    }

    [Test]
    public async Task S59_A_migration_that_was_killed_does_not_block_the_next_start()
    {
        if (engine == Engine.Sqlite)
        {
            // What EF leaves when it is killed while it migrates.
            await using var connection = new Microsoft.Data.Sqlite.SqliteConnection(database.ConnectionString);
            await connection.OpenAsync();
            await using var leave = connection.CreateCommand();
            leave.CommandText =
                "CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK___EFMigrationsLock\" PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01')";
            await leave.ExecuteNonQueryAsync();
        }
        await using var host = await ParceoHost.Start(engine, on: database);
        using var client = host.Client();
        Assert.That((await client.GetAsync("/health/ready")).IsSuccessStatusCode, Is.True);
    }

    [Test]
    public async Task S59_Of_nodes_that_start_at_once_without_a_common_lock_the_slower_one_takes_the_keys_as_written()
    {
        var meanwhile = new Meanwhile();
        await using var host = await ParceoHost.Start(
            engine,
            on: database,
            services: meanwhile.Watch<PlatformDbSqlite, PlatformDbPostgreSql, PlatformDbSqlServer>
        );
        var prints = await Prints(q => q.AsNoTracking().ToListAsync());
        await Prints(q => q.ExecuteDeleteAsync());
        var came = meanwhile.After(1, "key_fingerprint", async () =>
        {
            await using var scope = host.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
            db.KeyFingerprints.AddRange(prints);
            await db.SaveChangesAsync();
        });
        await host.Services.GetRequiredService<Migrator>().Run(default);
        Assert.That((came(), await Prints(q => q.CountAsync())), Is.EqualTo((true, prints.Count)));

        async Task<T> Prints<T>(Func<IQueryable<KeyFingerprintRow>, Task<T>> work)
        {
            await using var scope = host.Services.CreateAsyncScope();
            return await work(scope.ServiceProvider.GetRequiredService<PlatformDb>().KeyFingerprints);
        }
    }

    [Test]
    public async Task S59_Two_nodes_that_start_at_once_on_an_empty_database_migrate_it_once()
    {
        if (engine == Engine.Sqlite)
            Assert.Ignore("SQLite has one node.");
        await using var elsewhere = TestDatabase.Create(Engine.Sqlite); // another data folder: two machines
        var keys = new[] { "Data", "KeyRing", "Audit", "oidc-signing", "oidc-encryption", "Push" }
            .Select(
                (name, i) =>
                    KeyValuePair.Create($"Keys:{name}", (string?)Convert.ToBase64String(Enumerable.Repeat((byte)(i + 1), 32).ToArray()))
            )
            .ToDictionary();
        var settings = new Dictionary<string, string?>(keys) { ["Parceo:Data"] = elsewhere.Folder };
        var hosts = await Task.WhenAll(
            ParceoHost.Start(engine, on: database, settings: keys, jobs: true),
            ParceoHost.Start(engine, on: database, settings: settings, jobs: true)
        );
        foreach (var host in hosts)
            await host.DisposeAsync();
    }

    [Test, Category("Long")]
    public async Task S58_The_lock_of_a_job_that_a_killed_node_left_delays_no_start()
    {
        if (engine != Engine.PostgreSql)
            Assert.Ignore("Locks that are rows: Hangfire on PostgreSQL.");
        await using (var first = await ParceoHost.Start(engine, on: database, jobs: true))
            await Expect.Eventually(async () => await RecurringJobs() > 0, TimeSpan.FromSeconds(30), "the first node's jobs");
        // What kill -9 leaves behind while a job is registered, and a job that never was.
        await Run(
            "INSERT INTO hangfire.lock (resource, updatecount, acquired) VALUES ('hangfire:lock:recurring-job:slots.release-holds', 0, now() AT TIME ZONE 'UTC')"
        );
        await Run(
            "DELETE FROM hangfire.set WHERE value = 'slots.release-holds'; DELETE FROM hangfire.hash WHERE key = 'recurring-job:slots.release-holds'"
        );
        await using var second = await ParceoHost.Start(engine, on: database, jobs: true);
        using var client = second.Client();
        Assert.That((await client.GetAsync("/health/ready")).IsSuccessStatusCode, Is.True, "it serves");
        await Expect.Eventually(
            async () => await Run("SELECT count(*) FROM hangfire.set WHERE key = 'recurring-jobs' AND value = 'slots.release-holds'") == 1,
            TimeSpan.FromSeconds(60),
            "the job, once the lock is too old"
        );
    }

    [Test, Category("Long")]
    public async Task S32_The_login_that_serves_changes_neither_the_schema_nor_the_trail()
    {
        if (engine == Engine.Sqlite)
            Assert.Ignore("SQLite has no logins.");
        var (connection, remove) = await ServingAndOwner();
        var settings = new Dictionary<string, string?> { ["Database:ConnectionString"] = connection, ["Database:Migrate"] = "false" };
        try
        {
            await using (var serving = await ParceoHost.Start(engine, on: database, settings: settings))
            {
                Assert.That(
                    await As(
                        connection,
                        engine == Engine.PostgreSql
                            ? "INSERT INTO platform.audit (at, actor_id, organisation_id, means, action, outcome, correlation_id, mac) VALUES (now(), gen_random_uuid(), gen_random_uuid(), 'test', 'Test', 'ok', 'test', '\\x00')"
                            : "INSERT INTO platform.audit (at, actor_id, organisation_id, means, action, outcome, correlation_id, mac) VALUES (SYSDATETIMEOFFSET(), NEWID(), NEWID(), 'test', 'Test', 'ok', 'test', 0x00)"
                    ),
                    Is.Null
                );
                await Expect.Eventually(
                    async () => await Count("platform.audit_seal") == 1,
                    TimeSpan.FromSeconds(30),
                    "the seal, by the serving host"
                );
                foreach (var sql in engine == Engine.PostgreSql ? ForbiddenOnPostgreSql : ForbiddenOnSqlServer)
                    Assert.That(
                        await As(connection, sql),
                        engine == Engine.PostgreSql ? Is.EqualTo(Npgsql.PostgresErrorCodes.InsufficientPrivilege) : Is.Not.Null,
                        sql
                    );
                // What keeps everybody else from the trail still stands.
                Assert.That(await As(database.ConnectionString, "UPDATE platform.audit SET outcome = 'x'"), Is.Not.Null);
                Assert.That(await As(database.ConnectionString, "TRUNCATE TABLE platform.audit"), Is.Not.Null);
                Assert.That(await Count("platform.audit_seal"), Is.EqualTo(1));
            }
            Assert.That(await As(database.ConnectionString, "DELETE FROM slots.__migrations_slots"), Is.Null);
            var refusal = Assert.ThrowsAsync<StartRefusedException>(() => ParceoHost.Start(engine, on: database, settings: settings))!;
            Assert.That(refusal.Message, Does.Contain("parceo migrate"));
        }
        finally
        {
            await remove();
        }
    }

    private static readonly string[] ForbiddenOnPostgreSql =
    [
        "UPDATE platform.audit SET outcome = 'x'",
        "DELETE FROM platform.audit_seal",
        "TRUNCATE platform.audit",
        "ALTER TABLE platform.audit DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_append_only ON platform.audit",
        "DROP TABLE platform.audit_seal",
        "CREATE OR REPLACE FUNCTION platform.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "CREATE TABLE slots.more (id int)",
        "DELETE FROM slots.__migrations_slots",
    ];

    private static readonly string[] ForbiddenOnSqlServer =
    [
        "UPDATE platform.audit SET outcome = 'x'",
        "DELETE FROM platform.audit_seal",
        "TRUNCATE TABLE platform.audit",
        "TRUNCATE TABLE platform.audit_seal",
        "ALTER TABLE platform.audit_no_truncate DROP CONSTRAINT fk_audit_no_truncate",
        "DROP TABLE platform.audit_no_truncate",
        "DROP TABLE platform.audit_seal",
        "CREATE TABLE slots.more (id int)",
        "DISABLE TRIGGER platform.audit_append_only ON platform.audit",
        "ALTER TABLE platform.audit DISABLE TRIGGER ALL",
        "DROP TRIGGER platform.audit_append_only",
        // Babelfish knows no DENY.
        .. TestDatabase.IsPlain
            ? Array.Empty<string>()
            : ["INSERT INTO platform.audit_no_truncate (audit_id) SELECT id FROM platform.audit", "DELETE FROM slots.__migrations_slots"],
    ];

    /// <summary>Migrates, and makes the login that serves with its grants. Returns how that one connects, and what removes it.</summary>
    private async Task<(string Connection, Func<Task> Remove)> ServingAndOwner()
    {
        if (engine == Engine.PostgreSql)
        {
            var login = $"serving_{Guid.CreateVersion7():n}";
            await using var owner = await ParceoHost.Start(engine, on: database);
            await Run($"CREATE ROLE {login} LOGIN PASSWORD '{login}'");
            await using var scope = owner.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ServingLogin>().Grant(login, default);
            return (
                new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = login, Password = login }.ToString(),
                () => Run($"DROP OWNED BY {login}; DROP ROLE {login}")
            );
        }

        // As deploy/sqlserver-setup.sql says, under this database's name.
        var target = new SqlConnectionStringBuilder(database.ConnectionString);
        var (name, password) = (target.InitialCatalog, $"Aa1!{Guid.CreateVersion7():n}");
        var script = await File.ReadAllTextAsync(Path.Combine(SchemaTests.Root(), "deploy", "sqlserver-setup.sql"));
        script = Regex.Replace(script, @"\bparceo(?=\b|_owner)", name);
        script = Regex.Replace(script, @"\$\(\w+\)", password);
        foreach (var batch in Regex.Split(script, @"^GO\s*$", RegexOptions.Multiline).Where(b => !string.IsNullOrWhiteSpace(b)))
            await Administrator(batch);
        var owning = database.ConnectionString;
        if (!TestDatabase.IsPlain)
            owning = new SqlConnectionStringBuilder(owning) { UserID = name + "_owner", Password = password }.ToString();
        await using (
            var owner = await ParceoHost.Start(
                engine,
                on: database,
                settings: new Dictionary<string, string?> { ["Database:ConnectionString"] = owning }
            )
        )
        {
            if (TestDatabase.IsPlain) // jobs stay in memory, without a schema
                await Administrator($"USE {name}; EXEC('CREATE SCHEMA hangfire')");
            await using var scope = owner.Services.CreateAsyncScope();
            foreach (var statement in scope.ServiceProvider.GetRequiredService<ServingLogin>().Statements(name))
                await Administrator($"USE {name}; {statement}");
        }
        return (new SqlConnectionStringBuilder(database.ConnectionString) { UserID = name, Password = password }.ToString(), () =>
        {
            logins.AddRange([name, name + "_owner"]); // the database's users go with it, and they with those
            return Task.CompletedTask;
        });

        async Task Administrator(string sql)
        {
            // Babelfish knows none of these; its owner is the administrator.
            if (TestDatabase.IsPlain)
                sql = Regex.Replace(sql, @"^.*(ALTER ROLE db_owner|\bDENY\b).*$|^IF [^;]*ALTER DATABASE[^;]*;", "", RegexOptions.Multiline);
            if (!string.IsNullOrWhiteSpace(sql))
                Assert.That(await As(Master, sql), Is.Null, sql);
        }
    }

    private async Task<int> Count(string table)
    {
        await using var connection = Open(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>What the server refuses it with, or null.</summary>
    private async Task<string?> As(string login, string sql)
    {
        await using var connection = Open(login);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants
        command.CommandText = sql;
#pragma warning restore CA2100
        try
        {
            await command.ExecuteNonQueryAsync();
            return null;
        }
        catch (System.Data.Common.DbException e)
        {
            return e is Npgsql.PostgresException p ? p.SqlState : e.Message;
        }
    }

    private System.Data.Common.DbConnection Open(string connection) =>
        engine == Engine.PostgreSql
            ? new Npgsql.NpgsqlConnection(new Npgsql.NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ToString())
            : new SqlConnection(new SqlConnectionStringBuilder(connection) { Pooling = false }.ToString());

    private Task<long> RecurringJobs() => Run("SELECT count(*) FROM hangfire.set WHERE key = 'recurring-jobs'");

    private async Task<long> Run(string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }

    [Test]
    public async Task S30_A_missing_or_foreign_key_refuses_to_start_and_the_own_one_starts_again()
    {
        await using (await ParceoHost.Start(engine, on: database)) { }
        foreach (var key in (string[])["data", "keyring", "audit", "oidc-signing", "push"])
        {
            var file = Path.Combine(database.Folder, "keys", key + ".key");
            var own = await File.ReadAllBytesAsync(file);

            File.Delete(file);
            var missing = Assert.ThrowsAsync<StartRefusedException>(() => ParceoHost.Start(engine, on: database))!;
            Assert.That(missing.Message, Does.Contain(file).And.Contain("missing").And.Not.Contain(Environment.NewLine));
            Assert.That(File.Exists(file), Is.False, "no other key was made in its place");

            await File.WriteAllBytesAsync(file, [.. own.Select(b => (byte)~b)]);
            var foreign = Assert.ThrowsAsync<StartRefusedException>(() => ParceoHost.Start(engine, on: database))!;
            Assert.That(foreign.Message, Does.Contain(file).And.Contain("not the one"));

            await File.WriteAllBytesAsync(file, own);
        }
        await using var again = await ParceoHost.Start(engine, on: database);
        using var client = again.Client();
        Assert.That((await client.GetAsync("/health/ready")).IsSuccessStatusCode, Is.True);
    }

    [Test]
    public async Task A_second_host_on_one_data_folder_is_refused_in_a_clear_sentence()
    {
        if (engine != Engine.Sqlite)
            Assert.Ignore("Several nodes share a server's database.");
        await using var first = await ParceoHost.Start(engine, on: database);
        var refusal = Assert.ThrowsAsync<StartRefusedException>(() => ParceoHost.Start(engine, on: database))!;
        Assert.That(refusal.Message, Does.Contain(database.Folder).And.Contain("already"));
    }
}

/// <summary>A wrong value stops the start with one sentence that names its key.</summary>
internal sealed class ConfigurationTests
{
    [TestCase("Database:Provider", "Oracle")]
    [TestCase("Database:Provider", "1")]
    [TestCase("Modules:slots:Enabled", "perhaps")]
    [TestCase("Parceo:Data", "/dev/null/data")]
    [TestCase("Jobs:Enabled", "sometimes")]
    [TestCase("Health:OldestEventMinutes", "soon")]
    [TestCase("Keys:Data", "short")]
    [TestCase("Keys:Audit", "AAAA")]
    [TestCase("Redis:ConnectionString", "redis://localhost:6379")]
    [TestCase("Redis:ConnectionString", "redis:6379,colour=blue")]
    [TestCase("Redis:ConnectionString", "ssl=true")]
    public void A_wrong_value_names_its_key(string key, string value)
    {
        var refusal = Assert.ThrowsAsync<StartRefusedException>(async () =>
            await (await ParceoHost.Start(Engine.Sqlite, settings: new Dictionary<string, string?> { [key] = value })).DisposeAsync()
        )!;
        Assert.That(refusal.Message, Does.Contain(key).And.Not.Contain(Environment.NewLine));
        if (key.StartsWith("Redis", StringComparison.Ordinal))
            Assert.That(refusal.Message, Does.Not.Contain(value), "a password may stand in it");
    }

    [Test]
    public async Task S51_A_Redis_that_does_not_answer_delays_no_start_and_no_readiness()
    {
        await using var host = await ParceoHost.Start(
            Engine.Sqlite,
            settings: new Dictionary<string, string?> { ["Redis:ConnectionString"] = "127.0.0.1:1" }
        );
        using var client = host.Client();
        Assert.That((await client.GetAsync("/health/ready")).IsSuccessStatusCode, Is.True);
    }

    [TestCase("PostgreSql"), TestCase("SqlServer")]
    public void A_server_needs_an_address(string provider)
    {
        var refusal = Assert.ThrowsAsync<StartRefusedException>(async () =>
            await (
                await ParceoHost.Start(
                    Engine.Sqlite,
                    settings: new Dictionary<string, string?> { ["Database:Provider"] = provider, ["Database:ConnectionString"] = "" }
                )
            ).DisposeAsync()
        )!;
        Assert.That(refusal.Message, Does.StartWith("Database:ConnectionString"));
    }

    [Test]
    public void S13_A_request_that_does_not_say_who_may_send_it_stops_the_start() =>
        Assert.That(Refusal(CarelessModule.Make(permission: null)), Does.Contain("Forgotten").And.Contain("who may send it"));

    [Test]
    public void S13_A_permission_that_no_module_declares_stops_the_start() =>
        Assert.That(Refusal(CarelessModule.Make(permission: "careless.unknown")), Does.Contain("careless.unknown"));

    [Test]
    public void A_request_without_a_handler_stops_the_start() =>
        Assert.That(Refusal(CarelessModule.Make(permission: "slots.search")), Does.Contain("has no handler"));

    [Test]
    public async Task An_address_that_is_taken_is_said_in_one_sentence()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        await using var database = TestDatabase.Create(Engine.Sqlite);
        var (said, before) = (new StringWriter(), Console.Error);
        Console.SetError(said);
        try
        {
            var code = await Parceo.Host.HostEntry.Run([
                $"--urls=http://{taken.LocalEndpoint}",
                $"--Parceo:Data={database.Folder}",
                "--Parceo:Demo=false",
                "--Jobs:Enabled=false",
            ]);
            Assert.That(code, Is.EqualTo(1));
        }
        finally
        {
            Console.SetError(before);
        }
        Assert.That(said.ToString(), Does.Contain(taken.LocalEndpoint.ToString()).And.Contain("Choose another with --urls."));
    }

    [TestCaseSource(nameof(Twice))]
    public void What_two_modules_both_claim_stops_the_start(IParceoModule module, string told) =>
        Assert.That(Refusal(module), Is.EqualTo(told));

    private static IEnumerable<TestCaseData> Twice()
    {
        static TestCaseData Case(string what, string told, Action<ModuleBuilder> declare, string name = "twice") =>
            new TestCaseData(new TwiceModule(name, declare), told).SetArgDisplayNames(what);
        yield return Case("menu order", "The menu order '40' is declared twice, by 'directory' and 'twice'.", m =>
            m.AddMenu(new("Double", "x", "/double", 40))
        );
        yield return Case("menu label", "The menu label 'Annuaire' is declared twice, by 'directory' and 'twice'.", m =>
            m.AddMenu(new("Annuaire", "x", "/double", 1))
        );
        yield return Case("menu address", "The menu address '/annuaire' is declared twice, by 'directory' and 'twice'.", m =>
            m.AddMenu(new("Double", "x", "/annuaire", 1))
        );
        yield return Case("shortcut", "The shortcut 'g a' is declared twice, by 'directory' and 'twice'.", m =>
            m.AddMenu(new("Double", "x", "/double", 1) { Hotkey = "g a" })
        );
        yield return Case("permission", "The permission 'twice.do' is declared twice.", m =>
            m.Grant("twice.do", Roles.Coordinator).Grant("twice.do", Roles.Treasurer)
        );
        yield return Case("address", "The address '/annuaire' is declared twice, by 'directory' and 'twice'.", m =>
            m.AddAddresses("/annuaire")
        );
        yield return Case("notice subject", "The notice subject 'message' is declared twice, by 'messaging' and 'twice'.", m =>
            m.AddNoticeSubject("message", "Double", "x")
        );
        yield return Case("home part", "The home part 'issues' is declared twice, by 'slots' and 'twice'.", m =>
            m.AddHomePart<HomePart>("issues", "/annuaire", "directory.import")
        );
        yield return Case("home place", "The home part 'double' of 'twice' counts at '/double', which is in no menu.", m =>
            m.AddHomePart<HomePart>("double", "/double", "directory.import")
        );
        yield return Case("command", "The command 'Mon compte' is declared twice, by 'access' and 'twice'.", m =>
            m.AddCommand(new("Mon compte", "x", "/compte", ""))
        );
        yield return Case("palette group", "The palette group 'Annuaire' is declared twice, by 'directory' and 'twice'.", m =>
            m.AddPaletteSource<PaletteSource>("Annuaire", 1)
        );
        yield return Case(
            "module name",
            "The module name 'directory' is declared twice, by 'Parceo.Directory' and 'Parceo.Platform.Tests'.",
            _ => { },
            "directory"
        );
    }

    [TestCase("/annuaire/double", "The endpoint '/annuaire/double' of 'twice' lies in '/annuaire', which 'directory' declares.")]
    [TestCase("/api/slots/double", "The endpoint '/api/slots/double' of 'twice' lies in '/api/slots', which 'slots' declares.")]
    [TestCase("double", "The endpoint '/double' lies outside the addresses that 'twice' declares.")]
    [TestCase("/twice-over", "The endpoint '/twice-over' lies outside the addresses that 'twice' declares.")]
    [TestCase("/twice", null)]
    [TestCase("/TWICE/over", null)]
    [TestCase("/api/twice/{id:guid}", null)]
    public async Task An_endpoint_outside_its_modules_addresses_stops_the_start(string path, string? told)
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        var addresses = new AddressMap([
            new("directory", "/annuaire"),
            new("slots", "/api/slots"),
            new("twice", "/api/twice"),
            new("twice", "/twice"),
        ]);
        var routes = new ModuleRoutes(app);
        routes.MapGet(path, () => "");
        if (told is not null)
        {
            Assert.That(Assert.Throws<StartRefusedException>(() => routes.Join("twice", addresses))!.Message, Is.EqualTo(told));
            return;
        }
        routes.Join("twice", addresses);
        Assert.That(((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints), Has.Exactly(1).Items);
    }

    [TestCase("/annuaire/{Id:guid}", null)]
    [TestCase("/administration/annuaire", null)]
    [TestCase(
        "/administration/annuaires",
        "The page '/administration/annuaires' of 'directory' lies in '/administration', which 'access' declares."
    )]
    [TestCase("/", "The page '/' lies outside the addresses that 'directory' declares.")]
    public async Task A_page_lies_within_its_modules_addresses(string template, string? told)
    {
        await using var host = await ParceoHost.Start(Engine.Sqlite);
        Assert.That(host.Services.GetRequiredService<ModuleCatalog>().Addresses.Stray("directory", "page", template), Is.EqualTo(told));
    }

    /// <summary>Which modules may be left out is in the README: those that another one asks take it along.</summary>
    [TestCase("dashboards")]
    [TestCase("messaging")]
    [TestCase("feedback")]
    [TestCase("regulation", "feedback", "dashboards")]
    [TestCase("securemail", "feedback", "messaging")]
    [TestCase("rosters", "regulation", "messaging", "feedback", "dashboards")]
    [TestCase("slots", "rosters", "regulation", "messaging", "feedback", "dashboards")]
    public async Task A_module_is_left_out_with_those_that_need_it(string module, params string[] needing)
    {
        if (needing.Length > 0)
            Assert.That(
                Assert.ThrowsAsync<StartRefusedException>(() => ParceoHost.Start(Engine.Sqlite, settings: Without([module])))!.Message,
                Does.Contain($"Modules:{module}:Enabled is false, but the module '{needing[0]}' needs it.")
            );
        await using var host = await ParceoHost.Start(Engine.Sqlite, settings: Without([module, .. needing]));
        using var client = host.Client();
        var menu = host.Services.GetServices<MenuEntry>().Select(e => e.Href).ToList();
        foreach (var path in (string[])["/", "/connexion", "/health/ready", "/openapi/v1.json", .. menu])
            Assert.That((int)(await client.GetAsync(path)).StatusCode, Is.LessThan(404), path);
    }

    private static Dictionary<string, string?> Without(string[] modules) =>
        modules.ToDictionary(m => $"Modules:{m}:Enabled", _ => (string?)"false");

    /// <summary>Declares what another one has.</summary>
    private sealed class TwiceModule(string name, Action<ModuleBuilder> declare) : IParceoModule
    {
        public string Name => name;

        public void AddServices(ModuleBuilder module) => declare(module);
    }

    private static string Refusal(IParceoModule module) =>
        Assert
            .ThrowsAsync<StartRefusedException>(async () => await (await ParceoHost.Start(Engine.Sqlite, module: module)).DisposeAsync())!
            .Message;
}
