using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;

namespace Parceo.Regulation.Features;

/// <summary>Says who takes a kind of care in the caller's organisation, and when.</summary>
internal static class SetPool
{
    /// <param name="PractitionerIds">Only these of the skill; all of it when empty.</param>
    /// <param name="Hours">Always open when empty. Duty houses have theirs, and their telephones, with the rosters: none here.</param>
    [Requires(RegulationPermissions.Configure)]
    public sealed record Command(
        CareKind Kind,
        string Name,
        string Skill,
        string? Phone,
        IReadOnlyList<Guid> PractitionerIds,
        IReadOnlyList<OpeningHours> Hours
    ) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Kind).IsInEnum().WithMessage("care_kind_invalid");
            RuleFor(c => c.Name).Reference("pool_name_invalid", 120);
            RuleFor(c => c.Skill).Reference("pool_skill_invalid", 60);
            RuleFor(c => c.Phone).Phone();
            RuleFor(c => c.PractitionerIds).Must(p => p is { Count: <= 50 }).WithMessage("pool_members_invalid");
            RuleFor(c => c.Hours)
                .Must(h => h is { Count: <= 50 } && h.All(o => Enum.IsDefined(o.Day) && o.From != o.To))
                .WithMessage("pool_hours_invalid");
            RuleFor(c => c.Hours).Empty().WithMessage("pool_hours_elsewhere").When(c => c.Kind == CareKind.DutyHouse);
            RuleFor(c => c.Phone).Empty().WithMessage("pool_hours_elsewhere").When(c => c.Kind == CareKind.DutyHouse);
        }
    }

    public sealed class Handler(RegulationDb db, ISender sender, ICurrentUser user, IIds ids, TimeProvider clock)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command c, CancellationToken ct)
        {
            var wanted = c.PractitionerIds.Distinct().ToList();
            var people = wanted.Count == 0 ? [] : await sender.Send(new GetPractitioners.Query(wanted), ct);
            if (people.Count != wanted.Count)
                throw InvalidException.Of("practitionerIds", "pool_member_unknown");
            var pool = await db.Pools.SingleOrDefaultAsync(p => p.OrganisationId == user.OrganisationId && p.Kind == c.Kind, ct);
            if (pool is null)
                db.Pools.Add(pool = new CarePool(ids.New(), user.OrganisationId, c.Kind));
            pool.Change(
                c.Name.Trim(),
                c.Skill.Trim(),
                string.IsNullOrWhiteSpace(c.Phone) ? null : c.Phone.Trim(),
                people.Select(p => new PoolMember(p.Id, p.Name)),
                c.Hours,
                user.Id,
                clock.GetUtcNow()
            );
            return Unit.Value;
        }
    }

    public sealed record Body(
        string Name,
        string Skill,
        string? Phone = null,
        IReadOnlyList<Guid>? PractitionerIds = null,
        IReadOnlyList<OpeningHours>? Hours = null
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("pools/{careKind}", async (string careKind, Body b, ISender sender, CancellationToken ct) =>
            {
                if (!Enum.TryParse<CareKind>(careKind, ignoreCase: true, out var parsed) || int.TryParse(careKind, out _))
                    throw InvalidException.Of("kind", "care_kind_invalid");
                await sender.Send(new Command(parsed, b.Name, b.Skill, b.Phone, b.PractitionerIds ?? [], b.Hours ?? []), ct);
                return TypedResults.NoContent();
            })
            .WithName("SetPool")
            .WithSummary("Say who takes a kind of care, and when");
}
