namespace Parceo.Platform.Audit;

/// <summary>For queues that store what several people sent in one transaction: a row of the trail for each of them, in that transaction (S31).</summary>
public sealed class AuditTrail(AuditMac mac, IIds ids, TimeProvider clock)
{
    /// <summary>Adds what somebody did to one object.</summary>
    public void Add(ModuleDb db, string action, ICurrentUser by, string type, Guid id)
    {
        var note = new AuditNote();
        note.About(type, id);
        new AuditWriter(note, mac, ids, clock).Add(db, action, "ok", by);
    }
}
