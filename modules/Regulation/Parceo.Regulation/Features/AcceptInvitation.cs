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
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Features;

/// <summary>
/// An effector, or who acts for them, accepts and says when they will see the patient (W1.6). First one wins, atomically. A
/// time that is promised to somebody else is refused before; one promised in the same moment undoes the acceptance
/// (<see cref="Reactions.BookTheAcceptance"/>).
/// </summary>
internal static class AcceptInvitation
{
    /// <param name="Start">When; not past, within 48 h of the call.</param>
    [Requires(RegulationPermissions.Answer), Limited(LimitKind.Booking)]
    public sealed record Command(Guid InvitationId, DateTimeOffset Start) : IRequest<Response>;

    public sealed record Response(Guid OrientationId, DateTimeOffset Start);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Start).NotEmpty().WithMessage("solicitation_start_missing");
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

    public sealed class Handler(RegulationDb db, SystemSender system, ICurrentUser user, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var orientation = await db
                .Orientations.Include(o => o.Invitations.Where(i => i.Id == command.InvitationId))
                .SingleOrDefaultAsync(o => o.Invitations.Any(i => i.Id == command.InvitationId), ct)
                ?? throw new NotFoundException("solicitation_unknown");
            audit.About("orientation", orientation.Id, orientation.CaseReference);
            var start = command.Start.ToUniversalTime();
            var accepted = orientation.Accept(command.InvitationId, start, user.Id, clock.GetUtcNow());
            var promises = await system.Send(
                new FindPromises.Query([accepted.PractitionerId], start, start.AddMinutes(BookOutsideAgenda.UsualMinutes)),
                user.CorrelationId,
                ct
            );
            if (promises.Count > 0)
                throw new ConflictException("solicitation_busy");
            foreach (var e in orientation.TakeHappened())
                db.Publish(e, orientation.Id);
            return new Response(orientation.Id, command.Start);
        }
    }

    public sealed record Body(DateTimeOffset Start);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("invitations/{invitationId:guid}/accept", async (Guid invitationId, Body body, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Command(invitationId, body.Start), ct))
            )
            .WithName("AcceptInvitation")
            .WithSummary("Accept a solicitation")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
