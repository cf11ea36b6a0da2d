using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using Parceo.Platform;

namespace Parceo.Slots.Search;

/// <summary>The opaque <c>next</c> of a search: sort key of the last row, the order and the seed it was found with.</summary>
internal static class Cursors
{
    private const int Size = 8 + 4 + 8 + 4 + 1;

    /// <summary>As text for a URL.</summary>
    public static string Write(SlotCursor cursor, SlotOrder order, int seed)
    {
        Span<byte> bytes = stackalloc byte[Size];
        MemoryMarshal.Write(bytes, cursor.Key);
        MemoryMarshal.Write(bytes[8..], cursor.Shuffle);
        MemoryMarshal.Write(bytes[12..], cursor.Start.UtcTicks);
        MemoryMarshal.Write(bytes[20..], seed);
        bytes[24] = (byte)order;
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads it back.</summary>
    /// <exception cref="InvalidException"><c>next_invalid</c>: it was not made by us.</exception>
    public static (SlotCursor Cursor, SlotOrder Order, int Seed) Read(string text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length > 40 || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done || written != Size)
            throw InvalidException.Of("next", "next_invalid");
        var key = MemoryMarshal.Read<double>(bytes);
        var shuffle = MemoryMarshal.Read<int>(bytes[8..]);
        var ticks = MemoryMarshal.Read<long>(bytes[12..]);
        var seed = MemoryMarshal.Read<int>(bytes[20..]);
        if (
            !double.IsFinite(key)
            || ticks < DateTimeOffset.MinValue.Ticks
            || ticks > DateTimeOffset.MaxValue.Ticks
            || bytes[24] > (byte)SlotOrder.Start
            || seed < 1
        )
            throw InvalidException.Of("next", "next_invalid");
        return (new SlotCursor(key, shuffle, new DateTimeOffset(ticks, TimeSpan.Zero)), (SlotOrder)bytes[24], seed);
    }
}
