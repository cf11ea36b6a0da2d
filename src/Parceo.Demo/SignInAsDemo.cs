using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Platform;

namespace Parceo.Demo;

/// <summary>One click as somebody of the demo world. It counts as a second factor. Its handler is registered in demo mode only.</summary>
internal static class SignInAsDemo
{
    public const string Means = "demo";

    [OpenToAnyone("Its handler exists in the demo world only, which exists in Development only and in no release.")]
    public sealed record Command(Guid PersonId) : IRequest<Response>;

    public sealed record Response(Guid SessionId);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.PersonId).NotEmpty();
    }

    public sealed class Handler(AccessDb db, Proofs proofs, Workplaces workplaces, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            // A data folder may hold real people beside the cast: nobody becomes one of them.
            if (DemoCast.All.All(c => c.Id != command.PersonId))
                throw new NotFoundException("person_unknown");
            var person = await db.People.SingleOrDefaultAsync(p => p.Id == command.PersonId, ct)
                ?? throw new NotFoundException("person_unknown");
            var home = await workplaces.HomeOf(person.Id, person.LastOrganisationId, ct);
            return new Response(proofs.Open(person, home, Means, clock.GetUtcNow(), user.Address).Id);
        }
    }
}
