using System.Collections.Frozen;
using NUnit.Framework;
using Parceo.Ui;

namespace Parceo.Platform.Tests;

/// <summary>The beginning of a case number, filled in.</summary>
internal sealed class CaseNumberTests
{
    private static readonly DateTimeOffset NewYear = new(2026, 12, 31, 23, 30, 0, TimeSpan.Zero);

    private static UserRights Of(string[] departements, string[] communes) =>
        UserRights.None with
        {
            Departements = departements.ToFrozenSet(),
            Communes = communes.ToFrozenSet(),
        };

    [TestCase("57", "", "57-2027-"), TestCase("", "57463,57751", "57-2027-"), TestCase("972", "", "972-2026-")]
    [TestCase("57,54", "", null), TestCase("57", "67482", null), TestCase("", "", null), TestCase("57", "57463", "57-2027-")]
    public void It_is_the_departement_and_the_year_where_the_regulators_are(string departements, string communes, string? prefix) =>
        Assert.That(CaseNumber.Prefix(Of(Split(departements), Split(communes)), NewYear), Is.EqualTo(prefix));

    [TestCase("118204", "57-2026-118204"), TestCase(" 12 ", "57-2026-12")]
    [TestCase("57-2026-118204", "57-2026-118204"), TestCase("54-2026-7", "54-2026-7"), TestCase("1182044", "1182044")]
    [TestCase("fr.health.samu570.118204", "fr.health.samu570.118204"), TestCase("12a", "12a"), TestCase("", "")]
    public void What_is_typed_or_pasted_whole_stays_and_a_few_digits_are_completed(string typed, string whole) =>
        Assert.That(CaseNumber.Whole("57-2026-", typed), Is.EqualTo(whole));

    [Test]
    public void Without_a_beginning_nothing_is_added() => Assert.That(CaseNumber.Whole(null, "118204"), Is.EqualTo("118204"));

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
