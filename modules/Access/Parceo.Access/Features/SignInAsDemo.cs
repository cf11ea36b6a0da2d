using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Demo;

namespace Parceo.Access.Features;

/// <summary>One click as somebody of the demo world: in Development with the demo world only. It counts as a second factor.</summary>
internal static class SignInAsDemo
{
    [OpenToAnyone("Refused outside the demo world, which exists in Development only.")]
    public sealed record Command(Guid PersonId) : IRequest<Response>;

    public sealed record Response(Guid SessionId);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.PersonId).NotEmpty();
    }

    public sealed class Handler(AccessDb db, Proofs proofs, Places places, ICurrentUser user, IServiceProvider services, TimeProvider clock)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            if (!services.IsDemo() || DemoCast.All.All(c => c.Id != command.PersonId))
                throw new NotFoundException("person_unknown");
            var person = await db.People.SingleOrDefaultAsync(p => p.Id == command.PersonId, ct)
                ?? throw new NotFoundException("person_unknown");
            var home = await places.HomeOf(person.Id, person.LastOrganisationId, ct);
            return new Response(proofs.Open(person, home, "demo", clock.GetUtcNow(), user.Address).Id);
        }
    }
}
