using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using NUnit.Framework;
using Parceo.Migrate;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;

namespace Parceo.Platform.Tests;

/// <summary>The migrations of every module on every engine, without a server.</summary>
internal sealed class SchemaTests
{
    public static IEnumerable<TestCaseData> Sets() =>
        from db in Contexts.All()
        from engine in Enum.GetValues<Engine>()
        select new TestCaseData(db, engine).SetArgDisplayNames(db.Name, engine.ToString());

    [TestCaseSource(nameof(Sets))]
    public void S59_The_model_has_no_change_that_its_migrations_lack(Type db, Engine engine)
    {
        using var context = Contexts.Create(db, engine);
        Assert.That(
            context.Database.HasPendingModelChanges(),
            Is.False,
            $"dotnet run --project build/Parceo.Migrate -- add {db.Name[..^2]} NAME"
        );
    }

    [TestCaseSource(nameof(Sets))]
    public void No_module_gathers_more_than_four_sets_between_releases(Type db, Engine engine)
    {
        using var context = Contexts.Create(db, engine);
        Assert.That(
            context.Database.GetMigrations().Count(),
            Is.InRange(1, 4),
            $"before a release: dotnet run --project build/Parceo.Migrate -- fold {db.Name[..^2]}"
        );
    }

    [TestCase(Engine.Sqlite), TestCase(Engine.PostgreSql)]
    public void The_full_script_generates(Engine engine) => Assert.That(Contexts.FullScript(engine), Does.Contain("CREATE TABLE"));

    [Test]
    public void The_full_script_for_SQL_Server_parses_without_error()
    {
        var script = Contexts.FullScript(Engine.SqlServer);
        var (parsed, errors) = Parse(script);
        Assert.Multiple(() =>
        {
            Assert.That(errors.Select(e => $"{e.Line}: {e.Message}"), Is.Empty);
            Assert.That(((TSqlScript)parsed).Batches.Sum(b => b.Statements.Count), Is.GreaterThan(50));
            Assert.That(script, Does.Contain("append_only"), "the guards of the audit trail are in it");
        });
    }

    /// <summary>What the migrations' script does not show: what is run by hand, by a verb or inside a string.</summary>
    public static IEnumerable<TestCaseData> ByHand()
    {
        var setup = Regex.Replace(File.ReadAllText(Path.Combine(Root(), "deploy", "sqlserver-setup.sql")), @"\$\(\w+\)", "secret");
        yield return new TestCaseData(setup).SetArgDisplayNames("deploy/sqlserver-setup.sql");
        yield return new TestCaseData(string.Join('\n', ServingLogin.SqlServer("parceo", ["platform", "slots"]))).SetArgDisplayNames(
            "parceo migrate --grant"
        );
        string[] guards = [.. AuditGuards.Create("SqlServer"), .. AuditGuards.Lift("SqlServer"), .. AuditGuards.Restore("SqlServer")];
        foreach (var guard in guards)
        {
            var inside = Regex.Match(guard, @"^EXEC\(N'(.*)'\);$");
            yield return new TestCaseData(
                inside.Success ? inside.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal) : guard
            ).SetArgDisplayNames(guard);
        }
    }

    [TestCaseSource(nameof(ByHand))]
    public void So_does_what_is_sent_to_SQL_Server_beside_it(string script)
    {
        var (parsed, errors) = Parse(script);
        Assert.That(errors.Select(e => $"{e.Line}: {e.Message}"), Is.Empty);
        Assert.That(((TSqlScript)parsed).Batches.Sum(b => b.Statements.Count), Is.Positive);
    }

    [TestCaseSource(nameof(OnSqlServer))]
    public void A_save_asks_no_table_with_triggers_for_OUTPUT(Type db, Engine engine)
    {
        using var context = Contexts.Create(db, engine);
        Assert.That(context.Model.FindEntityType(typeof(AuditRow))!.IsSqlOutputClauseUsed(), Is.False);
    }

    [Test]
    public void A_list_too_long_for_parameters_has_the_columns_collation_on_SQL_Server()
    {
        using var context = (PlatformDb)Contexts.Create(typeof(PlatformDb), Engine.SqlServer);
        var (actions, ids) = (
            Enumerable.Range(0, 3000).Select(i => $"{i}").ToList(),
            Enumerable.Range(0, 3000).Select(i => (long)i).ToList()
        );
        var sql = context.Audit.Where(a => actions.Contains(a.Action) && ids.Contains(a.Id)).ToQueryString();
        sql = BinaryLists.In(sql[sql.IndexOf("SELECT", StringComparison.Ordinal)..]);
        Assert.Multiple(() =>
        {
            Assert.That(Parse(sql).Errors.Select(e => $"{e.Line}: {e.Message}"), Is.Empty);
            Assert.That(Regex.Count(sql, @"OPENJSON"), Is.EqualTo(2), sql);
            Assert.That(Regex.Count(sql, @"COLLATE Latin1_General_100_BIN2\s+FROM OPENJSON\(@actions\)"), Is.EqualTo(1), sql);
            Assert.That(Regex.Count(sql, @"COLLATE"), Is.EqualTo(1), "numbers have none");
        });
    }

    [Test]
    public void A_broken_script_does_not_parse() =>
        Assert.That(
            Parse(Contexts.FullScript(Engine.SqlServer).Replace("CREATE TABLE", "CRAETE TABLE", StringComparison.Ordinal)).Errors,
            Is.Not.Empty,
            "otherwise the test above proves nothing"
        );

    [Test]
    public void S15_Every_row_that_has_an_organisation_is_filtered_by_it_or_says_why()
    {
        // Shown to whoever may, or found before anybody is signed in: reviewed here. Member: read by way of a conversation
        // that the caller is in, whatever organisation they work in now (S23 tests of Messaging try every request).
        string[] reviewed =
        [
            "Member",
            "AuditRow",
            "AuditSealRow",
            "AuditTombstoneRow",
            "AuditHoldRow",
            "Session",
            "ApiToken",
            "OneTimeLink",
            "ApiClient",
            "OrganisationCommune",
            "OrganisationDepartement",
            "Hold",
        ];
        var open =
            from db in Contexts.All()
            let context = Contexts.Create(db, Engine.Sqlite)
            from entity in context.Model.GetEntityTypes()
            where
                entity.FindProperty("OrganisationId") is not null
                && entity.GetDeclaredQueryFilters().Count == 0
                && !reviewed.Contains(entity.ClrType.Name)
            select $"{db.Name}: {entity.ClrType.Name}";
        Assert.That(open, Is.Empty);
    }

    public static IEnumerable<TestCaseData> OnServers() => Sets().Where(s => !Engine.Sqlite.Equals(s.Arguments[1]));

    [TestCaseSource(nameof(OnServers))]
    public void Text_is_compared_by_its_bytes_whatever_the_servers_collation(Type db, Engine engine)
    {
        using var context = Contexts.Create(db, engine);
        var binary = engine == Engine.PostgreSql ? "C" : "Latin1_General_100_BIN2";
        var linguistic =
            from entity in context.GetService<IDesignTimeModel>().Model.GetEntityTypes()
            where !entity.IsMappedToJson()
            from property in entity.GetProperties()
            let mapping = property.GetRelationalTypeMapping()
            where (mapping.Converter?.ProviderClrType ?? mapping.ClrType) == typeof(string) && property.GetCollation() != binary
            select $"{entity.ClrType.Name}.{property.Name}: {property.GetCollation()}";
        Assert.That(linguistic, Is.Empty);
    }

    public static IEnumerable<TestCaseData> OnSqlServer() => Sets().Where(s => Engine.SqlServer.Equals(s.Arguments[1]));

    [TestCaseSource(nameof(OnSqlServer))]
    public void No_key_is_longer_than_SQL_Server_takes(Type db, Engine engine)
    {
        using var context = Contexts.Create(db, engine);
        var model = context.GetService<IDesignTimeModel>().Model;
        var tooLong =
            from entity in model.GetEntityTypes()
            where !entity.IsMappedToJson()
            from key in entity
                .GetKeys()
                .Select(k => (k.Properties, Clustered: k.IsClustered() ?? k.IsPrimaryKey()))
                .Concat(entity.GetIndexes().Select(i => (i.Properties, Clustered: i.IsClustered() ?? false)))
            let bytes = key.Properties.Sum(Bytes)
            where bytes > (key.Clustered ? 900 : 1700)
            select $"{entity.ClrType.Name} ({string.Join(", ", key.Properties.Select(p => p.Name))}): {bytes} bytes";
        Assert.That(tooLong, Is.Empty);

        static int Bytes(IReadOnlyProperty property)
        {
            var mapping = property.GetRelationalTypeMapping();
            var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
            return type == typeof(string) ? 2 * (property.GetMaxLength() is > 0 and var characters ? characters : 4000)
                : type == typeof(byte[]) ? (property.GetMaxLength() is > 0 and var bytes ? bytes : 8000)
                : 16;
        }
    }

    /// <summary>SQL Server refuses to make such a table (1785); a server that only speaks its language does not.</summary>
    [TestCaseSource(nameof(OnSqlServer))]
    public void No_table_is_reached_by_two_cascades(Type db, Engine engine)
    {
        using var context = Contexts.Create(db, engine);
        var cascades = context
            .GetService<IDesignTimeModel>()
            .Model.GetRelationalModel()
            .Tables.SelectMany(t => t.ForeignKeyConstraints)
            .Where(f => f.OnDeleteAction is ReferentialAction.Cascade or ReferentialAction.SetNull)
            .ToLookup(f => f.PrincipalTable.Name, f => f.Table.Name);
        var twice = cascades.SelectMany(from =>
            Below(from.Key, 0).GroupBy(t => t).Where(g => g.Count() > 1).Select(g => $"{from.Key} > {g.Key}")
        );
        Assert.That(twice, Is.Empty);

        IEnumerable<string> Below(string table, int depth) =>
            depth > 20 ? [] : cascades[table].SelectMany(t => Below(t, depth + 1).Prepend(t));
    }

    internal static string Root()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "Parceo.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    private static (TSqlFragment Parsed, IList<ParseError> Errors) Parse(string script)
    {
        using var reader = new StringReader(script);
        var parsed = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return (parsed, errors);
    }
}
