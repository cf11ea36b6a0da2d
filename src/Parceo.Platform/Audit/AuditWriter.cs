using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform.Data;
using Parceo.Platform.Modules;

namespace Parceo.Platform.Audit;

/// <summary>What a handler tells the audit trail about the object it worked on; one a request.</summary>
public sealed class AuditNote
{
    internal string? Type { get; private set; }
    internal string? Id { get; private set; }
    internal string? Patient { get; private set; }
    internal string? Outcome { get; private set; }
    internal Guid? OrganisationId { get; private set; }

    /// <summary>The object's kind and id, and the patient's pseudonym where one is concerned.</summary>
    public void About(string type, Guid id, string? patientPseudonym = null) =>
        (Type, Id, Patient) = (type, id.ToString(), patientPseudonym);

    /// <summary>In whose trail it stands, where that is not the organisation the caller works in.</summary>
    public void In(Guid organisation) => OrganisationId = organisation;

    /// <summary>So many rows were taken away (S44).</summary>
    public void Exported(int rows) => Said("exported_rows", rows.ToString(CultureInfo.InvariantCulture));

    internal void Said(string type, string id) => (Type, Id) = (type, id);

    /// <summary>A request that was refused before its handler said what it is about: the first id that it names.</summary>
    internal void AskedFor(object request)
    {
        foreach (var property in request.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0))
        {
            if (property.GetValue(request) is not Guid id || id == Guid.Empty)
                continue;
            var name = property.Name.EndsWith("Id", StringComparison.Ordinal) ? property.Name[..^2] : property.Name;
            About(name.Length == 0 ? "object" : JsonNamingPolicy.SnakeCaseLower.ConvertName(name), id);
            return;
        }
    }

    /// <summary>A refusal that changes something itself (a failed sign-in counts), so that it is no exception.</summary>
    public void Refused(string code) => Outcome = code;
}

internal sealed class AuditWriter(AuditNote note, AuditMac mac, IIds ids, TimeProvider clock)
{
    public void Add(ParceoDb db, string action, string outcome, ICurrentUser user)
    {
        // Microseconds: what every engine keeps, so that the keyed hash still fits after a round trip.
        var now = clock.GetUtcNow();
        var row = new AuditRow
        {
            At = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % 10), TimeSpan.Zero),
            ActorId = user.Id,
            OrganisationId = note.OrganisationId ?? user.OrganisationId,
            Means = user.Means,
            OnBehalfOf = user.OnBehalfOf,
            Action = action,
            ObjectType = note.Type,
            ObjectId = note.Id,
            Patient = note.Patient,
            Outcome = note.Outcome ?? outcome,
            CorrelationId = user.CorrelationId,
            Address = user.Address,
            Nonce = ids.New(),
            Mac = [],
        };
        db.Set<AuditRow>().Add(row.WithMac(mac.Of(row)));
    }
}

/// <summary>Writes refusals: who was denied what (S31). In a scope of its own, since the refused request saves nothing.</summary>
internal sealed class DenialRecorder(IServiceScopeFactory scopes, ModuleCatalog modules)
{
    public async Task Record(object request, string code, CallContext user, CancellationToken ct)
    {
        if (modules.DbOf(request.GetType()) is not { } type || !((ICurrentUser)user).IsSignedIn)
            return;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ReceiveFrom(user);
        var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(type);
        scope.ServiceProvider.GetRequiredService<AuditNote>().AskedFor(request);
        scope.ServiceProvider.GetRequiredService<AuditWriter>().Add(db, RequestName.Of(request.GetType()), code, user);
        await db.SaveChangesAsync(ct);
    }
}
