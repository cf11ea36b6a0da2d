using MediatR;

namespace Parceo.Access.Contracts;

/// <summary>
/// Accounts that stand for professionals of the directory: their own, and those of the delegates who may do this for
/// them now (S20). For telling people; grants nothing.
/// </summary>
/// <param name="PractitionerIds">Directory ids, at most 500.</param>
/// <param name="Permission">What the account must be able to do for the professional.</param>
[SystemOnly]
public sealed record FindAccounts(IReadOnlyList<Guid> PractitionerIds, string Permission) : IRequest<IReadOnlyList<PractitionerAccount>>;

/// <summary>An account of a professional, or of a delegate.</summary>
public sealed record PractitionerAccount(Guid PractitionerId, Guid PersonId);
