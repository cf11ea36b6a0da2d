using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Contracts;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Directory.Reference;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Directory.Features;

/// <summary>A place is no longer called so.</summary>
internal static class RemovePlaceAlias
{
    [Requires(DirectoryPermissions.NamePlaces)]
    public sealed record Command(Guid AliasId) : IRequest<Response>;

    /// <summary>What <see cref="AddPlaceAlias"/> needs to bring it back.</summary>
    public sealed record Response(string Words, string CommuneCode, string? Point);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.AliasId).NotEmpty().WithMessage("alias_unknown");
    }

    public sealed class Handler(DirectoryDb db, AuditNote audit) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command c, CancellationToken ct)
        {
            var alias = await db.Own<PlaceAlias>().SingleOrDefaultAsync(a => a.Id == c.AliasId, ct)
                ?? throw new NotFoundException("alias_unknown");
            audit.About("place_alias", alias.Id);
            db.PlaceAliases.Remove(alias);
            return new(alias.Words, alias.CommuneCode, alias.Point is { } point ? LocationResolver.Write(point) : null);
        }
    }
}
