using FluentValidation;
using MediatR;
using Parceo.Directory.Contracts;
using Parceo.Directory.Reference;
using Parceo.Platform.Geo;
using Query = Parceo.Directory.Contracts.MapCommunes.Query;

namespace Parceo.Directory.Features;

/// <summary>The communes of a territory, the most peopled first, then its nearest neighbours; no database is asked.</summary>
internal static class MapCommunes
{
    private const int Most = 1_000,
        Neighbours = 40;
    private const double Around = 0.15; // degrees, some 15 km

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Codes).Must(c => c.Count <= Most).WithMessage("people_limit_invalid");
            RuleFor(q => q.Departements).Must(d => d.Count <= 20).WithMessage("people_limit_invalid");
        }
    }

    public sealed class Handler(CommuneIndex communes) : IRequestHandler<Query, IReadOnlyList<MappedCommune>>
    {
        public Task<IReadOnlyList<MappedCommune>> Handle(Query query, CancellationToken ct)
        {
            var codes = query.Codes.ToHashSet();
            var inside = communes
                .All.Where(c =>
                    c.Parent is null && c.Point is not null && (codes.Contains(c.Insee) || query.Departements.Contains(c.Departement))
                )
                .OrderByDescending(c => c.Population)
                .Take(Most)
                .ToList();
            return Task.FromResult<IReadOnlyList<MappedCommune>>([
                .. inside.Select(c => Show(c, true)),
                .. Near(inside).Select(c => Show(c, false)),
            ]);
        }

        private IEnumerable<Commune> Near(List<Commune> inside)
        {
            if (inside.Count == 0)
                return [];
            var own = inside.Select(c => c.Insee).ToHashSet();
            var points = inside.ConvertAll(c => c.Point!.Value);
            var (south, north) = (points.Min(p => p.Latitude) - Around, points.Max(p => p.Latitude) + Around);
            var (west, east) = (points.Min(p => p.Longitude) - Around, points.Max(p => p.Longitude) + Around);
            return communes
                .All.Where(c =>
                    c.Parent is null
                    && c.Point is { } p
                    && p.Latitude >= south
                    && p.Latitude <= north
                    && p.Longitude >= west
                    && p.Longitude <= east
                    && !own.Contains(c.Insee)
                )
                .OrderBy(c => points.Min(c.Point!.Value.DistanceTo))
                .Take(Neighbours);
        }

        private static MappedCommune Show(Commune c, bool isInside) =>
            new(c.Insee, c.Name, c.Point!.Value.Latitude, c.Point!.Value.Longitude, c.Population, isInside);
    }
}
