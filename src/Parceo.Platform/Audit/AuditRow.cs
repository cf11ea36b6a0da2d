using Microsoft.EntityFrameworkCore;

namespace Parceo.Platform.Audit;

/// <summary>
/// Who did what, when, to which object (S31, PGSSI-S imputabilité). Never clinical text. Appended in the transaction of
/// the action; triggers refuse its change or deletion; <see cref="Mac"/> makes a row written by hand recognisable.
/// </summary>
public sealed class AuditRow
{
    /// <summary>Made by the database.</summary>
    public long Id { get; private set; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The person; empty for the host itself or for somebody not signed in.</summary>
    public required Guid ActorId { get; init; }

    /// <summary>The organisation they worked in; empty when none. The chain the row belongs to.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>How they had proved who they are.</summary>
    public required string Means { get; init; }

    /// <summary>The professional a delegate acted for.</summary>
    public Guid? OnBehalfOf { get; init; }

    /// <summary>Name of the request, <c>BookSlot</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Kind of the object, <c>slot_range</c>.</summary>
    public string? ObjectType { get; init; }

    /// <summary>Its id.</summary>
    public string? ObjectId { get; init; }

    /// <summary>Pseudonym of the patient concerned, never the identity.</summary>
    public string? Patient { get; init; }

    /// <summary><c>ok</c>, or the code of the refusal.</summary>
    public required string Outcome { get; init; }

    /// <summary>Ties it to traces and to the reference shown to the person.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>Network address.</summary>
    public string? Address { get; init; }

    /// <summary>Of this row alone, so that a copy of it is recognised; rows of an earlier version have none.</summary>
    public Guid? Nonce { get; init; }

    /// <summary>Keyed hash of all the fields above but <see cref="Id"/>.</summary>
    public required byte[] Mac { get; set; }

    internal AuditRow WithMac(byte[] mac)
    {
        Mac = mac;
        return this;
    }

    internal static void Map(ModelBuilder model, bool owner)
    {
        model.Entity<AuditRow>(e =>
        {
            e.ToTable(t =>
            {
                if (!owner)
                    t.ExcludeFromMigrations();
            });
            e.HasKey(r => r.Id);
            e.Property(r => r.Mac).HasMaxLength(32);
            e.HasIndex(r => new { r.OrganisationId, r.At });
            e.HasIndex(r => new { r.ActorId, r.At });
        });
    }
}

/// <summary>A link of an organisation's hash chain (S32): gapless sequence, each link keyed over the one before.</summary>
public sealed class AuditSealRow
{
    /// <summary>Whose chain.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>1, 2, 3… without a gap.</summary>
    public required long Seq { get; init; }

    /// <summary>The sealed row.</summary>
    public required long AuditId { get; init; }

    /// <summary>Keyed hash over (organisation, sequence, row's MAC, previous link's MAC).</summary>
    public required byte[] Mac { get; init; }

    /// <summary>When it was sealed.</summary>
    public required DateTimeOffset At { get; init; }

    internal static void Map(ModelBuilder model) =>
        model.Entity<AuditSealRow>(e =>
        {
            e.HasKey(s => new { s.OrganisationId, s.Seq });
            e.HasIndex(s => s.AuditId).IsUnique();
            e.Property(s => s.Mac).HasMaxLength(32);
        });
}
