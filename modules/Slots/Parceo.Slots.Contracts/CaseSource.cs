namespace Parceo.Slots.Contracts;

/// <summary>Cases that another module keeps under numbers of the dispatch software. That module registers one as a service; the regulators' page asks it without knowing the module.</summary>
public abstract class CaseSource
{
    /// <summary>Cases of the caller's organisation with exactly this number that are open, or were opened since then.</summary>
    public abstract Task<IReadOnlyList<KnownCase>> Find(string number, DateTimeOffset since, CancellationToken ct);
}

/// <summary>What a number stands for already.</summary>
/// <param name="Text">As people read it.</param>
/// <param name="Href">Where it is looked at, if anywhere.</param>
/// <param name="OrientationId">The case, if it is one.</param>
public sealed record KnownCase(string Text, string? Href, Guid? OrientationId);
