namespace Parceo.Platform;

/// <summary>
/// Marks what leaves the ordinary way for speed: SQL of its own, or saving by itself. The ordinary way stays in the tests as its
/// oracle; the reason is what a reviewer reads.
/// </summary>
/// <param name="reason">What the ordinary way could not do.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class HotPathAttribute(string reason) : Attribute
{
    /// <summary>What the ordinary way could not do.</summary>
    public string Reason { get; } = reason;
}
