using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;

namespace Parceo.Slots.Features;

/// <summary>The search radii of the caller's départements: the national table's, or as they were changed.</summary>
internal static class ListSearchRadii
{
    [Requires(SlotsPermissions.Configure)]
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    /// <param name="NationalKm">What the national table says.</param>
    public sealed record Row(string Departement, double DefaultKm, double StepKm, double NationalKm, DateTimeOffset? ChangedAt);

    public sealed class Handler(SlotsDb db, ISender sender, ICurrentUser user) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken ct)
        {
            var own = user.Rights.Departements.Order().ToList();
            var changed = await db.Radii.AsNoTracking().Where(r => own.Contains(r.Departement)).ToDictionaryAsync(r => r.Departement, ct);
            var rows = new List<Row>();
            foreach (var departement in own)
            {
                var national = await sender.Send(new FindSearchRadius.Query(departement), ct) ?? new SearchRadius(20, 10, 0);
                var set = changed.GetValueOrDefault(departement);
                rows.Add(
                    new Row(
                        departement,
                        set?.DefaultKm ?? national.DefaultKm,
                        set?.StepKm ?? national.StepKm,
                        national.DefaultKm,
                        set?.ChangedAt
                    )
                );
            }
            return rows;
        }
    }
}
