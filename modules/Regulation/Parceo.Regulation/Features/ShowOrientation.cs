using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Sending;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Services;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Features;

/// <summary>One orientation, whole, for the regulators of its organisation.</summary>
internal static class ShowOrientation
{
    [Requires(RegulationPermissions.Orient), Audited]
    public sealed record Query(Guid OrientationId) : IRequest<Response>;

    /// <param name="Asked">Everybody asked, first asked first.</param>
    /// <param name="MtToAsk">While somebody may be asked and the médecin traitant is not ruled out.</param>
    /// <param name="With">Who sees the patient, once they are booked.</param>
    public sealed record Response(
        OrientationLine Orientation,
        string Skill,
        Mode? Mode,
        WantedWithin Wanted,
        double Latitude,
        double Longitude,
        bool Precise,
        string? Commune,
        Guid? MtPractitionerId,
        string? MtName,
        MtReason? MtReason,
        bool OpposedToReport,
        ClinicalDetails Details,
        string? PatientName,
        string? PatientPhone,
        IReadOnlyList<PatientEntry> PatientHistory,
        string? Handover,
        Guid? PractitionerId,
        Guid? BookingId,
        EscalatedTo? EscalatedTo,
        int Round,
        double RadiusKm,
        IReadOnlyList<StepView> Steps,
        IReadOnlyList<InvitationView> Asked,
        MtToAsk? MtToAsk,
        BookedWith? With
    );

    public sealed class Handler(RegulationDb db, Orientations orientations, FileSeal seal, SystemSender system, ICurrentUser user)
        : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var o = await orientations.Find(query.OrientationId, ct);
            var steps = await db.Set<OrientationStep>()
                .AsNoTracking()
                .Where(x => x.OrientationId == o.Id)
                .OrderBy(x => x.Number)
                .ToListAsync(ct);
            var file = await db.Files.AsNoTracking().SingleAsync(f => f.OrientationId == o.Id, ct);
            var (contact, history) = seal.Shown(file);
            return new(
                OrientationLine.Of(o),
                o.Skill,
                o.Mode,
                o.Wanted,
                o.Latitude,
                o.Longitude,
                o.Precise,
                o.Commune,
                o.MtPractitionerId,
                o.MtName,
                o.MtReason,
                o.OpposedToReport,
                seal.Clinical(file),
                contact.Name,
                contact.Phone,
                history,
                seal.Handover(file),
                o.PractitionerId,
                o.BookingId,
                o.EscalatedTo,
                o.Round,
                o.RadiusKm,
                [.. steps.Select(s => new StepView(s.State, s.ActorName, s.At))],
                [.. o.Invitations.OrderBy(i => i.SentAt).ThenBy(i => i.DistanceKm).ThenBy(i => i.Id).Select(InvitationView.Of)],
                await orientations.MtToAsk(o, ct),
                o.BookingId is { } booking ? await system.Send(new FindBookedWith.Query(booking), user.CorrelationId, ct) : null
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("orientations/{orientationId:guid}", async (Guid orientationId, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(orientationId), ct))
            )
            .WithName("ShowOrientation")
            .WithSummary("One orientation")
            .ProducesProblem(404);
}
