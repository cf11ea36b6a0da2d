using System.Text.Json;
using NUnit.Framework;

namespace Parceo.Slots.Tests.Domain;

/// <summary>One patient, told in two places: the same words give the same patient, whatever their way.</summary>
[TestFixture]
public sealed class PatientSheetTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 18, 0, 0, TimeSpan.Zero);

    [Test]
    public void The_newest_word_on_each_trait_counts_and_a_blank_takes_it_away()
    {
        var sheet = Nadia(PatientSheet.Empty, "Mme Collin", null);
        sheet = Haddad(sheet, "Mme Collin", " 06 39 98 12 47 ", 1);
        sheet = Haddad(sheet, "Yvette Collin", "06 39 98 12 47", 2);
        Assert.That(sheet.Contact, Is.EqualTo(new PatientContact("Yvette Collin", "06 39 98 12 47")));
        Assert.That(sheet.History.Select(e => e.By), Is.EqualTo(new[] { "Nadia", "Dr Haddad", "Dr Haddad" }));
        Assert.That(Nadia(sheet, " ", "06 39 98 12 47", 3).Contact.Name, Is.Null);
    }

    [Test]
    public void Saying_again_what_is_known_is_no_news()
    {
        var sheet = Nadia(PatientSheet.Empty, "Collin", null);
        Assert.That(Haddad(sheet, " Collin ", null, 1), Is.SameAs(sheet));
        Assert.That(sheet.Merge(sheet), Is.SameAs(sheet));
    }

    [Test]
    public void What_one_left_as_one_saw_it_does_not_undo_what_another_said_meanwhile()
    {
        var seen = new PatientContact(null, null);
        var sheet = Nadia(PatientSheet.Empty, "Yvette Collin", null);
        var said = new PatientContact("", "06 39 98 12 47");
        Assert.That(sheet.ChangedSince(said, seen), Is.False);
        Assert.That(
            sheet.Say(said, seen, "Dr Haddad", At.AddMinutes(1)).Contact,
            Is.EqualTo(new PatientContact("Yvette Collin", "06 39 98 12 47"))
        );
    }

    [TestCase("Mme Colin", true)]
    [TestCase("Yvette Collin", false, Description = "Both say the same.")]
    public void Two_different_words_on_one_trait_make_the_second_look_again(string second, bool changed)
    {
        var sheet = Nadia(PatientSheet.Empty, "Yvette Collin", null);
        Assert.That(sheet.ChangedSince(new(second, null), new(null, null)), Is.EqualTo(changed));
        Assert.That(sheet.ChangedSince(new(second, null), new("Yvette Collin", null)), Is.False, "They have seen it.");
        Assert.That(sheet.ChangedSince(new(second, null), null), Is.False, "They do not tell what they saw.");
    }

    [Test]
    public void The_later_word_counts_although_the_clock_of_its_node_is_behind()
    {
        var sheet = Haddad(Nadia(PatientSheet.Empty, "Colin", null, 5), "Collin", null, 1);
        Assert.That(sheet.Contact.Name, Is.EqualTo("Collin"));
    }

    [Test]
    public void Merging_is_the_same_in_any_order_and_however_often()
    {
        var (a, b) = (Nadia(Nadia(PatientSheet.Empty, "Collin", "01"), "Colin", "01", 3), Haddad(PatientSheet.Empty, "Collins", "02", 2));
        var (ab, ba) = (a.Merge(b), b.Merge(a));
        Assert.Multiple(() =>
        {
            Assert.That(ab.Entries, Is.EqualTo(ba.Entries));
            Assert.That(ab.Merge(b).Merge(a), Is.SameAs(ab));
            Assert.That(ab.Contact, Is.EqualTo(new PatientContact("Colin", "02")));
        });
    }

    [Test]
    public void Many_corrections_of_one_trait_never_drop_the_other()
    {
        var sheet = Nadia(PatientSheet.Empty, "Yvette Collin", null);
        for (var i = 1; i <= 150; i++)
            sheet = Nadia(sheet, "Yvette Collin", $"06 {i}", i);
        Assert.That(sheet.Contact, Is.EqualTo(new PatientContact("Yvette Collin", "06 150")));
        Assert.That(sheet.Entries, Has.Count.EqualTo(101));
    }

    [Test]
    public void It_is_stored_as_its_entries_and_nothing_else()
    {
        var sheet = Nadia(PatientSheet.Empty, "Yvette Collin", "01");
        var json = JsonSerializer.Serialize(sheet);
        Assert.That(JsonSerializer.Deserialize<PatientSheet>(json)!.Entries, Is.EqualTo(sheet.Entries));
        Assert.That(json, Does.Contain("\"Trait\":\"Name\"").And.Not.Contain("Contact").And.Not.Contain("History"));
    }

    private static PatientSheet Nadia(PatientSheet sheet, string? name, string? phone, int minute = 0) =>
        sheet.Say(new(name, phone), null, "Nadia", At.AddMinutes(minute));

    private static PatientSheet Haddad(PatientSheet sheet, string? name, string? phone, int minute) =>
        sheet.Say(new(name, phone), null, "Dr Haddad", At.AddMinutes(minute));
}
