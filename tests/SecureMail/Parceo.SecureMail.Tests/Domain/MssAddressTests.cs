using NUnit.Framework;
using Parceo.SecureMail.Domain;

namespace Parceo.SecureMail.Tests.Domain;

internal sealed class MssAddressTests
{
    private static readonly HashSet<string> Trusted = ["medecin.mssante.fr", "chb.example"];

    [TestCase("Anne.Petit@Medecin.MSSante.fr ", "anne.petit@medecin.mssante.fr")]
    [TestCase("accueil@chb.example", "accueil@chb.example")]
    [TestCase("a@b", null)]
    [TestCase("a b@chb.example", null)]
    [TestCase("a@chb.example\r\nBcc: x@y.fr", null)]
    [TestCase("<a@chb.example>", null)]
    [TestCase("a..b@chb.example", null)]
    [TestCase("é@chb.example", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void An_address_is_plain_or_none(string? text, string? expected) => Assert.That(MssAddress.Parse(text), Is.EqualTo(expected));

    [TestCase("a@medecin.mssante.fr", null)]
    [TestCase("a@chb.example", null, Description = "the list decides, not the suffix")]
    [TestCase("a@autre.mssante.fr", "mail_ordinary_refused")]
    [TestCase("a@gmail.com", "mail_ordinary_refused")]
    [TestCase("a@x.medecin.mssante.fr", "mail_ordinary_refused")]
    [TestCase("284127510204356@patient.mssante.fr", "mail_patient_refused")]
    public void S47_Only_domains_of_the_liste_blanche_are_written_to(string address, string? code) =>
        Assert.That(MssAddress.Refusal(address, Trusted), Is.EqualTo(code));

    [Test]
    public void An_empty_list_lets_nothing_out() =>
        Assert.That(MssAddress.Refusal("a@medecin.mssante.fr", new HashSet<string>()), Is.EqualTo("mail_no_domains"));

    [Test]
    public void A_patients_number_is_never_shown() =>
        Assert.That(MssAddress.Shown("2841275A0204356@Patient.mssante.fr"), Does.Not.Contain("2841"));
}
