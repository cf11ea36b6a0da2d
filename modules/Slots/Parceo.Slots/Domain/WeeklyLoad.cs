using Parceo.Platform;

namespace Parceo.Slots.Domain;

/// <summary>A professional's booked patients, counted by local day and by ISO week.</summary>
internal sealed class WeeklyLoad(IEnumerable<DateTimeOffset> bookings, string zone)
{
    private readonly Dictionary<DateOnly, int> days = bookings.CountBy(b => LocalTime.DayOf(b, zone)).ToDictionary();

    /// <summary>Patients of the local day of an instant.</summary>
    public int OfDay(DateTimeOffset at) => days.GetValueOrDefault(LocalTime.DayOf(at, zone));

    /// <summary>Patients of its ISO week.</summary>
    public int OfWeek(DateTimeOffset at)
    {
        var monday = LocalTime.Monday(LocalTime.DayOf(at, zone));
        return Enumerable.Range(0, 7).Sum(d => days.GetValueOrDefault(monday.AddDays(d)));
    }

    /// <summary>Whether one more patient at that time would pass a limit.</summary>
    public bool IsFull(Agenda agenda, DateTimeOffset at) => agenda.IsFull(OfDay(at), OfWeek(at));
}
