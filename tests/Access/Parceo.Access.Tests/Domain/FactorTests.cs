using System.Text;
using Parceo.Access.Domain;

namespace Parceo.Access.Tests.Domain;

public sealed class FactorTests
{
    private static readonly byte[] Rfc6238Secret = Encoding.ASCII.GetBytes("12345678901234567890");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 5, TimeSpan.Zero);

    [TestCase(59, "287082")]
    [TestCase(1111111109, "081804")]
    [TestCase(1234567890, "005924")]
    [TestCase(2000000000, "279037")]
    public void S3_codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.That(Totp.Code(Rfc6238Secret, seconds / 30), Is.EqualTo(code));

    [TestCase(-2, ExpectedResult = false)]
    [TestCase(-1, ExpectedResult = true)]
    [TestCase(0, ExpectedResult = true)]
    [TestCase(1, ExpectedResult = true)]
    [TestCase(2, ExpectedResult = false)]
    public bool S3_one_step_of_tolerance(int steps) =>
        Totp.Verify(Rfc6238Secret, Totp.Code(Rfc6238Secret, Totp.StepOf(Now) + steps), Now, 0) is not null;

    [Test]
    public void S3_a_code_is_accepted_once_and_no_older_one_after_it()
    {
        var step = Totp.Verify(Rfc6238Secret, Totp.Code(Rfc6238Secret, Totp.StepOf(Now)), Now, 0)!.Value;

        Assert.Multiple(() =>
        {
            Assert.That(Totp.Verify(Rfc6238Secret, Totp.Code(Rfc6238Secret, step), Now, step), Is.Null);
            Assert.That(Totp.Verify(Rfc6238Secret, Totp.Code(Rfc6238Secret, step - 1), Now, step), Is.Null);
            Assert.That(Totp.Verify(Rfc6238Secret, Totp.Code(Rfc6238Secret, step + 1), Now, step), Is.EqualTo(step + 1));
        });
    }

    [TestCase("")]
    [TestCase("12345")]
    [TestCase("abcdef")]
    [TestCase("１２３４５６")]
    public void S3_other_texts_are_no_codes(string code) => Assert.That(Totp.Verify(Rfc6238Secret, code, Now, 0), Is.Null);

    [Test]
    public void S3_recovery_codes_are_typed_freely_and_belong_to_one_account()
    {
        var (anne, paul) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var code = RecoveryCode.Text([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

        Assert.Multiple(() =>
        {
            Assert.That(code, Does.Match("^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$"));
            Assert.That(RecoveryCode.HashOf(anne, code.ToLowerInvariant().Replace('-', ' ')), Is.EqualTo(RecoveryCode.HashOf(anne, code)));
            Assert.That(RecoveryCode.HashOf(paul, code), Is.Not.EqualTo(RecoveryCode.HashOf(anne, code)));
        });
    }

    [Test]
    public void S4_the_delay_grows_and_the_tenth_failure_locks_for_a_quarter_of_an_hour()
    {
        var counter = default(FailureCounter);
        var delays = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            counter = counter.Fail(Now);
            delays.Add(counter.ClosedUntil is { } until ? (until - Now).TotalSeconds : 0);
        }
        Assert.That(delays, Is.EqualTo(new double[] { 0, 0, 0, 2, 4, 8, 16, 32, 64, 900 }));
    }

    [TestCase("anne@exemple.fr", ExpectedResult = true)]
    [TestCase("a.b+c@sous.exemple.fr", ExpectedResult = true)]
    [TestCase("anne@exemple", ExpectedResult = false)]
    [TestCase("anne@@exemple.fr", ExpectedResult = false)]
    [TestCase("anne@exemple.fr\r\nBcc: x@y.fr", ExpectedResult = false)]
    [TestCase("ànne@exemple.fr", ExpectedResult = false)]
    [TestCase("a..b@exemple.fr", ExpectedResult = false)]
    public bool S6_one_strict_parser_of_addresses(string address) => EmailAddress.IsValid(address);

    [Test]
    public void S20_a_delegation_ends_within_twelve_months() =>
        Assert.Multiple(() =>
        {
            Assert.That(Delegation.IsShortEnough(Now, Now.AddMonths(12)), Is.True);
            Assert.That(Delegation.IsShortEnough(Now, Now.AddMonths(12).AddTicks(1)), Is.False);
            Assert.That(Delegation.IsShortEnough(Now, Now), Is.False);
        });

    [TestCase("/annuaire?q=a", ExpectedResult = "/annuaire?q=a")]
    [TestCase("//ailleurs.fr", ExpectedResult = "/")]
    [TestCase("/\\ailleurs.fr", ExpectedResult = "/")]
    [TestCase("https://ailleurs.fr", ExpectedResult = "/")]
    [TestCase("/a\r\nSet-Cookie: x", ExpectedResult = "/")]
    [TestCase(null, ExpectedResult = "/")]
    public string S41_only_paths_of_this_site(string? path) => Authentication.LocalPath.Of(path);
}
