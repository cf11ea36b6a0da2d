using System.Collections;
using System.Globalization;
using System.Resources;

namespace Parceo.Ui.Tests;

[TestFixture]
public sealed class TextTests
{
    private static IEnumerable<DictionaryEntry> All() =>
        new ResourceManager("Parceo.Ui.Texts", typeof(Texts).Assembly)
            .GetResourceSet(CultureInfo.InvariantCulture, true, true)!
            .Cast<DictionaryEntry>();

    [Test]
    public void French_marks_stand_behind_the_right_space() =>
        Assert.That(All().Select(e => (string)e.Value!), Has.None.Match("(?<![\u00A0]):|(?<![\u202F])[;?!%»]|«(?![\u202F])|'"));

    [Test]
    public void No_text_cheers_or_blames() => Assert.That(All().Select(e => (string)e.Value!), Has.None.Match("!|Oups|Erreur|invalide"));

    [TestCase("Dr Amandine Roche", "AR")]
    [TestCase("Mme Yvette Collin", "YC")]
    [TestCase("CPTS du Val", "CV")]
    [TestCase("SAS 57", "S57")]
    [TestCase("Parceo", "P")]
    [TestCase("  ", "")]
    public void Initials_leave_civility_and_articles_out(string name, string initials) =>
        Assert.That(Avatar.InitialsOf(name), Is.EqualTo(initials));

    [TestCase(201, "03:21")]
    [TestCase(3723, "1:02:03")]
    [TestCase(-5, "00:00")]
    public void Time_left_is_never_negative(int seconds, string text) =>
        Assert.That(Countdown.Text(TimeSpan.FromSeconds(seconds)), Is.EqualTo(text));
}
