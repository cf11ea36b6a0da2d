using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Sending;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Features;

/// <summary>The outside agendas of a professional and how their last reading went. Neither their address nor their content.</summary>
internal static class ListOutsideAgendas
{
    [Requires(SlotsPermissions.Publish)]
    public sealed record Query(Guid PractitionerId) : IRequest<IReadOnlyList<Row>>;

    /// <param name="Host">Where it is kept.</param>
    /// <param name="Times">Busy times known now.</param>
    /// <param name="Failure">Error code of the last try, or null.</param>
    /// <param name="Asleep">It failed three times in a row and is read no more for a while.</param>
    /// <param name="Aside">Events that the last reading set aside.</param>
    /// <param name="AsideCode">Why the first of them, or what else there is to know; null when nothing.</param>
    /// <param name="AsideLine">Its line of the file.</param>
    /// <param name="Shrank">More than half was gone at the last reading; what was known is kept until the next one says the same.</param>
    public sealed record Row(
        Guid AgendaId,
        string Host,
        DateTimeOffset? ReadAt,
        int Times,
        string? Failure,
        bool Asleep,
        int Aside,
        string? AsideCode,
        int AsideLine,
        bool Shrank
    );

    public sealed class Validator : AbstractValidator<Query>;

    public sealed class OwnAgenda(CallContext user) : IAccessRule<Query>
    {
        public Task Check(Query request, CancellationToken ct) =>
            user.ActFor(SlotsPermissions.Publish, request.PractitionerId)
                ? Task.CompletedTask
                : throw new ForbiddenException("not_own_agenda");
    }

    public sealed class Handler(SlotsDb db) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken ct) =>
            await db
                .OutsideAgendas.AsNoTracking()
                .Where(a => a.PractitionerId == query.PractitionerId)
                .OrderBy(a => a.AddedAt)
                .Take(OutsideAgenda.Most)
                .Select(a => new Row(
                    a.Id,
                    a.Host,
                    a.ReadAt,
                    a.Times,
                    a.Failure,
                    a.AsleepSince != null,
                    a.Aside,
                    a.AsideCode,
                    a.AsideLine,
                    a.Shrank
                ))
                .ToListAsync(ct);
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("outside-agendas", async (Guid practitionerId, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(practitionerId), ct))
            )
            .WithName("ListOutsideAgendas")
            .WithSummary("Outside agendas of a professional")
            .ProducesProblem(403);
}
