using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Directory.Contracts;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Services;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Whom to write to, as one calls them: people with an account, of one's own organisation first, desks, and professionals who have none (for MSSanté).</summary>
internal static class FindRecipients
{
    /// <param name="Text">2–80 characters: a name, a profession and a place, what somebody does, a desk; a letter may be wrong.</param>
    [Requires(MessagingPermissions.Use), Limited(LimitKind.Search)]
    public sealed record Query(string Text) : IRequest<Response>;

    /// <param name="People">Accounts, at most 10.</param>
    /// <param name="Desks">Desks that answer as one, at most 5.</param>
    /// <param name="Outside">Professionals of the directory without an account, at most 5; none while there are ten of one's own.</param>
    /// <param name="Roles">Roles that the text names, « IDEL de Metz »: whoever has them when it is written to.</param>
    public sealed record Response(
        IReadOnlyList<Recipient> People,
        IReadOnlyList<DeskChoice> Desks,
        IReadOnlyList<OutsideChoice> Outside,
        IReadOnlyList<RoleChoice> Roles
    );

    public sealed record Recipient(Guid PersonId, string Name, string Line, DateTimeOffset? AwayUntil, string? CoveredBy);

    public sealed record DeskChoice(Guid DeskId, string Name, string Purpose);

    public sealed record OutsideChoice(Guid PractitionerId, string Name, string Line);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() =>
            RuleFor(q => q.Text).Must(t => t?.Trim().Length is >= 2 and <= 80 && TextRules.IsLine(t)).WithMessage("search_text_invalid");
    }

    public sealed class Handler(MessagingDb db, RoleRecipients roles, ISender sender, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<Query, Response>
    {
        private const int Most = 10,
            Looked = 50;

        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var text = query.Text.Trim();
            // Whoever works in one's own organisation comes before strangers: by name, by profession and place, by what they do.
            var colleagues = await sender.Send(
                new FindColleagues(MessagingPermissions.Use, OrganisationId: user.OrganisationId, Limit: 500),
                ct
            );
            var practitioners = colleagues.Where(c => c.PractitionerId is not null).ToLookup(c => c.PractitionerId!.Value, c => c.PersonId);
            var own =
                practitioners.Count == 0
                    ? []
                    : (
                        await sender.Send(new FindPeople.Query(text, Limit: Most, Among: [.. practitioners.Select(p => p.Key)]), ct)
                    ).People.SelectMany(p => practitioners[p.Id]);
            var accounts = await sender.Send(new DescribePeople.Query(user.OrganisationId, Text: text, Limit: Most), ct);
            var near = accounts
                .Where(p => p.OrganisationId == user.OrganisationId)
                .Select(p => p.PersonId)
                .Concat(own)
                .Concat(colleagues.Where(c => FunctionWords.Mean(text, c.Name, c.Roles)).Select(c => c.PersonId))
                .Where(id => id != user.Id)
                .Distinct()
                .Take(Most)
                .ToList();
            var described = accounts.ToDictionary(p => p.PersonId);
            foreach (var p in await Describe(new(user.OrganisationId, PersonIds: [.. near.Except(described.Keys)])))
                described[p.PersonId] = p;
            var found = near.Where(described.ContainsKey).Select(id => described[id]).ToList();
            // Ten of one's own are enough: nobody looks for strangers before they type more.
            IReadOnlyList<FoundPerson> strangers = [];
            if (found.Count < Most)
            {
                var directory = (await sender.Send(new FindPeople.Query(text, Limit: Looked), ct)).People;
                var known = await Describe(new(user.OrganisationId, PractitionerIds: [.. directory.Select(p => p.Id)]));
                var withAccount = known.Select(c => c.PractitionerId).ToHashSet();
                strangers = [.. directory.Where(p => !withAccount.Contains(p.Id)).Take(5)];
                found = [.. found.Concat(accounts).Concat(known).DistinctBy(p => p.PersonId).Where(p => p.PersonId != user.Id).Take(Most)];
            }
            var ids = found.ConvertAll(p => p.PersonId);
            var now = clock.GetUtcNow();
            var away = await db
                .Profiles.AsNoTracking()
                .Where(p => ids.Contains(p.PersonId) && p.AwayFrom <= now && now < p.AwayUntil)
                .ToDictionaryAsync(p => p.PersonId, ct);
            var key = text.ToLowerInvariant();
            var desks = (await db.Desks.AsNoTracking().Where(d => d.ClosedAt == null).OrderBy(d => d.Name).Take(200).ToListAsync(ct))
                .Where(d =>
                    d.Name.Contains(key, StringComparison.OrdinalIgnoreCase) || d.Purpose.Contains(key, StringComparison.OrdinalIgnoreCase)
                )
                .OrderBy(d => d.Name, FrenchText.ByName)
                .Take(5);
            return new Response(
                [
                    .. found.Select(p => new Recipient(
                        p.PersonId,
                        p.Name,
                        p.Line,
                        away.GetValueOrDefault(p.PersonId)?.AwayUntil,
                        away.GetValueOrDefault(p.PersonId)?.CoverName
                    )),
                ],
                [.. desks.Select(d => new DeskChoice(d.Id, d.Name, d.Purpose))],
                [
                    .. strangers.Select(p => new OutsideChoice(
                        p.Id,
                        p.Name,
                        string.Join(", ", new[] { p.Profession, p.Activities.Count > 0 ? p.Activities[0].Commune : null }.OfType<string>())
                    )),
                ],
                await roles.Named(text, ct)
            );

            async Task<IReadOnlyList<Correspondent>> Describe(DescribePeople.Query whom) =>
                whom is { PersonIds.Count: 0 } or { PractitionerIds.Count: 0 } ? [] : await sender.Send(whom, ct);
        }
    }

    // In a body: what is looked for may be a patient's name, and addresses are kept in logs (S66).
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("recipients", async (Query query, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(query, ct))
            )
            .WithName("FindRecipients")
            .WithSummary("Whom to write to");
}
