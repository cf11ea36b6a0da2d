using MediatR;
using Parceo.Slots.Contracts;
using Parceo.Slots.Services;
using Query = Parceo.Slots.Contracts.FindPromises.Query;

namespace Parceo.Slots.Features;

/// <summary>Answers <see cref="Query"/> by the same look that <see cref="BookOutsideAgenda"/> decides by.</summary>
internal static class FindPromises
{
    public sealed class Handler(Agendas agendas) : IRequestHandler<Query, IReadOnlyList<Promise>>
    {
        public async Task<IReadOnlyList<Promise>> Handle(Query q, CancellationToken ct) =>
            [
                .. (
                    await agendas.Promises(
                        q.PractitionerIds,
                        q.From,
                        q.To,
                        TimeSpan.FromMinutes(Contracts.BookOutsideAgenda.UsualMinutes),
                        ct
                    )
                ).Select(p => new Promise(p.PractitionerId, p.Period.Start, p.Period.End)),
            ];
    }
}
