namespace Parceo.Directory.Contracts;

/// <summary>A national file was applied: copies that other modules keep of a name or a place may be older than the directory.</summary>
/// <param name="Changed">People of whom something changed.</param>
/// <param name="Gone">People no longer in the file.</param>
[EventName("directory.file-imported.v1")]
public sealed record FileImported(Guid ImportId, int Changed, int Gone) : IIntegrationEvent;
