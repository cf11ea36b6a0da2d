using MediatR;
using Parceo.Directory.Contracts;
using Parceo.Directory.Reference;
using Query = Parceo.Directory.Contracts.FindSearchRadius.Query;

namespace Parceo.Directory.Features;

/// <summary>The national search radius of a département.</summary>
internal static class FindSearchRadius
{
    public sealed class Handler(SearchRadii radii) : IRequestHandler<Query, SearchRadius?>
    {
        public Task<SearchRadius?> Handle(Query query, CancellationToken ct) => Task.FromResult(radii.Of(query.Departement));
    }
}
