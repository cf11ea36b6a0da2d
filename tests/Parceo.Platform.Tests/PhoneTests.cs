using FluentValidation;
using NUnit.Framework;

namespace Parceo.Platform.Tests;

/// <summary>A phone that is typed is one that can be called.</summary>
internal sealed class PhoneTests
{
    private sealed record Typed(string? Phone);

    private sealed class Rule : AbstractValidator<Typed>
    {
        public Rule() => RuleFor(t => t.Phone).Phone();
    }

    [
        TestCase(null),
        TestCase(""),
        TestCase("15"),
        TestCase("3624"),
        TestCase("116 117"),
        TestCase("0387980002"),
        TestCase("03 87 98 00 02")
    ]
    [
        TestCase("03.87.98.00.02"),
        TestCase("03-87-98-00-02"),
        TestCase("+33 3 87 98 00 02"),
        TestCase("+33 (0)3 87 98 00 02"),
        TestCase("03\u00A087\u00A098\u00A000\u00A002")
    ]
    [TestCase(" 0387980002 "), TestCase("0692/12.34.56")]
    public void Taken(string? typed) => Assert.That(Codes(typed), Is.Empty);

    [
        TestCase("abc"),
        TestCase("1"),
        TestCase("06 39 98 12 4x"),
        TestCase("tel:0639981247"),
        TestCase("06 39 98 12 47 poste 2"),
        TestCase("--")
    ]
    [
        TestCase("06\n39"),
        TestCase("1234567890123456"),
        TestCase("+"),
        TestCase("06+39981247"),
        TestCase("0                             6 7")
    ]
    public void Refused(string typed) => Assert.That(Codes(typed), Is.EqualTo(new[] { "phone_invalid" }));

    [TestCase("03 87 98 00 02", ExpectedResult = "tel:0387980002")]
    [TestCase("+33 (0)3 87 98 00 02", ExpectedResult = "tel:+33387980002")]
    public string Called(string number) => FrenchText.Call(number);

    private static IEnumerable<string> Codes(string? typed) => new Rule().Validate(new Typed(typed)).Errors.Select(e => e.ErrorMessage);
}
