using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Events;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Messaging.Features;

/// <summary>Changes a desk's name, purpose or staff, or closes it. Whoever no longer answers hears nothing of what follows in any of its threads (S24).</summary>
internal static class ChangeDesk
{
    /// <param name="DeskId">Of one's own organisation.</param>
    /// <param name="Version">As it was read: who comes second looks again.</param>
    /// <param name="Name">2–120 characters.</param>
    /// <param name="Purpose">At most 300 characters.</param>
    /// <param name="StaffIds">Who answers from now on: 1–50 members of the organisation.</param>
    /// <param name="Closed">Nobody writes to it any more; what was written goes on.</param>
    [Requires(MessagingPermissions.Manage)]
    public sealed record Command(Guid DeskId, Guid Version, string Name, string? Purpose, IReadOnlyList<Guid> StaffIds, bool Closed = false)
        : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).Reference("desk_name_invalid", 120).Must(t => t?.Trim().Length >= 2).WithMessage("desk_name_invalid");
            RuleFor(c => c.Purpose).PlainText("desk_purpose_invalid", 300);
            RuleFor(c => c.StaffIds)
                .Must(p => p is { Count: > 0 and <= 50 } && p.Distinct().Count() == p.Count)
                .WithMessage("desk_staff_invalid");
        }
    }

    public sealed class Handler(MessagingDb db, ISender sender, ICurrentUser user, IIds ids, TimeProvider clock, AuditNote audit)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var desk = await db
                .Desks.Include(d => d.Members)
                .SingleOrDefaultAsync(d => d.Id == command.DeskId && d.OrganisationId == user.OrganisationId && d.ClosedAt == null, ct)
                ?? throw new NotFoundException("desk_unknown");
            if (desk.Version != command.Version)
                throw new ConflictException("desk_changed");
            var staff = (await sender.Send(new DescribePeople.Query(user.OrganisationId, PersonIds: command.StaffIds), ct))
                .Where(s => s.OrganisationId == user.OrganisationId)
                .ToList();
            if (staff.Count < command.StaffIds.Count)
                throw InvalidException.Of("staffIds", "desk_staff_invalid");
            var version = ids.New();
            desk.Describe(command.Name.Trim(), command.Purpose?.Trim() ?? "", version);
            desk.Staff([.. staff.Select(s => (s.PersonId, s.Name, s.Line))], version);
            if (command.Closed)
                desk.Close(clock.GetUtcNow());
            db.Publish(new DeskStaffed(desk.Id), desk.Id);
            audit.About("desk", desk.Id);
            return Unit.Value;
        }
    }

    public sealed record Body(Guid Version, string Name, string? Purpose, IReadOnlyList<Guid> StaffIds, bool Closed = false);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("desks/{deskId:guid}", async (Guid deskId, Body b, ISender sender, CancellationToken ct) =>
            {
                await sender.Send(new Command(deskId, b.Version, b.Name, b.Purpose, b.StaffIds, b.Closed), ct);
                return TypedResults.NoContent();
            })
            .WithName("ChangeDesk")
            .WithSummary("Changes a desk, or who answers for it")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
