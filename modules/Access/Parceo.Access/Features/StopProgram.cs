using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Stops a program of one's organisation for good: what it holds is worth nothing from now on.</summary>
internal static class StopProgram
{
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(Guid ClientId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.ClientId).NotEmpty().WithMessage("program_unknown");
    }

    public sealed class Handler(AccessDb db, RecentProof recent, ICurrentUser user, AuditNote note, TimeProvider clock)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            await recent.Demand(ct);
            var client = await db.Clients.SingleOrDefaultAsync(c => c.Id == command.ClientId && c.OrganisationId == user.OrganisationId, ct)
                ?? throw new NotFoundException("program_unknown");
            client.Disable(clock.GetUtcNow());
            note.About("api_client", client.Id);
            return Unit.Value;
        }
    }
}
