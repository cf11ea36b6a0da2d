namespace Parceo.Platform;

/// <summary>Makes identifiers: UUIDv7, so that they index well. Never sort by them (SQL Server orders them otherwise).</summary>
public interface IIds
{
    /// <summary>A new identifier.</summary>
    Guid New();
}

internal sealed class Uuid7Ids(TimeProvider clock) : IIds
{
    public Guid New() => Guid.CreateVersion7(clock.GetUtcNow());
}
