namespace Parceo.Access.Authentication;

/// <summary>The password was right, a second factor is awaited: what the sealed ticket between the two says.</summary>
/// <param name="Stamp">Security stamp then: a password changed meanwhile voids it.</param>
internal sealed record SecondStep(Guid PersonId, string Stamp)
{
    public const string Purpose = "second-step";
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
}
