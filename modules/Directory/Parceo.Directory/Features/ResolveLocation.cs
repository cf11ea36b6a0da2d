using MediatR;
using Parceo.Directory.Contracts;
using Parceo.Directory.Search;
using Query = Parceo.Directory.Contracts.ResolveLocation.Query;

namespace Parceo.Directory.Features;

/// <summary>Turns text into a point.</summary>
internal static class ResolveLocation
{
    public sealed class Handler(Places places) : IRequestHandler<Query, Location?>
    {
        public Task<Location?> Handle(Query query, CancellationToken ct) =>
            places.Resolve(query.Text.Length > 200 ? query.Text[..200] : query.Text, ct);
    }
}
