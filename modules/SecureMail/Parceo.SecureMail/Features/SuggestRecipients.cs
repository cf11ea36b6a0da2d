using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Operator;

namespace Parceo.SecureMail.Features;

/// <summary>MSSanté addresses that somebody may mean while typing a name: professionals through the directory, structures by their name.</summary>
internal static class SuggestRecipients
{
    private const int Most = 10,
        Shortest = 2;

    [Requires(SecureMailPermissions.Send), Limited(LimitKind.Search)]
    public sealed record Query(string Q) : IRequest<IReadOnlyList<Option>>;

    /// <summary>An option of a combobox.</summary>
    /// <param name="Detail">Structure or town, and the address.</param>
    public sealed record Option(string Value, string Text, string Detail);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Q).Must(q => q.Length <= 254 && TextRules.IsLine(q)).WithMessage("mail_search_invalid");
    }

    public sealed class Handler(SecureMailDb db, ISender sender, TrustedDomains domains) : IRequestHandler<Query, IReadOnlyList<Option>>
    {
        public async Task<IReadOnlyList<Option>> Handle(Query query, CancellationToken ct)
        {
            if (query.Q.Contains('@', StringComparison.Ordinal))
                return MssAddress.Parse(query.Q) is { } typed && MssAddress.Refusal(typed, domains.All) is null
                    ? [new(typed, typed, "Adresse saisie")]
                    : [];
            var folded = TextRules.FoldedWords(query.Q);
            if (folded.Length < Shortest)
                return [];
            var people = (await sender.Send(new Directory.Contracts.FindPeople.Query(Q: query.Q.Trim(), Limit: 20), ct)).People;
            var numbers = people.Select(p => p.NationalId).ToList();
            var found = (
                await db.Book.AsNoTracking().Where(a => a.NationalId != null && numbers.Contains(a.NationalId)).Take(50).ToListAsync(ct)
            )
                .OrderBy(a => numbers.IndexOf(a.NationalId!))
                .ToList();
            var end = folded + "{"; // after every letter and digit: [prefix, end) is the range of a prefix on every engine
            if (found.Count < Most)
                found.AddRange(
                    await db
                        .Book.AsNoTracking()
                        .Where(a => !a.IsPersonal && a.Folded.CompareTo(folded) >= 0 && a.Folded.CompareTo(end) < 0)
                        .OrderBy(a => a.Folded)
                        .Take(Most - found.Count)
                        .ToListAsync(ct)
                );
            var trusted = domains.All; // the list decides, not the extraction: what is offered can be written to
            return
            [
                .. found
                    .Where(a => MssAddress.Refusal(a.Address, trusted) is null)
                    .Take(Most)
                    .Select(a => new Option(
                        a.Address,
                        a.Name,
                        string.Join(" · ", new[] { a.Structure == a.Name ? a.Town : a.Structure ?? a.Town, a.Address }.OfType<string>())
                    )),
            ];
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("recipients", async (string? q, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(q ?? ""), ct))
            )
            .WithName("SuggestMailRecipients")
            .WithSummary("MSSanté addresses that somebody may mean")
            .ProducesProblem(400);
}
