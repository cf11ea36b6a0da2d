using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Contracts;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Directory.Reference;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Geo;

namespace Parceo.Directory.Features;

/// <summary>Says what a territory calls a place: « Borny » is in Metz.</summary>
internal static class AddPlaceAlias
{
    internal const int Most = 300,
        Longest = 60;
    private const double FarKm = 30;

    /// <param name="Words">As people say it, with a letter; at most 60 characters.</param>
    /// <param name="Commune">INSEE code, postal code or name.</param>
    /// <param name="Point"><c>lat,lon</c> in or near the commune; null or empty for its middle.</param>
    [Requires(DirectoryPermissions.NamePlaces)]
    public sealed record Command(string Words, string Commune, string? Point = null) : IRequest<Response>;

    /// <param name="Commune">As shown.</param>
    /// <param name="IsNew">False when it was in the list before: then nothing was done that could be taken back.</param>
    public sealed record Response(Guid Id, string Words, string Commune, bool IsNew);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Words)
                .Must(w =>
                    w is { Length: <= Longest }
                    && TextRules.IsLine(w)
                    && PlaceAlias.KeyOf(w) is { Length: >= 2 and <= PlaceAlias.LongestKey } key
                    && key.Any(char.IsAsciiLetter)
                )
                .WithMessage("alias_words_invalid");
            RuleFor(c => c.Commune).Reference("alias_commune_unknown", 120);
            RuleFor(c => c.Point).PlainText("alias_point_invalid", 60);
        }
    }

    public sealed class Handler(
        DirectoryDb db,
        CommuneIndex communes,
        LocationResolver locations,
        ICurrentUser user,
        IIds ids,
        AuditNote audit
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command c, CancellationToken ct)
        {
            var home = Home.Of(user.Rights);
            var commune = locations.Resolve(c.Commune, home) is { Commune: { } code } ? communes.Find(code) : null;
            GeoPoint? point = LocationResolver.Point(c.Point?.Trim() ?? "");
            var wrong = new Dictionary<string, string[]>();
            if (commune?.Point is null)
                wrong["commune"] = ["alias_commune_unknown"];
            if (point is null && !string.IsNullOrWhiteSpace(c.Point))
                wrong["point"] = ["alias_point_invalid"];
            if (commune?.Point is not { } middle || wrong.Count > 0)
                throw new InvalidException(wrong.First().Value[0], wrong);
            var (words, key) = (Folding.Clean(c.Words), PlaceAlias.KeyOf(c.Words));
            // Communes keep their names, those of the whole département too: regulators there read these words as well.
            bool IsNear(Commune x) => home?.Invoke(x) == true || x.Departement == commune.Departement;
            if (
                new[] { Folding.Fold(words), key }.Any(said =>
                    communes.Named(said, IsNear) is { } named && IsNear(named) && named.Insee != commune.Insee
                )
            )
                throw InvalidException.Of("words", "alias_is_commune");
            if (point is { } exact && exact.DistanceTo(middle) > FarKm)
                throw InvalidException.Of("point", "alias_point_far");
            var known = await db.Own<PlaceAlias>().SingleOrDefaultAsync(a => a.Key == key, ct);
            var isNew = known is null;
            if (known is null)
            {
                if (await db.Own<PlaceAlias>().CountAsync(ct) >= Most)
                    throw new ConflictException("alias_too_many");
                db.PlaceAliases.Add(
                    known = new PlaceAlias(ids.New(), user.OrganisationId, words, (commune.Insee, commune.Departement), point)
                );
            }
            else if (known.CommuneCode != commune.Insee || known.Point != point)
                throw InvalidException.Of("words", "alias_exists");
            audit.About("place_alias", known.Id);
            return new(known.Id, known.Words, commune.Label, isNew);
        }
    }
}
