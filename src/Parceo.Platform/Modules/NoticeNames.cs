namespace Parceo.Platform;

/// <summary>
/// What a module's notices are about, by name, for whoever reads them in Parceo: « Plaies chroniques ». Asked when they are
/// shown, as that person: such names are sealed where they stand, and neither stored with the notice nor pushed (S66).
/// Declared with <see cref="ModuleBuilder.AddNoticeSubject{TNames}"/>.
/// </summary>
public abstract class NoticeNames
{
    /// <summary>Names by topic; what the person may not see, where they act now, or has no name, is left out: nobody is refused.</summary>
    public abstract Task<IReadOnlyDictionary<Guid, string>> Of(IReadOnlyList<Guid> topics, CancellationToken ct);
}
