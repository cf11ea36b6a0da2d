using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Services;
using Parceo.Rosters.Contracts;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Features;

/// <summary>A regulator opens an orientation (W1.1, W1.2): no identity, but the MT question is answered first (D24).</summary>
internal static class OpenOrientation
{
    /// <param name="Place">INSEE code, postal code, <c>lat,lon</c> or a commune's name.</param>
    /// <param name="Skill">Group or NOS code; the kind's usual one when null.</param>
    /// <param name="OutsideSnp">Agreed that beyond 48 h it is labelled « hors SNP » (D25).</param>
    /// <param name="ForTheQueue">Leave it to whichever regulator is free, instead of taking it.</param>
    [Requires(RegulationPermissions.Orient)]
    public sealed record Command(
        string CaseReference,
        int Age,
        Sex Sex,
        string Place,
        CareKind Kind,
        ReasonClass Reason,
        WantedWithin Wanted,
        MtAnswer Mt,
        Mode? Mode = null,
        string? Skill = null,
        Details? Details = null,
        bool OutsideSnp = false,
        bool ForTheQueue = false
    ) : IRequest<Response>;

    /// <summary>MT question: who (directory id), why not used, and whether the patient refuses a report.</summary>
    public sealed record MtAnswer(Guid? PractitionerId = null, MtReason? NotUsedBecause = null, bool OpposedToReport = false);

    /// <summary>Words of the reason and the kind's own fields; stored sealed.</summary>
    public sealed record Details(
        string? Text = null,
        string? FollowedBy = null,
        bool? Accompanied = null,
        string? Lives = null,
        int? Gir = null,
        string? BedConfirmedBy = null,
        string? FoundAt = null,
        bool? NoObstacle = null
    );

    public sealed record Response(Guid OrientationId, DateTimeOffset WantedBefore);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CaseReference).CaseNumber("case_reference_invalid", 64);
            RuleFor(c => c.Age).InclusiveBetween(0, 130).WithMessage("age_invalid");
            RuleFor(c => c.Sex).IsInEnum().WithMessage("sex_invalid");
            RuleFor(c => c.Place).Reference("place_missing", 120);
            RuleFor(c => c.Kind).IsInEnum().WithMessage("care_kind_invalid");
            RuleFor(c => c.Reason).IsInEnum().WithMessage("reason_class_invalid");
            RuleFor(c => c.Wanted).IsInEnum().WithMessage("wanted_invalid");
            RuleFor(c => c.Mode).IsInEnum().WithMessage("mode_invalid");
            RuleFor(c => c.Skill).PlainText("skill_unknown", 60);
            RuleFor(c => c.Mt).NotNull().WithMessage("mt_answer_missing");
            RuleFor(c => c.Mt.PractitionerId).NotEqual(Guid.Empty).WithMessage("mt_unknown").When(c => c.Mt is not null);
            RuleFor(c => c.Mt)
                .Must(mt => MtRules.Fits(mt.PractitionerId, mt.NotUsedBecause))
                .WithMessage(c => MtRules.Problem(c.Mt.PractitionerId, c.Mt.NotUsedBecause))
                .When(c => c.Mt is not null);
            When(
                c => c.Details is not null,
                () =>
                {
                    RuleFor(c => c.Details!.Text).Must(t => TextRules.IsText(t, 1000)).WithMessage("reason_text_invalid");
                    RuleFor(c => c.Details!.FollowedBy).PlainText("orientation_details_invalid", 200);
                    RuleFor(c => c.Details!.Lives)
                        .Must(l => l is null or "home" or "ehpad" or "other")
                        .WithMessage("orientation_details_invalid");
                    RuleFor(c => c.Details!.Gir).InclusiveBetween(1, 6).WithMessage("orientation_details_invalid");
                    RuleFor(c => c.Details!.BedConfirmedBy).PlainText("orientation_details_invalid", 200);
                    RuleFor(c => c.Details!.FoundAt).PlainText("orientation_details_invalid", 200);
                }
            );
            RuleFor(c => c.Details)
                .Must(d => !string.IsNullOrWhiteSpace(d?.BedConfirmedBy))
                .WithMessage("bed_confirmation_missing")
                .When(c => c.Kind == CareKind.GeriatricAdmission);
            RuleFor(c => c.Details)
                .Must(d => d?.NoObstacle == true)
                .WithMessage("obstacle_not_excluded")
                .When(c => c.Kind == CareKind.HomeDeathCertificate);
            RuleFor(c => c.OutsideSnp).Equal(true).WithMessage("beyond_48h").When(c => c.Wanted == WantedWithin.Beyond);
        }
    }

    public sealed class Handler(
        RegulationDb db,
        Orientations orientations,
        FileSeal seal,
        ISender sender,
        ICurrentUser user,
        IIds ids,
        TimeProvider clock,
        AuditNote audit
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command c, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var place = await sender.Send(new ResolveLocation.Query(c.Place.Trim()), ct);
            if (place?.Departement is not { } departement)
                throw InvalidException.Of("place", "place_unknown");
            if (
                !user.Rights.Departements.Contains(departement) && !(place.Commune is { } commune && user.Rights.Communes.Contains(commune))
            )
                throw new ForbiddenException("outside_own_territory");
            var pool = await db.PoolOf(user.OrganisationId, c.Kind, ct);
            if (!await IsOpen(c.Kind, pool, now, Zones.OfDepartement(departement), ct))
                throw new ConflictException("care_pool_closed");

            var communeLabel = place is { Precise: true, Commune: { } code }
                ? (await sender.Send(new ResolveLocation.Query(code), ct))?.Label ?? ""
                : place.Label;
            var location = new PatientLocation(
                place.Label,
                place.Latitude,
                place.Longitude,
                place.Precise,
                place.Commune,
                communeLabel,
                departement
            );
            var skill = string.IsNullOrWhiteSpace(c.Skill) ? pool?.Skill ?? CarePool.UsualSkill(c.Kind) : c.Skill.Trim();
            var name = await orientations.CallerName(ct);
            var demand = new Demand(
                c.CaseReference.Trim(),
                c.Age,
                c.Sex,
                c.Kind,
                c.Reason,
                skill,
                c.Mode,
                c.Wanted,
                location,
                await Mt(c.Mt, ct)
            );
            var orientation = new Orientation(
                ids.New(),
                user.OrganisationId,
                user.Rights.Departements,
                user.Rights.Communes,
                demand,
                user.Id,
                name,
                now
            );
            if (!c.ForTheQueue)
                orientation.Claim(user.Id, name, orientations.Lease, now);
            db.Orientations.Add(orientation);
            var file = new PatientFile(orientation.Id, orientation.OrganisationId);
            if (c.Details is { } d)
                seal.Write(
                    file,
                    clinical: new(
                        Blank(d.Text),
                        Blank(d.FollowedBy),
                        d.Accompanied,
                        d.Lives,
                        d.Gir,
                        Blank(d.BedConfirmedBy),
                        Blank(d.FoundAt),
                        d.NoObstacle
                    )
                );
            db.Files.Add(file);
            orientations.Tell(orientation);
            audit.About("orientation", orientation.Id, orientation.CaseReference);
            return new Response(orientation.Id, orientation.WantedBefore);
        }

        /// <summary>Maisons médicales de garde keep their hours with the rosters. Where nobody said when, it is always open.</summary>
        private async Task<bool> IsOpen(CareKind kind, CarePool? pool, DateTimeOffset now, string zone, CancellationToken ct)
        {
            if (kind != CareKind.DutyHouse)
                return pool?.IsOpen(now, zone) ?? true;
            var houses = await sender.Send(new ListDutyHouses.Query(), ct);
            return houses.Count == 0 || houses.Any(h => h.Open);
        }

        private async Task<TreatingPhysician> Mt(MtAnswer mt, CancellationToken ct) =>
            new(mt.PractitionerId, await orientations.MtName(mt.PractitionerId, ct), mt.NotUsedBecause, mt.OpposedToReport);

        private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("orientations", async (Command body, ISender sender, CancellationToken ct) =>
            {
                var opened = await sender.Send(body, ct);
                return TypedResults.Created($"/api/regulation/orientations/{opened.OrientationId}", opened);
            })
            .WithName("OpenOrientation")
            .WithSummary("Open an orientation, without identity")
            .Produces<Response>(201)
            .ProducesProblem(400)
            .ProducesProblem(403);
}
