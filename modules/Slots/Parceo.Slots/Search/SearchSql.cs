using Parceo.Platform.Data;

namespace Parceo.Slots.Search;

/// <summary>Which of the search's statements.</summary>
/// <param name="Order">Sort.</param>
/// <param name="After">With a cursor.</param>
/// <param name="Anywhere">Without a territory: for the host itself.</param>
/// <param name="Communes">In a territory that has communes of its own.</param>
internal readonly record struct SearchKind(SlotOrder Order, bool After, bool Anywhere, bool Communes);

/// <summary>
/// The search's SQL, per engine: allow-listed raw SQL (S15), parameters only. An inner part finds keys in the partial
/// index alone (cell, département, start, …); an outer part fetches the few rows that are shown.
/// </summary>
internal static class SearchSql
{
    /// <summary>For one engine and kind.</summary>
    public static string Of(Engine engine, SearchKind kind) =>
        engine switch
        {
            Engine.Sqlite => kind.Order == SlotOrder.Start ? SqliteKeys(kind) : Sqlite(kind),
            Engine.PostgreSql => PostgreSql(kind),
            _ => SqlServer(kind),
        };

    /// <summary>SQLite: the shown rows of the keys that <see cref="SqliteKeys"/> found, by rowid, in no order.</summary>
    public const string SqliteRows =
        $"SELECT {Shown}, r.rowid FROM json_each(@rows) k CROSS JOIN slots_slot_range r ON r.rowid = k.value CROSS JOIN slots_calendar c ON c.id = r.calendar_id";

    private static string Key(SlotOrder order, string bigint) =>
        order == SlotOrder.Random ? $"(CAST(r.shuffle AS {bigint}) * @seed) % 2147483647" : Square;

    private static string Sort(SlotOrder order) => order == SlotOrder.Start ? "start, sort_key, shuffle" : "sort_key, shuffle, start";

    private static string SortK(SlotOrder order) =>
        order == SlotOrder.Start ? "k.start, k.sort_key, k.shuffle" : "k.sort_key, k.shuffle, k.start";

    private const string Square =
        "(r.latitude - @lat) * @ky * (r.latitude - @lat) * @ky + (r.longitude - @lon) * @kx * (r.longitude - @lon) * @kx";

    private const string Shown =
        "r.id, r.start, r.\"end\", r.places_left, r.capacity, r.mode, r.note, c.id, c.practitioner_id, c.name, c.skill_label, c.location_label, "
        + "c.commune, c.phone, c.zone, c.accepts_over_capacity, c.via, r.shuffle, r.latitude, r.longitude";

    private static string After(SearchKind kind, string key) =>
        !kind.After ? ""
        : kind.Order == SlotOrder.Start
            ? $" AND (r.start > @aStart OR (r.start = @aStart AND ({key} > @aKey OR ({key} = @aKey AND r.shuffle > @aShuffle))))"
        : $" AND ({key} > @aKey OR ({key} = @aKey AND (r.shuffle > @aShuffle OR (r.shuffle = @aShuffle AND r.start > @aStart))))";

    // The département stands beside the cell in the index: only when both are equal to one value do rows come by start, so
    // that the reading stops at the limit instead of sorting the whole cell.
    // Communes are a filter within their département, in the same index.
    private static string Territory(SearchKind kind, string value, string whole, string communes) =>
        kind.Anywhere
            ? ""
            : $" AND r.departement = {value}" + (kind.Communes ? $" AND (r.departement {whole} OR r.commune_code {communes})" : "");

    private static string SqliteTerritory(SearchKind kind, string value) =>
        Territory(kind, value, "IN (SELECT value FROM json_each(@whole))", "IN (SELECT value FROM json_each(@communes))");

    // SQLite has no LATERAL: by start, a cell and a département at a time are asked for (see CellSlotSearch).
    private static string SqliteKeys(SearchKind kind) =>
        $"""
            SELECT r.rowid, {Square} AS sort_key, r.start AS start, r.shuffle AS shuffle FROM slots_slot_range r
              WHERE r.open = 1 AND r.cell = @cells{SqliteTerritory(kind, "@territory")} AND r.start >= @from AND r.start < @to
                AND (@skill IS NULL OR r.skill = @skill) AND (@mode IS NULL OR r.mode = @mode) AND {Square} <= @r2{After(kind, Square)}
              ORDER BY {Sort(kind.Order)} LIMIT @limit
            """;

    private static string Sqlite(SearchKind kind)
    {
        var key = Key(kind.Order, "INTEGER");
        return $"""
            WITH k AS (SELECT r.rowid AS row, {key} AS sort_key, r.start AS start, r.shuffle AS shuffle
              FROM json_each(@cells) cell {(
                kind.Anywhere ? "" : "CROSS JOIN json_each(@territory) territory "
            )}CROSS JOIN slots_slot_range r
              WHERE r.open = 1 AND r.cell = cell.value{SqliteTerritory(kind, "territory.value")} AND r.start >= @from AND r.start < @to
                AND (@skill IS NULL OR r.skill = @skill) AND (@mode IS NULL OR r.mode = @mode) AND {Square} <= @r2{After(kind, key)}
              ORDER BY {Sort(kind.Order)} LIMIT @limit)
            SELECT {Shown}, k.sort_key FROM k CROSS JOIN slots_slot_range r ON r.rowid = k.row CROSS JOIN slots_calendar c ON c.id = r.calendar_id
            ORDER BY {SortK(kind.Order)}
            """;
    }

    private static string PostgreSql(SearchKind kind)
    {
        var key = Key(kind.Order, "bigint");
        var inner = $"""
            SELECT r.id, ({key})::float8 AS sort_key, r.start, r.shuffle FROM slots.slot_range r
              WHERE r.open AND r.cell = cell.value{Territory(
                kind,
                "territory.value",
                "= ANY (@whole::text[])",
                "= ANY (@communes::text[])"
            )} AND r.start >= @from AND r.start < @to
                AND (@skill::text IS NULL OR r.skill = @skill) AND (@mode::text IS NULL OR r.mode = @mode) AND {Square} <= @r2{After(
                kind,
                key
            )}
              ORDER BY {Sort(kind.Order)} LIMIT @limit
            """;
        return $"""
            WITH k AS (SELECT i.* FROM unnest(@cells::int[]) AS cell(value) {(
                kind.Anywhere ? "" : "CROSS JOIN unnest(@territory::text[]) AS territory(value) "
            )}CROSS JOIN LATERAL ({inner}) i
              ORDER BY {Sort(kind.Order)} LIMIT @limit)
            SELECT {Shown}, k.sort_key FROM k JOIN slots.slot_range r ON r.id = k.id JOIN slots.calendar c ON c.id = r.calendar_id
            ORDER BY {SortK(kind.Order)}
            """;
    }

    // What OPENJSON gives has the database's own collation, which does not compare with the columns'.
    private const string Binary = "COLLATE Latin1_General_100_BIN2";

    private static string SqlServer(SearchKind kind)
    {
        var key = Key(kind.Order, "bigint");
        var inner = $"""
            SELECT TOP (@limit) r.id, CAST({key} AS float) AS sort_key, r.start, r.shuffle FROM slots.slot_range r
              WHERE r.[open] = CAST(1 AS bit) AND r.cell = cell.value{Territory(
                kind,
                $"territory.value {Binary}",
                $"IN (SELECT value {Binary} FROM OPENJSON(@whole))",
                $"IN (SELECT value {Binary} FROM OPENJSON(@communes))"
            )} AND r.start >= @from AND r.start < @to
                AND (@skill IS NULL OR r.skill = @skill) AND (@mode IS NULL OR r.mode = @mode) AND {Square} <= @r2{After(kind, key)}
              ORDER BY {Sort(kind.Order)}
            """;
        return $"""
            WITH k AS (SELECT TOP (@limit) i.* FROM OPENJSON(@cells) WITH (value int '$') AS cell {(
                kind.Anywhere ? "" : "CROSS JOIN OPENJSON(@territory) WITH (value nvarchar(3) '$') AS territory "
            )}CROSS APPLY ({inner}) i
              ORDER BY {Sort(kind.Order)})
            SELECT {Shown}, k.sort_key FROM k JOIN slots.slot_range r ON r.id = k.id JOIN slots.calendar c ON c.id = r.calendar_id
            ORDER BY {SortK(kind.Order)}
            """;
    }
}
