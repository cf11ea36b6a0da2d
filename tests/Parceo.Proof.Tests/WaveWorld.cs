using System.Globalization;
using NUnit.Framework;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Slots.Data;
using Parceo.Testing;
using Calendar = Parceo.Slots.Domain.Calendar;

namespace Parceo.Proof.Tests;

/// <summary>A desk and effectors of one skill of their own, so that a wave asks these and nobody else.</summary>
/// <param name="Skill">Of these effectors only.</param>
/// <param name="Desk">The regulator.</param>
/// <param name="Effectors">In the order of <paramref name="Practitioners"/>.</param>
/// <param name="Practitioners">Directory ids.</param>
internal sealed record WaveWorld(string Skill, World.Caller Desk, IReadOnlyList<World.Caller> Effectors, IReadOnlyList<Guid> Practitioners)
{
    /// <summary>One wave of all of them, for an hour, unless <paramref name="plan"/> says otherwise.</summary>
    public static async Task<WaveWorld> Create(ParceoHost host, int effectors, WavePlan? plan = null)
    {
        var ids = Enumerable.Range(0, effectors).Select(_ => Guid.CreateVersion7()).ToList();
        var world = new WaveWorld($"RACE{Guid.CreateVersion7():n}"[..20].ToUpperInvariant(), (await host.Regulators(1))[0], [], ids);
        await host.With<SlotsDb, int>(db =>
        {
            foreach (var (i, id) in ids.Index())
            {
                var calendar = new Calendar(Guid.CreateVersion7(), id);
                calendar.Refresh($"Dr Essai {i}", world.Skill, "Médecine générale", "Cabinet", "Metz", "57", null, World.Metz);
                db.Add(calendar);
            }
            return db.SaveChangesAsync();
        });
        await host.With<RegulationDb, int>(db =>
        {
            db.Add(
                new WavePolicy(
                    Guid.CreateVersion7(),
                    "57",
                    plan ?? WavePlan.Default with { Size1 = effectors, Minutes1 = 60 },
                    host.Clock.GetUtcNow().AddDays(-1),
                    Guid.Empty,
                    null,
                    "proof"
                )
            );
            return db.SaveChangesAsync();
        });
        var community = await host.Organisation($"CPTS {world.Skill}");
        var callers = new List<World.Caller>();
        foreach (var id in ids)
            callers.Add(await host.Member(community, $"Effector {id:n}", [Roles.Effector], id));
        return world with { Effectors = callers };
    }

    /// <summary>A case, opened by the desk.</summary>
    public async Task<Guid> Open(Api desk, CancellationToken ct = default)
    {
        var opened = await desk.Send(
            HttpMethod.Post,
            "/api/regulation/orientations",
            $$"""{"caseReference":"57-1","age":34,"sex":"male","place":"57463","kind":"generalMedicine","reason":"fever","wanted":"h4","mt":{"notUsedBecause":"none"},"skill":"{{Skill}}"}""",
            ct: ct
        );
        Assert.That(opened.Status, Is.EqualTo(201), opened.Code);
        return opened.Body.GetProperty("orientationId").GetGuid();
    }

    /// <summary>Starts its waves; how many the first one asks.</summary>
    public static async Task<int> Ask(Api desk, Guid orientation)
    {
        var asked = await desk.Send(HttpMethod.Post, $"/api/regulation/orientations/{orientation}/solicitation", """{"radiusKm":10}""");
        Assert.That(asked.Status, Is.EqualTo(200), asked.Code);
        return asked.Body.GetProperty("asked").GetInt32();
    }

    /// <summary>What an effector was asked last.</summary>
    public static async Task<(string Invitation, string State)> Last(Api effector)
    {
        var last = (await effector.Send(HttpMethod.Get, "/api/regulation/invitations?limit=1")).Body.GetProperty("invitations")[0];
        return (last.GetProperty("invitationId").GetString()!, last.GetProperty("state").GetString()!);
    }

    /// <summary>« J'accepte », for an hour from now; the next time after that visit, since one time is promised once (decision 0017).</summary>
    public static Task<Api.Answer> Accept(Api effector, string invitation, string? key = null, CancellationToken ct = default)
    {
        var visits = Visits.AddOrUpdate(effector.Token ?? "", 0, (_, n) => n + 1);
        var start = TimeProvider.System.GetUtcNow().AddHours(1).AddMinutes(21 * visits);
        return effector.Send(
            HttpMethod.Post,
            $"/api/regulation/invitations/{invitation}/accept",
            $$"""{"start":"{{start.ToString("O", CultureInfo.InvariantCulture)}}"}""",
            key,
            ct
        );
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> Visits = new();

    /// <summary>« Je ne peux pas. »</summary>
    public static Task<Api.Answer> Decline(Api effector, string invitation, string? key = null, CancellationToken ct = default) =>
        effector.Send(HttpMethod.Post, $"/api/regulation/invitations/{invitation}/decline", """{"reason":"busy"}""", key, ct);

    /// <summary>The state that the desk sees.</summary>
    public static async Task<string> StateOf(Api desk, Guid orientation) =>
        (await desk.Send(HttpMethod.Get, $"/api/regulation/orientations/{orientation}"))
            .Body.GetProperty("orientation")
            .GetProperty("state")
            .GetString()!;
}
