using System.Buffers.Binary;
using Parceo.Platform;

namespace Parceo.Simulation.Tests;

/// <summary>Time that passes only when the simulation says so.</summary>
internal sealed class SimClock : TimeProvider
{
    private DateTimeOffset now = new(2025, 12, 1, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Set(DateTimeOffset to) => now = to;
}

/// <summary>Ids drawn from the seed, in the form of UUIDv7: the same run makes the same ids, in any process.</summary>
internal sealed class SimIds(SimClock clock) : IIds
{
    private Random random = new(0);
    private int last;

    public void Seed(int seed) => (random, last) = (new Random(seed ^ 0x5EED), 0);

    public Guid New()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes, clock.GetUtcNow().ToUnixTimeMilliseconds() << 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | (last++ & 0xFFF)));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
