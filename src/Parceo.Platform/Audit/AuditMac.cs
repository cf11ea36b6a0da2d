using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Parceo.Platform.Audit;

/// <summary>Keyed hashes of audit rows and of the links between them (HMAC-SHA-256).</summary>
public sealed class AuditMac(Keys keys)
{
    private readonly Lazy<byte[]> key = new(() => keys.Get("Audit"));

    /// <summary>Over the row's fields, each with its length so that no two rows share one text.</summary>
    public byte[] Of(AuditRow row)
    {
        var text = new StringBuilder(256);
        void Add(string? value) => text.Append(value?.Length ?? -1).Append(':').Append(value);
        Add(row.At.UtcTicks.ToString(CultureInfo.InvariantCulture));
        Add(row.ActorId.ToString());
        Add(row.OrganisationId.ToString());
        Add(row.Means);
        Add(row.OnBehalfOf?.ToString());
        Add(row.Action);
        Add(row.ObjectType);
        Add(row.ObjectId);
        Add(row.Patient);
        Add(row.Outcome);
        Add(row.CorrelationId);
        Add(row.Address);
        if (row.Nonce is { } nonce)
            Add(nonce.ToString());
        return HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Over a tombstone's fields.</summary>
    public byte[] Of(AuditTombstoneRow tombstone) =>
        HMACSHA256.HashData(
            key.Value,
            Encoding.UTF8.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"tombstone {tombstone.OrganisationId} {tombstone.Seq} {Convert.ToHexString(tombstone.Link)} {tombstone.Before.UtcTicks} {tombstone.At.UtcTicks}"
                )
            )
        );

    /// <summary>Over a line of the checkpoint file and the one before.</summary>
    public byte[] Of(string line, ReadOnlySpan<byte> previous) =>
        HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes($"checkpoint {Convert.ToHexString(previous)} {line}"));

    /// <summary>The link after <paramref name="previous"/>; an empty one begins a chain.</summary>
    public byte[] Link(Guid organisation, long seq, ReadOnlySpan<byte> rowMac, ReadOnlySpan<byte> previous)
    {
        Span<byte> buffer = stackalloc byte[16 + 8 + 32 + 32];
        buffer.Clear();
        organisation.TryWriteBytes(buffer);
        BinaryPrimitives.WriteInt64LittleEndian(buffer[16..], seq);
        rowMac.CopyTo(buffer[24..]);
        previous.CopyTo(buffer[56..]);
        return HMACSHA256.HashData(key.Value, buffer);
    }
}
