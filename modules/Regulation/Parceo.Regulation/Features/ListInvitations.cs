using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Sending;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Features;

/// <summary>What the caller, or the professionals they answer for, are asked now and were asked lately. Identity only where they accepted (W1.6).</summary>
internal static class ListInvitations
{
    /// <param name="Limit">1–100.</param>
    /// <param name="Next">Of the page before. A wave asks many in one instant: time alone would pass some over.</param>
    [Requires(RegulationPermissions.Answer), Audited]
    public sealed record Query(int Limit = 20, string? Next = null) : IRequest<Response>;

    public sealed record Response(IReadOnlyList<ReceivedInvitation> Invitations, string? Next);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("limit_invalid");
    }

    public sealed class Handler(RegulationDb db, SystemSender system, ICurrentUser user, FileSeal seal, TimeProvider clock)
        : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var mine = user.Rights.PractitionersFor(RegulationPermissions.Answer);
            var asked = db.Invitations.AsNoTracking().Where(i => mine.Contains(i.PractitionerId));
            if (query.Next is { } next && PageCursor.Read(next) is var (at, id))
                asked = asked.Where(i => i.SentAt < at || (i.SentAt == at && i.Id.CompareTo(id) < 0));
            var rows = await asked
                .OrderByDescending(i => i.SentAt)
                .ThenByDescending(i => i.Id)
                .Take(query.Limit)
                .Join(db.Orientations, i => i.OrientationId, o => o.Id, (i, o) => new { Invitation = i, Orientation = o })
                .OrderByDescending(r => r.Invitation.SentAt)
                .ThenByDescending(r => r.Invitation.Id)
                .ToListAsync(ct);
            var accepted = rows.Where(r => r.Invitation.State == InvitationState.Accepted).Select(r => r.Orientation.Id).ToList();
            var files =
                accepted.Count == 0
                    ? []
                    : await db
                        .Files.AsNoTracking()
                        .Where(f => accepted.Contains(f.OrientationId))
                        .ToDictionaryAsync(f => f.OrientationId, ct);
            var views = rows.Select(r => View(r.Invitation, r.Orientation, files.GetValueOrDefault(r.Orientation.Id))).ToList();
            await NotePromises(views, ct);
            return new Response(views, rows.Count == query.Limit ? PageCursor.Write(views[^1].SentAt, views[^1].InvitationId) : null);
        }

        private async Task NotePromises(List<ReceivedInvitation> views, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var open = views
                .Where(v => v.State == InvitationState.Sent && v.Deadline > now)
                .Select(v => v.PractitionerId)
                .Distinct()
                .ToList();
            if (open.Count == 0)
                return;
            var promises = (await system.Send(new FindPromises.Query(open, now, now + Wanted.Snp), user.CorrelationId, ct)).ToLookup(p =>
                p.PractitionerId
            );
            for (var i = 0; i < views.Count; i++)
                views[i] = views[i] with { Promised = [.. promises[views[i].PractitionerId]] };
        }

        private ReceivedInvitation View(Invitation i, Orientation o, PatientFile? file)
        {
            var (from, to) = AgeBand.Of(o.Age);
            var won = i.State == InvitationState.Accepted && file is not null && file.PractitionerId == i.PractitionerId;
            // Somebody else's win is known from the orientation before this row is settled.
            var state =
                i.State == InvitationState.Sent && o.State is (OrientationState.Accepted or OrientationState.Booked)
                    ? InvitationState.Taken
                    : i.State;
            return new(
                i.Id,
                i.PractitionerId,
                i.Name,
                from,
                to,
                o.Reason,
                o.Kind,
                o.Mode,
                o.CommuneLabel,
                Math.Round(i.DistanceKm, 1),
                o.WantedBefore,
                i.SentAt,
                i.Deadline,
                i.Wave,
                state,
                i.Zone,
                won ? o.Start : null,
                won ? Patient(o, file!) : null
            );
        }

        private AcceptedPatient Patient(Orientation o, PatientFile file)
        {
            var contact = seal.Shown(file).Contact;
            return new(o.CaseReference, o.Age, o.Sex, contact.Name, contact.Phone, seal.Clinical(file).Text);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("invitations", async (int? limit, string? next, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(limit ?? 20, next), ct))
            )
            .WithName("ListInvitations")
            .WithSummary("What one is asked, newest first");
}
