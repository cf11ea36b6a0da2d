using MediatR;
using Parceo.Directory.Contracts;
using Parceo.Directory.Reference;
using Parceo.Platform;
using Query = Parceo.Directory.Contracts.ResolveLocation.Query;

namespace Parceo.Directory.Features;

/// <summary>Turns text into a point; no database is asked.</summary>
internal static class ResolveLocation
{
    public sealed class Handler(LocationResolver locations, ICurrentUser user) : IRequestHandler<Query, Location?>
    {
        public Task<Location?> Handle(Query query, CancellationToken ct) =>
            Task.FromResult(locations.Resolve(query.Text.Length > 200 ? query.Text[..200] : query.Text, Home.Of(user.Rights)));
    }
}
