using System.Text;
using Parceo.Directory.Domain;

namespace Parceo.Directory.Tests.Domain;

internal sealed class IdentifierTests
{
    [TestCase("10900000018", true, TestName = "RPPS with the right check digit")]
    [TestCase("10900000019", false, TestName = "RPPS with a wrong check digit")]
    [TestCase("1090000001", false, TestName = "RPPS of ten digits")]
    [TestCase("109000000180", false, TestName = "RPPS of twelve digits")]
    [TestCase("1090000001A", false, TestName = "RPPS with a letter")]
    [TestCase("", false, TestName = "Empty RPPS")]
    [TestCase("１0900000018", false, TestName = "RPPS with a full-width digit")]
    public void Rpps(string value, bool valid) => Assert.That(Identifiers.IsRpps(value), Is.EqualTo(valid));

    [TestCase("959000241", true, TestName = "FINESS of the continent")]
    [TestCase("959000242", false, TestName = "FINESS with a wrong key")]
    [TestCase("970100013", false, TestName = "FINESS overseas with a wrong key")]
    [TestCase("95900024", false, TestName = "FINESS too short")]
    public void Finess(string value, bool valid) => Assert.That(Identifiers.IsFiness(value), Is.EqualTo(valid));

    [Test]
    public void Finess_of_Corsica_counts_A_as_1_and_B_as_2()
    {
        var key = Luhn.CheckDigit("21000001"u8);
        Assert.That(Identifiers.IsFiness($"2A000001{key}"), Is.True);
        Assert.That(Identifiers.IsFiness($"2B000001{key}"), Is.False);
        Assert.That(Identifiers.IsFiness($"2B000001{Luhn.CheckDigit("22000001"u8)}"), Is.True);
    }

    [TestCase("73282932000074", true, TestName = "SIRET by Luhn")]
    [TestCase("73282932000075", false, TestName = "SIRET with a wrong key")]
    [TestCase("35600000000048", true, TestName = "SIRET of the head office of La Poste")]
    [TestCase("35600000000011", false, TestName = "SIRET of La Poste by neither rule")]
    [TestCase("35600000049837", true, TestName = "SIRET of La Poste by the sum of digits")]
    public void Siret(string value, bool valid) => Assert.That(Identifiers.IsSiret(value), Is.EqualTo(valid));

    [Test]
    public void Adeli_is_checked_by_Luhn_when_all_digits_and_by_form_else()
    {
        var adeli = "57930012" + Luhn.CheckDigit("57930012"u8);
        Assert.That(Identifiers.IsAdeli(Encoding.ASCII.GetBytes(adeli)), Is.True);
        Assert.That(Identifiers.IsAdeli("579300120"u8), Is.EqualTo(adeli.EndsWith('0')));
        Assert.That(Identifiers.IsAdeli("2A9300123"u8), Is.True);
        Assert.That(Identifiers.IsAdeli("2A-300123"u8), Is.False);
        Assert.That(Identifiers.IsAdeli("2A930012"u8), Is.False);
    }

    [Test]
    public void A_check_digit_catches_every_single_wrong_digit_and_most_swaps()
    {
        var random = new Random(1);
        for (var round = 0; round < 2_000; round++)
        {
            var digits = Enumerable.Range(0, 10).Select(_ => (byte)('0' + random.Next(10))).ToArray();
            byte[] number = [.. digits, (byte)('0' + Luhn.CheckDigit(digits))];
            Assert.That(Luhn.IsValid(number), Is.True);
            var at = random.Next(number.Length);
            number[at] = (byte)('0' + (number[at] - '0' + 1 + random.Next(9)) % 10);
            Assert.That(Luhn.IsValid(number), Is.False);
        }
    }

    [Test]
    public void A_key_gives_the_national_identification_back()
    {
        Assert.That(PersonKey.FromRpps("10900000018"u8).ToString(), Is.EqualTo("810900000018"));
        Assert.That(PersonKey.FromAdeli("579300126"u8).ToString(), Is.EqualTo("0579300126"));
        Assert.That(PersonKey.FromAdeli("012345678"u8).ToString(), Is.EqualTo("0012345678"));
        Assert.That(PersonKey.FromAdeli("2A9300123"u8).ToString(), Is.EqualTo("02A9300123"));
        Assert.That(PersonKey.FromAdeli("2a9300123"u8), Is.EqualTo(PersonKey.FromAdeli("2A9300123"u8)));
        Assert.That(PersonKey.FromAdeli("ZZZZZZZZZ"u8).ToString(), Is.EqualTo("0ZZZZZZZZZ"));
    }

    [Test]
    public void Ids_are_stable_distinct_version_8_uuids_in_the_order_of_the_numbers()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 1_000; i++)
        {
            var key = new PersonKey(810_000_000_000 + i);
            ids.Add(key.PersonId());
            ids.Add(key.ActivityId("10|C|L|"u8));
            ids.Add(key.ActivityId("10|C|S|"u8));
        }
        Assert.That(ids, Is.Unique);
        Assert.That(ids.Select(id => id.Version).Distinct(), Is.EqualTo([8]));
        Assert.That(ids.Select(id => id.Variant >> 2).Distinct(), Is.EqualTo([2]));
        Assert.That(
            ids.Where((_, i) => i % 3 == 0).Select(id => id.ToString()),
            Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal)
        );
        Assert.That(new PersonKey(810_900_000_018).PersonId(), Is.EqualTo(Guid.Parse("00bccd68-0d12-8000-8000-000000000000")));
    }
}
