using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Sending;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;

namespace Parceo.Regulation.Features;

/// <summary>An effector says no. The reason stays with the orientation; refusals are never ranked (D31).</summary>
internal static class DeclineInvitation
{
    [Requires(RegulationPermissions.Answer)]
    public sealed record Command(Guid InvitationId, DeclineReason Reason) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).IsInEnum().WithMessage("decline_reason_invalid");
    }

    public sealed class OwnInvitation(RegulationDb db, CallContext user) : IAccessRule<Command>
    {
        public async Task Check(Command request, CancellationToken ct)
        {
            var practitioner = await db
                .Invitations.Where(i => i.Id == request.InvitationId)
                .Select(i => (Guid?)i.PractitionerId)
                .SingleOrDefaultAsync(ct);
            if (practitioner is not { } asked || !user.ActFor(RegulationPermissions.Answer, asked))
                throw new NotFoundException("solicitation_unknown");
        }
    }

    public sealed class Handler(RegulationDb db, ICurrentUser user, TimeProvider clock, AuditNote audit) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var i = await db.Invitations.SingleOrDefaultAsync(x => x.Id == command.InvitationId, ct)
                ?? throw new NotFoundException("solicitation_unknown");
            i.Decline(command.Reason, user.Id, now);
            audit.About("invitation", i.Id);
            db.Publish(
                new InvitationAnswered(
                    i.Id,
                    i.OrientationId,
                    i.OrganisationId,
                    i.Departement,
                    i.PractitionerId,
                    i.Wave,
                    "declined",
                    i.SentAt,
                    now
                ),
                i.OrientationId
            );
            return Unit.Value;
        }
    }

    public sealed record Body(DeclineReason Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "invitations/{invitationId:guid}/decline",
                async (Guid invitationId, Body body, ISender sender, CancellationToken ct) =>
                {
                    await sender.Send(new Command(invitationId, body.Reason), ct);
                    return TypedResults.NoContent();
                }
            )
            .WithName("DeclineInvitation")
            .WithSummary("Decline a solicitation")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
