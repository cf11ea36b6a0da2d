using Microsoft.SqlServer.TransactSql.ScriptDom;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Slots.Search;

namespace Parceo.Slots.Tests.Domain;

/// <summary>What SQL Server gets of the search, read by Microsoft's own parser: there is not one on every machine.</summary>
internal sealed class SearchSqlTests
{
    [Test]
    public void Every_kind_of_search_is_T_SQL([Values] SlotOrder order, [Values] bool after, [Values] bool anywhere, [Values] bool communes)
    {
        using var sql = new StringReader(SearchSql.Of(Engine.SqlServer, new SearchKind(order, after, anywhere, communes)));
        var parsed = (TSqlScript)new TSql160Parser(initialQuotedIdentifiers: true).Parse(sql, out var errors);
        Assert.That(errors.Select(e => $"{e.Line}: {e.Message}"), Is.Empty);
        Assert.That(parsed.Batches.SelectMany(b => b.Statements).Count(), Is.EqualTo(1));
    }
}
