using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform.Data;
using Parceo.Platform.Modules;

namespace Parceo.Platform.Sending;

/// <summary>Whether an act was done before under the caller's key (S53): a form that comes again gets the same answer, and no question on the way.</summary>
public sealed class Answered(CallContext user, ModuleCatalog modules, IServiceProvider services)
{
    /// <param name="command">Type of the request that the key is for.</param>
    /// <param name="ct">Ends with the request.</param>
    public async Task<bool> Before(Type command, CancellationToken ct) =>
        user.IdempotencyKey is { } key
        && modules.DbOf(command) is { } type
        && await ((ModuleDb)services.GetRequiredService(type))
            .Idempotency.AsNoTracking()
            .AnyAsync(i => i.UserId == user.Id && i.Key == key, ct);
}
