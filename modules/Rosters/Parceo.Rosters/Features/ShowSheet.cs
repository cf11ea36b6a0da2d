using System.Text;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Web;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Data;
using Parceo.Rosters.Domain;

namespace Parceo.Rosters.Features;

/// <summary>The continuity sheet of a day: what one must know when every screen is dark. No patient data.</summary>
internal static class ShowSheet
{
    private const int SlotLines = 80;

    /// <param name="Day">Local day; today when null or beyond a year. Until 8 h of the next morning.</param>
    [Requires(RostersPermissions.Sheet)]
    public sealed record Query(DateOnly? Day = null) : IRequest<Response>;

    /// <param name="At">When the data were read, UTC.</param>
    /// <param name="Slots">Null when the caller may not search slots.</param>
    public sealed record Response(
        DateOnly Day,
        string Zone,
        DateTimeOffset At,
        IReadOnlyList<ListOnDuty.DutySector> OnDuty,
        IReadOnlyList<House> Houses,
        Slots.Contracts.FreeSlotsOfDay? Slots
    );

    /// <param name="Times">When it is open that day and night.</param>
    public sealed record House(
        string Name,
        string Address,
        string Commune,
        string? Phone,
        string? Note,
        string Zone,
        IReadOnlyList<OpenTime> Times
    );

    public sealed record OpenTime(DateTimeOffset From, DateTimeOffset To);

    public sealed class Handler(RostersDb db, ISender sender, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query q, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var zone = user.Rights.Zone;
            var today = LocalTime.DayOf(now, zone);
            var day = q.Day is { } asked && Math.Abs(asked.DayNumber - today.DayNumber) <= 366 ? asked : today;
            var (from, to) = (LocalTime.StartOfDay(day, zone), LocalTime.At(day.AddDays(1), new(8, 0), zone));
            var houses = await db.Houses.AsNoTracking().Where(h => !h.Closed).OrderBy(h => h.Name).Take(100).ToListAsync(ct);
            var (slotsFrom, slotsTo) = (now > from ? now : from, LocalTime.StartOfDay(day.AddDays(1), zone));
            var slots =
                !user.Can(Slots.Contracts.SlotsPermissions.Search) ? null
                : slotsFrom >= slotsTo ? new([], 0)
                : await sender.Send(new Slots.Contracts.ListFreeSlotsOfDay.Query(slotsFrom, slotsTo, SlotLines), ct);
            return new(
                day,
                zone,
                now,
                await sender.Send(new ListOnDuty.Query(from, to), ct),
                [
                    .. houses
                        .OrderBy(h => h.Name, FrenchText.ByName)
                        .Select(h => new House(
                            h.Name,
                            h.Address,
                            h.Commune,
                            h.Phone,
                            h.Note,
                            h.Zone,
                            [.. h.Times(day, 1).OrderBy(t => t.From).Select(t => new OpenTime(t.From, t.To))]
                        ))
                        .Where(h => h.Times.Count > 0),
                ],
                slots
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("sheet", async (DateOnly? day, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(day), ct))
            )
            .WithName("ShowSheet")
            .WithSummary("The continuity sheet of a day");
        routes
            .MapGet(
                "sheet.html",
                async (DateOnly? day, ISender sender, IServiceProvider services, ILoggerFactory logs, CancellationToken ct) =>
                {
                    var sheet = await sender.Send(new Query(day), ct);
                    return TypedResults.File(
                        Encoding.UTF8.GetBytes(await File(sheet, services, logs)),
                        "text/html; charset=utf-8",
                        $"fiche-de-continuite-{sheet.Day:yyyy-MM-dd}.html"
                    );
                }
            )
            .Limited(LimitKind.Export)
            .WithName("SaveSheet")
            .WithSummary("The continuity sheet of a day as one file that opens without a network");
    }

    private static async Task<string> File(Response sheet, IServiceProvider services, ILoggerFactory logs)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return "<!DOCTYPE html>\n"
            + await renderer.Dispatcher.InvokeAsync(async () =>
                (
                    await renderer.RenderComponentAsync<Pages.SheetFile>(
                        ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(Pages.SheetFile.Data)] = sheet })
                    )
                ).ToHtmlString()
            );
    }
}
