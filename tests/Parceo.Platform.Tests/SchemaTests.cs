using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using NUnit.Framework;
using Parceo.Migrate;
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

    private static (TSqlFragment Parsed, IList<ParseError> Errors) Parse(string script)
    {
        using var reader = new StringReader(script);
        var parsed = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return (parsed, errors);
    }
}
