using System.Security.Cryptography;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;
using Parceo.Platform.Modules;

namespace Parceo.Platform.Sending;

/// <summary>
/// Idempotency and the one save of a request (docs/decisions/0003). The handler changes entities and returns its
/// answer; this behaviour then writes them together with the outbox rows, the audit row and the remembered answer in
/// a single <c>SaveChanges</c>, which is the transaction: all of it or nothing (S31, S53, S55).
/// </summary>
internal sealed class SaveBehaviour<TRequest, TResponse>(
    CallContext user,
    ScopeDbs dbs,
    ModuleCatalog modules,
    IServiceProvider services,
    AuditWriter audit,
    TracedReads traced,
    TimeProvider clock
) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private static readonly bool Bookkeeping = Attribute.IsDefined(typeof(TRequest), typeof(BookkeepingAttribute));
    private static readonly bool AuditedRead = Attribute.IsDefined(typeof(TRequest), typeof(AuditedAttribute));

    public async Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        var key = user.Depth == 1 && user.Id != Guid.Empty ? user.IdempotencyKey : null;
        byte[] hash = [];
        if (key is not null && OwnDb() is { } db)
        {
            hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, PlatformJson.Fingerprint));
            if (await db.Idempotency.AsNoTracking().SingleOrDefaultAsync(i => i.UserId == user.Id && i.Key == key, ct) is { } seen)
            {
                return seen.Request == RequestName.Of(typeof(TRequest)) && seen.Hash.AsSpan().SequenceEqual(hash)
                    ? JsonSerializer.Deserialize<TResponse>(seen.Response, PlatformJson.Stored)!
                    : throw new IdempotencyKeyReusedException();
            }
        }

        var response = await next();

        var changed = dbs.Changed();
        if (changed.Count > 1)
            throw new InvalidOperationException($"{RequestName.Of(typeof(TRequest))} changed two modules' data; publish an event instead.");
        var audited = AuditedRead || request is IExport { IsExport: true };
        if (changed.Count == 0 && (!audited || traced.Cover(request, user)))
            return response;

        var target =
            changed.Count == 1
                ? changed[0]
                : OwnDb() ?? throw new InvalidOperationException("An audited request needs its module's database.");
        if (!Bookkeeping)
            audit.Add(target, RequestName.Of(typeof(TRequest)), "ok", user);
        if (key is not null && changed.Count == 1)
        {
            target.Idempotency.Add(
                new IdempotencyRow(
                    user.Id,
                    key,
                    RequestName.Of(typeof(TRequest)),
                    hash,
                    JsonSerializer.Serialize(response, PlatformJson.Options),
                    clock.GetUtcNow()
                )
            );
        }
        await target.SaveChangesAsync(ct);
        if (changed.Count == 0)
            traced.Add(request, user);
        return response;
    }

    // Asked for only where it is needed: a context costs more than a whole cached search.
    private ModuleDb? OwnDb() => modules.DbOf(typeof(TRequest)) is { } type ? (ModuleDb)services.GetService(type)! : null;
}
