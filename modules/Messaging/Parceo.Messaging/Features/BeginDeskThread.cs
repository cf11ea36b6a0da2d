using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Events;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Messaging.Features;

/// <summary>Begins to write to a desk: everyone who answers for it sees the thread, nobody else.</summary>
internal static class BeginDeskThread
{
    /// <param name="DeskId">Any open desk.</param>
    /// <param name="Subject">2–120 characters: somebody may have several threads with the same desk.</param>
    [Requires(MessagingPermissions.Use), Limited(LimitKind.Conversation)]
    public sealed record Command(Guid DeskId, string Subject) : IRequest<Response>;

    public sealed record Response(Guid Id);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() =>
            RuleFor(c => c.Subject)
                .Reference("desk_subject_invalid", 120)
                .Must(t => t?.Trim().Length >= 2)
                .WithMessage("desk_subject_invalid");
    }

    public sealed class Handler(
        MessagingDb db,
        ISender sender,
        MessageSeal seal,
        ICurrentUser user,
        IIds ids,
        TimeProvider clock,
        AuditNote audit
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var desk = await db
                .Desks.AsNoTracking()
                .Include(d => d.Members)
                .SingleOrDefaultAsync(d => d.Id == command.DeskId && d.ClosedAt == null, ct)
                ?? throw new NotFoundException("desk_unknown");
            if (desk.Members.Count == 0)
                throw new ConflictException("desk_unattended");
            var me = (await sender.Send(new DescribePeople.Query(user.OrganisationId, PersonIds: [user.Id]), ct)).SingleOrDefault()
                ?? throw new NotFoundException("desk_unknown");
            var (id, now) = (ids.New(), clock.GetUtcNow());
            var thread = new Conversation(
                id,
                desk.OrganisationId,
                ConversationKind.DeskThread,
                user.Id,
                now,
                seal.Title(command.Subject.Trim(), desk.OrganisationId, id),
                deskId: desk.Id
            );
            thread.Join(me.PersonId, me.Name, me.Line, me.OrganisationId, MemberRole.Member, withHistory: true, now);
            foreach (var one in desk.Members)
                thread.Join(one.PersonId, one.Name, one.Line, desk.OrganisationId, MemberRole.Desk, withHistory: true, now);
            db.Conversations.Add(thread);
            db.Publish(new ListChanged(thread.Id, [.. thread.Members.Select(m => m.PersonId)]), thread.Id);
            db.Publish(new DeskStaffed(desk.Id), desk.Id); // who answers may have changed meanwhile
            audit.About("conversation", id);
            return new Response(id);
        }
    }

    public sealed record Body(string Subject);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("desks/{deskId:guid}/threads", async (Guid deskId, Body body, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Command(deskId, body.Subject), ct))
            )
            .WithName("BeginDeskThread")
            .WithSummary("Begins to write to a desk")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
