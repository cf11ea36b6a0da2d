using MediatR;
using Parceo.Directory.Domain;
using Parceo.Directory.Reference;
using Parceo.Directory.Search;
using Parceo.Platform;
using Parceo.Platform.Geo;

namespace Parceo.Directory.Features;

/// <summary>A person's page: what they do, where, and how far from a chosen place.</summary>
internal static class GetPerson
{
    /// <param name="Place">Where distances start from; null for none.</param>
    [OpenToSignedIn("Names and professional addresses are public data of the national directory.")]
    public sealed record Query(Guid Id, string? Place = null) : IRequest<Response>;

    /// <param name="Name">With the title.</param>
    /// <param name="NationalId">IDNPS.</param>
    /// <param name="Skills">Labels, specialty first.</param>
    /// <param name="ChangedAt">When an import last changed something.</param>
    /// <param name="From">Label of the place distances start from, or null.</param>
    /// <param name="Activities">Nearest first.</param>
    public sealed record Response(
        string Name,
        string NationalId,
        string Profession,
        IReadOnlyList<string> Skills,
        DateTimeOffset ChangedAt,
        string? From,
        IReadOnlyList<PracticeLocation> Activities
    );

    /// <param name="Structure">Name, or null for an activity without structure.</param>
    /// <param name="Address">Lines of the address.</param>
    /// <param name="Phones">Public telephones.</param>
    /// <param name="Email">Ordinary address, or null.</param>
    /// <param name="Details">Profession when there are several, mode, sector, role: « Libéral · Cabinet individuel ».</param>
    /// <param name="DistanceKm">From the chosen place.</param>
    public sealed record PracticeLocation(
        Guid Id,
        string? Structure,
        IReadOnlyList<string> Address,
        IReadOnlyList<string> Phones,
        string? Email,
        IReadOnlyList<string> Details,
        string? Finess,
        double? DistanceKm
    );

    public sealed class Handler(PeopleCards cards, Nos nos, Places places) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var person = (await cards.Load([query.Id], ct)) is [var known] ? known : throw new NotFoundException("professional_unknown");
            var from = string.IsNullOrWhiteSpace(query.Place) ? null : await places.Resolve(query.Place, ct);
            var filter = new PeopleFilter([], [], from is null ? null : new GeoPoint(from.Latitude, from.Longitude), 0.1);
            return new(
                PersonName.Display(person.ExerciseTitle, person.GivenName, person.FamilyName),
                person.NationalId,
                cards.Profession(person),
                cards.Skills(person),
                person.ChangedAt,
                from?.Label,
                [
                    .. person
                        .Activities.Select(a => Show(a, filter, person))
                        .OrderBy(a => a.Structure is null && a.Address.Count == 0)
                        .ThenBy(a => a.DistanceKm ?? double.MaxValue),
                ]
            );
        }

        private PracticeLocation Show(Activity a, PeopleFilter filter, Person person)
        {
            string?[] address =
            [
                a.AddressExtra,
                a.Street,
                string.Join(' ', new[] { a.PostalCode, a.Commune }.Where(t => t is not null)),
                a.Country,
            ];
            var several = person.Activities.Select(x => x.ProfessionCode).Distinct().Count() > 1;
            string?[] details =
            [
                several ? nos.ProfessionLabel(a.ProfessionCode, a.ProfessionLabel, person.Civility) : null,
                a.CategoryCode == "E" ? "Étudiant" : null,
                Mode(a.ModeCode),
                nos.Label("TRE_R02", a.SectorCode) ?? a.SectorLabel,
                nos.Label("TRE_R21", a.RoleCode) ?? a.RoleLabel,
            ];
            return new(
                a.Id,
                a.StructureName,
                [.. address.Where(l => !string.IsNullOrEmpty(l)).Select(l => l!)],
                [.. new[] { a.Phone, a.Phone2 }.Where(p => p is not null).Select(p => p!).Distinct()],
                a.Email,
                [.. details.Where(f => !string.IsNullOrEmpty(f)).Select(f => f!)],
                a.Finess,
                filter.Distance(a.Latitude, a.Longitude)
            );
        }

        private static string? Mode(string code) =>
            code switch
            {
                "L" => "Libéral",
                "S" => "Salarié",
                "B" => "Bénévole",
                _ => null,
            };
    }
}
