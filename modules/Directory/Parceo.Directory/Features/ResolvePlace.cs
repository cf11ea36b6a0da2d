using MediatR;
using Parceo.Directory.Contracts;
using Parceo.Directory.Reference;
using Query = Parceo.Directory.Contracts.ResolvePlace.Query;

namespace Parceo.Directory.Features;

/// <summary>Turns text into a point; no database is asked.</summary>
internal static class ResolvePlace
{
    public sealed class Handler(Places places) : IRequestHandler<Query, Place?>
    {
        public Task<Place?> Handle(Query query, CancellationToken ct) =>
            Task.FromResult(places.Resolve(query.Text.Length > 200 ? query.Text[..200] : query.Text));
    }
}
