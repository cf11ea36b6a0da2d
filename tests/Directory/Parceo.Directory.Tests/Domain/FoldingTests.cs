using System.Text;
using Parceo.Directory.Domain;
using Parceo.Platform;

namespace Parceo.Directory.Tests.Domain;

internal sealed class FoldingTests
{
    [TestCase("MÜLLER", "muller")]
    [TestCase("Éloïse", "eloise")]
    [TestCase("E\u0301loi\u0308se", "eloise", TestName = "Decomposed accents")]
    [TestCase("MEDDAH-LAÏD", "meddah laid")]
    [TestCase("D’Almeida", "d almeida", TestName = "Typographic apostrophe")]
    [TestCase("D'ALMEIDA", "d almeida", TestName = "Straight apostrophe")]
    [TestCase("  Le\u00A0\u202FGoff ", "le goff", TestName = "No-break spaces")]
    [TestCase("Cœur d'Ève", "coeur d eve")]
    [TestCase("Straße", "strasse")]
    [TestCase("St-Denis", "saint denis")]
    [TestCase("Ste Marie", "sainte marie")]
    [TestCase("SAINT-MARTIN", "saint martin")]
    [TestCase("Strasbourg", "strasbourg")]
    [TestCase("L'Haÿ-les-Roses", "l hay les roses")]
    [TestCase("A\0B\rC\tD", "a b c d", TestName = "Control characters")]
    [TestCase("soft\u00ADhyphen", "softhyphen")]
    [TestCase("-- '' --", "")]
    [TestCase("", "")]
    public void Fold(string text, string key) => Assert.That(Folding.Fold(text), Is.EqualTo(key));

    [TestCase("st", "st")]
    [TestCase("montigny st", "montigny st")]
    public void A_key_still_being_typed_keeps_its_st(string text, string key) => Assert.That(Folding.FoldAsTyped(text), Is.EqualTo(key));

    [TestCase("JOLY", "JOLY")]
    [TestCase(" RUE\u00A0DES  ÉCOLES ", "RUE DES ÉCOLES")]
    [TestCase("E\u0301COLE", "ÉCOLE", TestName = "Accents composed")]
    [TestCase("CABINET\rDU\nPARC\0", "CABINET DU PARC", TestName = "Stray line ends and NUL")]
    [TestCase("zero\u200Bwidth", "zerowidth")]
    [TestCase("\"L'ORÉE\" du bois", "\"L'ORÉE\" du bois", TestName = "Quotes are ordinary characters")]
    public void Clean(string text, string clean) => Assert.That(Folding.Clean(text), Is.EqualTo(clean));

    [Test]
    public void Any_text_folds_to_a_key_of_plain_words_and_folding_again_changes_nothing()
    {
        var random = new Random(57);
        for (var round = 0; round < 5_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => (char)random.Next(1, 0x2100)));
            var key = Folding.Fold(text);
            Assert.That(key, Does.Match("^([a-z0-9]+( [a-z0-9]+)*)?$"), text);
            Assert.That(Folding.Fold(key), Is.EqualTo(key));
            var clean = Folding.Clean(text);
            Assert.That(Folding.Clean(clean), Is.EqualTo(clean));
            Assert.That(clean.Any(char.IsControl), Is.False);
            Assert.That(Folding.Fold(clean), Is.EqualTo(key), text);
        }
    }

    [Test]
    public void Unpaired_surrogates_do_not_stop_a_search() => Assert.That(Folding.Fold("a\uD800b"), Is.EqualTo("a b"));

    [TestCase("le goff", "le,goff,legoff")]
    [TestCase("muller", "muller")]
    [TestCase("", "")]
    public void Words(string key, string words) => Assert.That(string.Join(',', Folding.Words(key)), Is.EqualTo(words));

    [TestCase("muler", "muller", true, TestName = "Letter missing")]
    [TestCase("mulller", "muller", true, TestName = "Letter doubled")]
    [TestCase("miller", "muller", true, TestName = "Letter replaced")]
    [TestCase("mullre", "muller", true, TestName = "Neighbours swapped")]
    [TestCase("jacotet", "jaccottet", true, TestName = "Two doubled letters forgotten")]
    [TestCase("muller", "muller", true, TestName = "Same word")]
    [TestCase("meller", "muler", false, TestName = "Two edits")]
    [TestCase("martin", "muller", false, TestName = "Another word")]
    public void One_edit(string typed, string name, bool close)
    {
        Assert.That(OneEdit.IsClose(typed, name), Is.EqualTo(close));
        Assert.That(OneEdit.IsClose(name, typed), Is.EqualTo(close));
        if (close)
        {
            Assert.That(OneEdit.Keys(typed).Intersect(OneEdit.Keys(name)), Is.Not.Empty);
        }
    }

    [Test]
    public void Words_one_edit_apart_always_share_a_key()
    {
        var random = new Random(9);
        for (var round = 0; round < 3_000; round++)
        {
            var word = new StringBuilder(string.Concat(Enumerable.Range(0, 4 + random.Next(8)).Select(_ => (char)('a' + random.Next(26)))));
            var original = word.ToString();
            var at = random.Next(word.Length);
            var letter = (char)('a' + random.Next(26));
            switch (random.Next(4))
            {
                case 0:
                    word.Remove(at, 1);
                    break;
                case 1:
                    word.Insert(at, letter);
                    break;
                case 2:
                    word[at] = letter;
                    break;
                default:
                    if (at > 0)
                    {
                        (word[at], word[at - 1]) = (word[at - 1], word[at]);
                    }
                    break;
            }
            var typo = word.ToString();
            Assert.That(OneEdit.IsClose(original, typo), Is.True, $"{original} {typo}");
            Assert.That(OneEdit.Keys(original).Intersect(OneEdit.Keys(typo)), Is.Not.Empty, $"{original} {typo}");
        }
    }
}
