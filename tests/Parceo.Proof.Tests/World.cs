using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Access.Features;
using Parceo.Platform.Geo;
using Parceo.Platform.Web;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>People with real accounts and tokens, and slots made by the domain itself.</summary>
internal static class World
{
    public static readonly GeoPoint Metz = new(49.10814, 6.19595);

    /// <summary>Somebody who can call.</summary>
    public sealed record Caller(Guid Id, Guid OrganisationId, string Token);

    /// <summary>An organisation whose territory is a département, or communes instead.</summary>
    public static async Task<Guid> Organisation(this ParceoHost host, string name, string departement = "57", params string[] communes) =>
        await host.With<AccessDb, Guid>(async db =>
        {
            var sas = new Organisation(Guid.CreateVersion7(), OrganisationKind.AccessService, name, null, host.Clock.GetUtcNow());
            sas.Cover(communes, communes.Length == 0 ? [departement] : []);
            db.Add(sas);
            await db.SaveChangesAsync();
            return sas.Id;
        });

    /// <summary>A member of it with roles, and a token made as <c>build/parceo token create</c> makes it.</summary>
    public static async Task<Caller> Member(
        this ParceoHost host,
        Guid organisation,
        string name,
        string[] roles,
        Guid? directoryPerson = null
    )
    {
        var (id, email) = (Guid.CreateVersion7(), $"{Guid.CreateVersion7():n}@proof.invalid");
        await host.With<AccessDb, int>(db =>
        {
            var now = host.Clock.GetUtcNow().AddDays(-1);
            var person = new Person(id, email, name, null, now);
            person.Is(directoryPerson);
            db.Add(person);
            foreach (var role in roles)
                db.Add(new Membership(Guid.CreateVersion7(), id, organisation, role, now));
            return db.SaveChangesAsync();
        });
        return new(id, organisation, (await host.SendAsSystem(new IssueToken.Command(email, "proof", 1, [], null))).Token);
    }

    /// <summary>An account without a role anywhere.</summary>
    public static Task<Guid> Person(this ParceoHost host, string name) =>
        host.With<AccessDb, Guid>(async db =>
        {
            var person = new Person(
                Guid.CreateVersion7(),
                $"{Guid.CreateVersion7():n}@proof.invalid",
                name,
                null,
                host.Clock.GetUtcNow().AddDays(-1)
            );
            db.Add(person);
            await db.SaveChangesAsync();
            return person.Id;
        });

    /// <summary>A new session's cookie, as the host itself gives it to a browser after a second factor.</summary>
    public static async Task<string> SessionCookie(this ParceoHost host, Caller of)
    {
        var (session, now) = (Guid.CreateVersion7(), host.Clock.GetUtcNow());
        await host.With<AccessDb, int>(db =>
        {
            db.Add(new Session(session, of.Id, of.OrganisationId, "pwd+totp", now, now, null, "proof"));
            return db.SaveChangesAsync();
        });
        var options = host.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(ParceoClaims.CookieScheme);
        var principal = new ClaimsPrincipal(
            new ClaimsIdentity([new Claim(ParceoClaims.SessionId, session.ToString())], ParceoClaims.CookieScheme)
        );
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(new AuthenticationTicket(principal, ParceoClaims.CookieScheme))}";
    }

    /// <summary>Regulators of one SAS.</summary>
    public static async Task<IReadOnlyList<Caller>> Regulators(this ParceoHost host, int count, string departement = "57")
    {
        var sas = await host.Organisation($"SAS {departement} {Guid.CreateVersion7():n}", departement);
        var callers = new List<Caller>();
        for (var i = 0; i < count; i++)
            callers.Add(await host.Member(sas, $"Regulator {i}", [Roles.Regulator]));
        return callers;
    }

    /// <summary>Ranges that begin tomorrow, each of a practitioner of its own.</summary>
    public static Task<IReadOnlyList<Guid>> Ranges(
        this ParceoHost host,
        int count,
        int capacity = 1,
        string departement = "57",
        Guid? practitioner = null,
        string? commune = null
    ) =>
        host.With<SlotsDb, IReadOnlyList<Guid>>(async db =>
        {
            var now = host.Clock.GetUtcNow();
            var ids = new List<Guid>();
            for (var i = 0; i < count; i++)
            {
                var calendar = new Calendar(Guid.CreateVersion7(), practitioner ?? Guid.CreateVersion7());
                calendar.Refresh(
                    "Dr Camille Essai",
                    "MEDECINE_GENERALE",
                    "Médecine générale",
                    "Cabinet",
                    "Metz",
                    departement,
                    null,
                    Metz,
                    commune
                );
                var range = new SlotRange(
                    Guid.CreateVersion7(),
                    calendar,
                    now.AddHours(24),
                    now.AddHours(27),
                    capacity,
                    Mode.Cabinet,
                    null,
                    Guid.CreateVersion7(),
                    now
                );
                db.AddRange(calendar, range);
                ids.Add(range.Id);
            }
            await db.SaveChangesAsync();
            return ids;
        });
}
