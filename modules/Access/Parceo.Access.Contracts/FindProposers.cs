using MediatR;

namespace Parceo.Access.Contracts;

/// <summary>Who proposed the roles that wait in an organisation and in those below it (S25), each once: what one proposed oneself waits for others.</summary>
[SystemOnly]
public sealed record FindProposers(Guid OrganisationId) : IRequest<IReadOnlyList<Guid>>;
