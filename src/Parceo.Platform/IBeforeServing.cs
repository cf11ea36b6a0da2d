namespace Parceo.Platform;

/// <summary>What must have run on the migrated database before anything is served.</summary>
public interface IBeforeServing
{
    /// <summary>Runs at each start of the host, on every node.</summary>
    Task Run(CancellationToken ct);
}
