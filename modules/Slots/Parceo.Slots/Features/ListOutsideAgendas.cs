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
    public sealed record Row(Guid AgendaId, string Host, DateTimeOffset? ReadAt, int Times, string? Failure);

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
                .Select(a => new Row(a.Id, a.Host, a.ReadAt, a.Times, a.Failure))
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
