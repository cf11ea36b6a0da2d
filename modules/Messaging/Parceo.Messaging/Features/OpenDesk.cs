using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Messaging.Features;

/// <summary>Opens a desk of one's organisation: several people who answer as one.</summary>
internal static class OpenDesk
{
    /// <param name="Name">2–120 characters: « Secrétariat ».</param>
    /// <param name="Purpose">What to write to it for, at most 300 characters.</param>
    /// <param name="StaffIds">Who answers: 1–50 members of the organisation.</param>
    [Requires(MessagingPermissions.Manage)]
    public sealed record Command(string Name, string? Purpose, IReadOnlyList<Guid> StaffIds) : IRequest<Response>;

    public sealed record Response(Guid Id);

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
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var staff = (await sender.Send(new DescribePeople.Query(user.OrganisationId, PersonIds: command.StaffIds), ct))
                .Where(s => s.OrganisationId == user.OrganisationId)
                .ToList();
            if (staff.Count < command.StaffIds.Count)
                throw InvalidException.Of("staffIds", "desk_staff_invalid");
            var desk = new Desk(ids.New(), user.OrganisationId, command.Name.Trim(), command.Purpose?.Trim() ?? "", clock.GetUtcNow());
            desk.Staff([.. staff.Select(s => (s.PersonId, s.Name, s.Line))], ids.New());
            db.Desks.Add(desk);
            audit.About("desk", desk.Id);
            return new Response(desk.Id);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("desks", async (Command command, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(command, ct))
            )
            .WithName("OpenDesk")
            .WithSummary("Opens a desk that answers as one");
}
