using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using NUnit.Framework;
using Parceo.Platform.Data;

namespace Parceo.Platform.Tests;

internal sealed class FieldCipherTests
{
    private static readonly Guid Sas = Guid.CreateVersion7(),
        Row = Guid.CreateVersion7();
    private readonly FieldCipher cipher = Cipher(RandomNumberGenerator.GetBytes(32));

    [Test]
    public void S29_What_is_sealed_opens_in_its_place_and_reads_as_nothing()
    {
        var box = cipher.Seal("Yvette Collin", Sas, "booking", "identity", Row);
        Assert.Multiple(() =>
        {
            Assert.That(cipher.Open(box, Sas, "booking", "identity", Row), Is.EqualTo("Yvette Collin"));
            Assert.That(Encoding.UTF8.GetString(box), Does.Not.Contain("Yvette"));
            Assert.That(cipher.Seal("Yvette Collin", Sas, "booking", "identity", Row), Is.Not.EqualTo(box), "a fresh nonce each time");
        });
    }

    public static IEnumerable<TestCaseData> OtherPlaces() =>
        [
            new TestCaseData(Guid.CreateVersion7(), "booking", "identity", Row).SetArgDisplayNames("organisation"),
            new TestCaseData(Sas, "referral", "identity", Row).SetArgDisplayNames("table"),
            new TestCaseData(Sas, "booking", "phone", Row).SetArgDisplayNames("column"),
            new TestCaseData(Sas, "booking", "identity", Guid.CreateVersion7()).SetArgDisplayNames("row"),
        ];

    [TestCaseSource(nameof(OtherPlaces))]
    public void S29_A_moved_value_is_refused(Guid organisation, string table, string column, Guid row)
    {
        var box = cipher.Seal("Yvette Collin", Sas, "booking", "identity", Row);
        Assert.That(() => cipher.Open(box, organisation, table, column, row), Throws.InstanceOf<CryptographicException>());
    }

    [Test]
    public void S29_Every_altered_byte_is_refused()
    {
        var box = cipher.Seal("Tom", Sas, "booking", "identity", Row);
        for (var i = 0; i < box.Length; i++)
        {
            var altered = (byte[])box.Clone();
            altered[i] ^= 1;
            Assert.That(
                () => cipher.Open(altered, Sas, "booking", "identity", Row),
                Throws.InstanceOf<CryptographicException>(),
                $"byte {i}"
            );
        }
        Assert.That(() => cipher.Open(box[..20], Sas, "booking", "identity", Row), Throws.InstanceOf<CryptographicException>());
    }

    [Test]
    public void S29_Another_key_opens_nothing()
    {
        var box = cipher.Seal("Tom", Sas, "booking", "identity", Row);
        Assert.That(
            () => Cipher(RandomNumberGenerator.GetBytes(32)).Open(box, Sas, "booking", "identity", Row),
            Throws.InstanceOf<CryptographicException>()
        );
    }

    private static FieldCipher Cipher(byte[] key)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Keys:Data", Convert.ToBase64String(key))]).Build();
        return new FieldCipher(new Keys(configuration, DatabaseOptions.From(configuration)));
    }
}
