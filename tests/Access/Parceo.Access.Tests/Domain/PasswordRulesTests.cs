using Parceo.Access.Domain;

namespace Parceo.Access.Tests.Domain;

public sealed class PasswordRulesTests
{
    private static readonly string[] Own = ["Anne Béraud", "anne.beraud@exemple.fr", "CPTS du Val"];

    [TestCase("quatre chevaux traversent", ExpectedResult = null)]
    [TestCase("мой пароль длинный", ExpectedResult = null, Description = "any script")]
    [TestCase("🐎🐎🌧🐇🌳🐝🐞🦊🦉🐢🐙🦀🐳🐿", ExpectedResult = null, Description = "14 characters, not 28 units")]
    [TestCase("treize signes", ExpectedResult = "password_too_short")]
    [TestCase("password123456", ExpectedResult = "password_common")]
    [TestCase("1234567890123456", ExpectedResult = "password_common")]
    [TestCase("azertyazertyazerty", ExpectedResult = "password_common")]
    [TestCase("aaaaaaaaaaaaaaaa", ExpectedResult = "password_common")]
    [TestCase("je suis BERAUD et voila", ExpectedResult = "password_personal", Description = "accents and case aside")]
    [TestCase("vive parceo et la pluie", ExpectedResult = "password_personal")]
    [TestCase("vive la cptsduval demain", ExpectedResult = "password_personal")]
    public string? S2_a_password_is_long_uncommon_and_impersonal(string password) => PasswordRules.Refuse(password, Own);

    [Test]
    public void S2_at_most_128_characters() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                PasswordRules.Refuse(
                    string.Concat(Enumerable.Range(0, 64).Select(i => (char)(0x4e00 + i)))
                        + string.Concat(Enumerable.Range(0, 64).Select(i => (char)(0x5e00 + i))),
                    Own
                ),
                Is.Null
            );
            Assert.That(
                PasswordRules.Refuse(string.Concat(Enumerable.Range(0, 129).Select(i => (char)(0x4e00 + i))), Own),
                Is.EqualTo("password_too_long")
            );
        });

    [Test]
    public void S2_the_bundled_list_is_long_enough() => Assert.That(PasswordRules.CommonCount, Is.GreaterThanOrEqualTo(10_000));
}
