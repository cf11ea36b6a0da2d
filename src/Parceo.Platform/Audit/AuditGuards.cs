namespace Parceo.Platform.Audit;

/// <summary>
/// Triggers that refuse to change or delete a row, or to empty the table, of the audit trail or of its seals (S32): allow-listed raw SQL, used
/// by the migration that makes the tables.
/// </summary>
public static class AuditGuards
{
    private static readonly string[] Tables = ["audit", "audit_seal"];

    /// <summary>The statements for an engine.</summary>
    public static IEnumerable<string> Create(string engine)
    {
        foreach (var table in Tables)
        {
            switch (engine)
            {
                case "Sqlite":
                    foreach (var verb in new[] { "UPDATE", "DELETE" })
                        yield return $"CREATE TRIGGER platform_{table}_no_{verb.ToLowerInvariant()} BEFORE {verb} ON platform_{table} BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;";
                    break;
                case "PostgreSql":
                    if (table == "audit")
                        yield return "CREATE FUNCTION platform.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$;";
                    yield return $"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON platform.{table} FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();";
                    yield return $"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON platform.{table} FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();";
                    break;
                default:
                    // EXEC, because the idempotent script wraps statements in IF, where CREATE TRIGGER may not stand.
                    yield return $"EXEC(N'CREATE TRIGGER [platform].[{table}_append_only] ON [platform].[{table}] INSTEAD OF UPDATE, DELETE AS THROW 51000, ''the audit trail is append-only'', 1;');";
                    break;
            }
        }
        // SQL Server has no trigger for TRUNCATE, but refuses it for a table that a foreign key refers to, also an empty one.
        if (engine == "SqlServer")
            yield return "CREATE TABLE [platform].[audit_no_truncate] ([audit_id] bigint NULL CONSTRAINT [fk_audit_no_truncate] REFERENCES [platform].[audit] ([id]), [organisation_id] uniqueidentifier NULL, [seq] bigint NULL, CONSTRAINT [fk_audit_seal_no_truncate] FOREIGN KEY ([organisation_id], [seq]) REFERENCES [platform].[audit_seal] ([organisation_id], [seq]));";
    }

    /// <summary>Lets rows be deleted in the current transaction, for retention (S33): only the schema's owner can.</summary>
    public static IEnumerable<string> Lift(string engine) =>
        engine switch
        {
            "Sqlite" => Tables.Select(t => $"DROP TRIGGER platform_{t}_no_delete;"),
            "PostgreSql" => Tables.Select(t => $"ALTER TABLE platform.{t} DISABLE TRIGGER {t}_append_only;"),
            _ => Tables.Select(t => $"DISABLE TRIGGER [platform].[{t}_append_only] ON [platform].[{t}];"),
        };

    /// <summary>Puts back what <see cref="Lift"/> took away.</summary>
    public static IEnumerable<string> Restore(string engine) =>
        engine switch
        {
            "Sqlite" => Create(engine).Where(s => s.Contains("_no_delete ", StringComparison.Ordinal)),
            "PostgreSql" => Tables.Select(t => $"ALTER TABLE platform.{t} ENABLE TRIGGER {t}_append_only;"),
            _ => Tables.Select(t => $"ENABLE TRIGGER [platform].[{t}_append_only] ON [platform].[{t}];"),
        };
}
