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

/// <summary>Says where a duty house is, when it is open and which number it has; or that it is no longer used.</summary>
internal static class SetDutyHouse
{
    /// <param name="HouseId">Null for a new one.</param>
    /// <param name="Commune">INSEE code, postal code or name.</param>
    /// <param name="Version">Of the house as seen.</param>
    [Requires(RostersPermissions.Plan)]
    public sealed record Command(
        Guid? HouseId,
        string Name,
        string Address,
        string Commune,
        string? Phone,
        string? Note,
        IReadOnlyList<HouseHours> Hours,
        bool Closed = false,
        int? Version = null
    ) : IRequest<Response>;

    public sealed record Response(Guid HouseId);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).Reference("house_name_invalid", 120);
            RuleFor(c => c.Address).Reference("house_address_invalid", 200);
            RuleFor(c => c.Commune).Reference("house_commune_invalid", 120);
            RuleFor(c => c.Phone).Phone();
            RuleFor(c => c.Note).PlainText("house_note_invalid", 200);
            RuleFor(c => c.Hours)
                .Must(h => h is { Count: >= 1 and <= 20 } && h.All(o => o is { Days.Count: >= 1 and <= 7 } && o.Days.All(Enum.IsDefined)))
                .WithMessage("house_hours_invalid");
        }
    }

    public sealed class Handler(RostersDb db, ISender sender, ICurrentUser user, IIds ids, AuditNote audit)
        : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command c, CancellationToken ct)
        {
            var place = await sender.Send(new Directory.Contracts.ResolveLocation.Query(c.Commune), ct);
            if (place is not { Commune: { } code, Departement: { } departement })
                throw InvalidException.Of("commune", "house_commune_invalid");
            var house = c.HouseId is { } id
                ? await db.Own<DutyHouse>().SingleOrDefaultAsync(h => h.Id == id, ct) ?? throw new NotFoundException("house_unknown")
                : null;
            if (house is not null && c.Version is { } seen && seen != house.Version)
                throw new ConflictException("house_changed");
            var (houseId, name) = (house?.Id ?? Guid.Empty, c.Name.Trim());
            if (!c.Closed && await db.Own<DutyHouse>().AnyAsync(h => h.Name == name && !h.Closed && h.Id != houseId, ct))
                throw InvalidException.Of("name", "house_exists");
            if (house is null)
                db.Houses.Add(house = new DutyHouse(ids.New(), user.OrganisationId));
            audit.About("duty_house", house.Id);
            house.Change(
                name,
                c.Address.Trim(),
                (code, place.Label, departement),
                string.IsNullOrWhiteSpace(c.Phone) ? null : c.Phone.Trim(),
                string.IsNullOrWhiteSpace(c.Note) ? null : c.Note.Trim(),
                c.Hours,
                c.Closed
            );
            return new(house.Id);
        }
    }

    public sealed record Body(
        string Name,
        string Address,
        string Commune,
        string? Phone,
        string? Note,
        IReadOnlyList<HouseHours> Hours,
        bool Closed = false,
        int? Version = null
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        static Command Of(Guid? id, Body b) => new(id, b.Name, b.Address, b.Commune, b.Phone, b.Note, b.Hours, b.Closed, b.Version);
        routes
            .MapPost("houses", async (Body b, ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(Of(null, b), ct)))
            .WithName("AddDutyHouse")
            .WithSummary("Add a duty house");
        routes
            .MapPut("houses/{houseId:guid}", async (Guid houseId, Body b, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(Of(houseId, b), ct))
            )
            .WithName("SetDutyHouse")
            .WithSummary("Change a duty house")
            .ProducesProblem(404);
    }
}
