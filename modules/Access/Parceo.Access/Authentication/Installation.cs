using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Parceo.Access.Data;

namespace Parceo.Access.Authentication;

/// <summary>
/// The organisation that runs the installation, whose administrators hold the rights that concern all organisations: the one
/// named in <c>Parceo:Operator</c>, else the first that was made.
/// </summary>
internal sealed class Installation(IConfiguration configuration)
{
    private readonly string? named = configuration["Parceo:Operator"];
    private Guid[] known = [];

    /// <summary>Its id; empty while there is none.</summary>
    public async ValueTask<Guid> Of(AccessDb db, CancellationToken ct)
    {
        if (Volatile.Read(ref known) is [var id])
            return id;
        var all = db.Organisations.AsNoTracking().Where(o => o.ParentId == null);
        var found = await (string.IsNullOrEmpty(named) ? all : all.Where(o => o.Name == named))
            .OrderBy(o => o.CreatedAt)
            .ThenBy(o => o.Id)
            .Select(o => o.Id)
            .FirstOrDefaultAsync(ct);
        if (found != Guid.Empty)
            Volatile.Write(ref known, [found]); // the first stays the first
        return found;
    }
}
