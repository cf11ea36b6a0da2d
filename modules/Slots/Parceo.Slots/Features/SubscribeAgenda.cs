using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Sending;
using Parceo.Platform.Web;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Events;
using Parceo.Slots.Services;

namespace Parceo.Slots.Features;

/// <summary>Subscribes to an agenda kept elsewhere, so that its busy times hide slots. It is read at once, then every quarter of an hour.</summary>
internal static class SubscribeAgenda
{
    /// <param name="Address">https or webcal; a secret of the professional, never shown again.</param>
    [Requires(SlotsPermissions.Publish)]
    public sealed record Command(Guid PractitionerId, string Address) : IRequest<Response>;

    public sealed record Response(Guid AgendaId);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Address).Reference("outside_agenda_address", OutsideAgenda.LongestAddress);
    }

    public sealed class OwnAgenda(CallContext user) : IAccessRule<Command>
    {
        public Task Check(Command request, CancellationToken ct) =>
            user.ActFor(SlotsPermissions.Publish, request.PractitionerId)
                ? Task.CompletedTask
                : throw new ForbiddenException("not_own_agenda");
    }

    public sealed class Handler(
        SlotsDb db,
        Agendas agendas,
        FieldCipher cipher,
        IConfiguration settings,
        ICurrentUser user,
        IIds ids,
        TimeProvider clock,
        AuditNote audit
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            var typed = command.Address.Trim();
            if (typed.StartsWith("webcal://", StringComparison.OrdinalIgnoreCase))
                typed = "https" + typed["webcal".Length..];
            if (!Uri.TryCreate(typed, UriKind.Absolute, out var address) || !Outbound.Accepts(address, settings))
                throw InvalidException.Of("address", "outside_agenda_address");
            (await agendas.Agenda(command.PractitionerId, ct)).Touch(); // two who subscribe at once meet here: the look below is never outdated
            var known = await db.OutsideAgendas.AsNoTracking().Where(a => a.PractitionerId == command.PractitionerId).ToListAsync(ct);
            if (known.Exists(a => FieldCipher.Shown(() => AgendaSeal.Open(cipher, a), "") == address.AbsoluteUri))
                throw new ConflictException("outside_agenda_known");
            if (known.Count >= OutsideAgenda.Most)
                throw new ConflictException("outside_agendas_most");
            var id = ids.New();
            var agenda = new OutsideAgenda(
                id,
                command.PractitionerId,
                AgendaSeal.Seal(cipher, address.AbsoluteUri, command.PractitionerId, id),
                address.Host,
                user.Id,
                clock.GetUtcNow()
            );
            agenda.Begin(clock.GetUtcNow());
            db.OutsideAgendas.Add(agenda);
            db.Publish(new OutsideAgendaDue(id), id);
            audit.About("outside_agenda", id);
            return new Response(id);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("outside-agendas", async (Command body, ISender sender, CancellationToken ct) =>
            {
                var added = await sender.Send(body, ct);
                return TypedResults.Created($"/api/slots/outside-agendas/{added.AgendaId}", added);
            })
            .WithName("SubscribeAgenda")
            .WithSummary("Hide slots while another agenda says busy")
            .ProducesProblem(403)
            .ProducesProblem(409);
}
