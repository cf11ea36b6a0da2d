using Parceo.Platform.Data;

namespace Parceo.Slots.Search;

/// <summary>
/// The search's SQL, per engine: allow-listed raw SQL (S15), parameters only. An inner part finds keys in the partial
/// index alone (cell, start, …); an outer part fetches the few rows that are shown.
/// </summary>
internal static class SearchSql
{
    /// <summary>For one engine and order, with or without a cursor.</summary>
    public static string Of(Engine engine, SlotOrder order, bool after) => engine switch
    {
        Engine.Sqlite => Sqlite(order, after),
        Engine.PostgreSql => PostgreSql(order, after),
        _ => SqlServer(order, after),
    };

    private static string Key(SlotOrder order, string bigint) => order == SlotOrder.Random
        ? $"(CAST(r.shuffle AS {bigint}) * @seed) % 2147483647"
        : "(r.latitude - @lat) * @ky * (r.latitude - @lat) * @ky + (r.longitude - @lon) * @kx * (r.longitude - @lon) * @kx";

    private static string Sort(SlotOrder order) => order == SlotOrder.Start ? "start, sort_key, shuffle" : "sort_key, shuffle, start";

    private const string InCircle =
        "(r.latitude - @lat) * @ky * (r.latitude - @lat) * @ky + (r.longitude - @lon) * @kx * (r.longitude - @lon) * @kx <= @r2";

    private const string Shown =
        "r.id, r.start, r.\"end\", r.places_left, r.capacity, r.mode, r.note, c.id, c.practitioner_id, c.name, c.skill_label, c.place_label, " +
        "c.commune, c.phone, c.zone, c.accepts_over_capacity, c.via, k.sort_key, r.shuffle, r.latitude, r.longitude";

    private static string After(SlotOrder order, string start, string key, string shuffle) => order == SlotOrder.Start
        ? $" AND ({start} > @aStart OR ({start} = @aStart AND ({key} > @aKey OR ({key} = @aKey AND {shuffle} > @aShuffle))))"
        : $" AND ({key} > @aKey OR ({key} = @aKey AND ({shuffle} > @aShuffle OR ({shuffle} = @aShuffle AND {start} > @aStart))))";

    // SQLite has no LATERAL. By start, a cell at a time is asked for (@cells is its number, see CellSlotSearch): only then does
    // the index give the rows in order, so that the reading stops at the limit instead of sorting the whole cell.
    private static string Sqlite(SlotOrder order, bool after)
    {
        var key = Key(order, "INTEGER");
        var (from, cell) = order == SlotOrder.Start ? ("slots_slot_range r", "@cells") : ("json_each(@cells) cell CROSS JOIN slots_slot_range r", "cell.value");
        return $"""
            WITH k AS (SELECT r.rowid AS row, {key} AS sort_key, r.start AS start, r.shuffle AS shuffle
              FROM {from}
              WHERE r.open = 1 AND r.cell = {cell} AND r.start >= @from AND r.start < @to
                AND (@skill IS NULL OR r.skill = @skill) AND (@mode IS NULL OR r.mode = @mode)
                AND (@territory IS NULL OR r.departement IN (SELECT value FROM json_each(@territory))) AND {InCircle}
                {(after ? After(order, "r.start", key, "r.shuffle") : "")}
              ORDER BY {Sort(order)} LIMIT @limit)
            SELECT {Shown} FROM k CROSS JOIN slots_slot_range r ON r.rowid = k.row CROSS JOIN slots_calendar c ON c.id = r.calendar_id
            ORDER BY {Sort(order).Replace("start", "k.start", StringComparison.Ordinal).Replace("shuffle", "k.shuffle", StringComparison.Ordinal)}
            """;
    }

    private static string PostgreSql(SlotOrder order, bool after)
    {
        var key = Key(order, "bigint");
        var inner = $"""
            SELECT r.id, ({key})::float8 AS sort_key, r.start, r.shuffle FROM slots.slot_range r
              WHERE r.open AND r.cell = cell.value AND r.start >= @from AND r.start < @to
                AND (@skill::text IS NULL OR r.skill = @skill) AND (@mode::text IS NULL OR r.mode = @mode)
                AND (@territory::text[] IS NULL OR r.departement = ANY(@territory)) AND {InCircle}
                {(after ? After(order, "r.start", key, "r.shuffle") : "")}
              ORDER BY {Sort(order)} LIMIT @limit
            """;
        return $"""
            WITH k AS (SELECT i.* FROM unnest(@cells::int[]) AS cell(value) CROSS JOIN LATERAL ({inner}) i ORDER BY {Sort(order)} LIMIT @limit)
            SELECT {Shown} FROM k JOIN slots.slot_range r ON r.id = k.id JOIN slots.calendar c ON c.id = r.calendar_id
            ORDER BY {Sort(order).Replace("start", "k.start", StringComparison.Ordinal).Replace("shuffle", "k.shuffle", StringComparison.Ordinal)}
            """;
    }

    private static string SqlServer(SlotOrder order, bool after)
    {
        var key = Key(order, "bigint");
        var inner = $"""
            SELECT TOP (@limit) r.id, CAST({key} AS float) AS sort_key, r.start, r.shuffle FROM slots.slot_range r
              WHERE r.[open] = CAST(1 AS bit) AND r.cell = cell.value AND r.start >= @from AND r.start < @to
                AND (@skill IS NULL OR r.skill = @skill) AND (@mode IS NULL OR r.mode = @mode)
                AND (@territory IS NULL OR r.departement IN (SELECT value FROM OPENJSON(@territory))) AND {InCircle}
                {(after ? After(order, "r.start", key, "r.shuffle") : "")}
              ORDER BY {Sort(order)}
            """;
        return $"""
            WITH k AS (SELECT TOP (@limit) i.* FROM OPENJSON(@cells) WITH (value int '$') AS cell CROSS APPLY ({inner}) i ORDER BY {Sort(order)})
            SELECT {Shown} FROM k JOIN slots.slot_range r ON r.id = k.id JOIN slots.calendar c ON c.id = r.calendar_id
            ORDER BY {Sort(order).Replace("start", "k.start", StringComparison.Ordinal).Replace("shuffle", "k.shuffle", StringComparison.Ordinal)}
            """;
    }
}
