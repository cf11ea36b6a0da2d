using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Data;
using Parceo.Rosters.Domain;

namespace Parceo.Rosters.Features;

/// <summary>Makes a sector of duty or a line of regulation, or changes it. Months already prepared keep their periods until they are prepared again.</summary>
internal static class SetSector
{
    /// <param name="SectorId">Null for a new one.</param>
    /// <param name="Departement">Null: the organisation's.</param>
    /// <param name="Communes">INSEE codes.</param>
    /// <param name="Version">The one seen; a later change by somebody else refuses it.</param>
    [Requires(RostersPermissions.Plan)]
    public sealed record Command(
        Guid? SectorId,
        SectorKind Kind,
        string Name,
        string? Departement,
        string? Phone,
        int MostPerWeek,
        IReadOnlyList<string> Communes,
        IReadOnlyList<DutyRule> Rules,
        bool Closed = false,
        int? Version = null
    ) : IRequest<Response>;

    public sealed record Response(Guid SectorId);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Kind).IsInEnum().WithMessage("sector_kind_invalid");
            RuleFor(c => c.Name).Reference("sector_name_invalid", 120);
            RuleFor(c => c.Departement).PlainText("sector_departement_invalid", 3);
            RuleFor(c => c.Phone).Phone();
            RuleFor(c => c.MostPerWeek).InclusiveBetween(1, 14).WithMessage("sector_week_invalid");
            RuleFor(c => c.Communes)
                .Must(c => c is { Count: <= 300 } && c.All(x => x is { Length: 5 }))
                .WithMessage("sector_communes_invalid");
            RuleFor(c => c.Rules).Must(r => r is { Count: >= 1 and <= 12 }).WithMessage("roster_rules_missing");
            RuleForEach(c => c.Rules)
                .Must(r =>
                    r is not null
                    && r.Days is >= DayKinds.Weekday and <= DayKinds.Every
                    && !string.IsNullOrWhiteSpace(r.Label)
                    && r.Label.Length <= 60
                    && TextRules.IsLine(r.Label)
                )
                .WithMessage("roster_rule_invalid");
            RuleFor(c => c.Rules).Must(NoOverlap).WithMessage("roster_rules_overlap");
        }

        // On a day of one kind; what crosses midnight never doubles a period either: preparing leaves out what overlaps.
        private static bool NoOverlap(IReadOnlyList<DutyRule>? rules) =>
            rules is null
            || !rules
                .Where(
                    (a, i) =>
                        rules
                            .Skip(i + 1)
                            .Any(b =>
                                a is not null
                                && b is not null
                                && (a.Days & b.Days) != 0
                                && Minutes(a).From < Minutes(b).To
                                && Minutes(b).From < Minutes(a).To
                            )
                )
                .Any();

        private static (double From, double To) Minutes(DutyRule r) =>
            (r.From.ToTimeSpan().TotalMinutes, r.To.ToTimeSpan().TotalMinutes + (r.To > r.From ? 0 : 1440));
    }

    public sealed class Handler(RostersDb db, ISender sender, ICurrentUser user, IIds ids, AuditNote audit)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command c, CancellationToken ct)
        {
            var departement = c.Departement is { Length: > 0 } said ? said : user.Rights.Home ?? "";
            if (
                !user.Rights.Departements.Contains(departement)
                && !user.Rights.Communes.Any(x => x.StartsWith(departement, StringComparison.Ordinal))
            )
                throw InvalidException.Of("departement", "sector_departement_invalid");
            var communes = new List<SectorCommune>();
            foreach (var code in c.Communes.Distinct())
            {
                var place = await sender.Send(new Directory.Contracts.ResolveLocation.Query(code), ct);
                if (place?.Commune != code)
                    throw InvalidException.Of("communes", "sector_communes_invalid");
                communes.Add(new(code, place.Label));
            }
            var sector = c.SectorId is { } id
                ? await db.Own<Sector>().SingleOrDefaultAsync(s => s.Id == id, ct) ?? throw new NotFoundException("sector_unknown")
                : null;
            if (sector is null)
                db.Sectors.Add(sector = new Sector(ids.New(), user.OrganisationId, c.Kind));
            else if (c.Version is { } seen && seen != sector.Version)
                throw new ConflictException("sector_changed");
            audit.About("sector", sector.Id);
            sector.Change(
                c.Name.Trim(),
                departement,
                string.IsNullOrWhiteSpace(c.Phone) ? null : c.Phone.Trim(),
                c.MostPerWeek,
                communes,
                c.Rules.Select(r => r with { Label = r.Label.Trim() }),
                c.Closed
            );
            return new(sector.Id);
        }
    }

    public sealed record Body(
        SectorKind Kind,
        string Name,
        string? Departement,
        string? Phone,
        IReadOnlyList<string>? Communes = null,
        IReadOnlyList<DutyRule>? Rules = null,
        int MostPerWeek = 3,
        bool Closed = false,
        int? Version = null
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        static Command Of(Guid? id, Body b) =>
            new(
                id,
                b.Kind,
                b.Name,
                b.Departement,
                b.Phone,
                b.MostPerWeek,
                b.Communes ?? [],
                b.Rules ?? DutyCalendar.Usual,
                b.Closed,
                b.Version
            );
        routes
            .MapPost("sectors", async (Body b, ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(Of(null, b), ct)))
            .WithName("AddSector")
            .WithSummary("Make a sector of duty or a line of regulation");
        routes
            .MapPut("sectors/{sectorId:guid}", async (Guid sectorId, Body b, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(Of(sectorId, b), ct))
            )
            .WithName("SetSector")
            .WithSummary("Change a sector")
            .ProducesProblem(404)
            .ProducesProblem(409);
    }
}
