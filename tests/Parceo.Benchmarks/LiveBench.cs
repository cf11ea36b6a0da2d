using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Data;
using Parceo.Messaging.Events;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Platform.Events;
using Parceo.Proof.Tests;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Testing;
using Calendar = Parceo.Slots.Domain.Calendar;

namespace Parceo.Benchmarks;

/// <summary>
/// From the click of a booking to the pages of all other regulators, at 20 bookings a second: first at rest, which is the
/// ceiling, then while a subscriber of every booking hangs for 60 s, messages are told to 400 people each second, and eight
/// weeks of a doctor's plans (480 slots) are published at the beginning. Goal: within 1 s (p99) whatever else happens.
/// </summary>
internal static class LiveBench
{
    private const int OnDuty = 20,
        PerSecond = 20,
        Told = 400;

    public static async Task Run(BenchOptions options)
    {
        foreach (var engine in options.Engines)
            await Run(options, engine);
    }

    private static async Task Run(BenchOptions options, Engine engine)
    {
        var (name, seconds) = (engine.ToString(), (int)Math.Ceiling(options.Seconds * 3));
        await using var host = await ParceoHost.Start(engine, module: new HangingModule());
        var regulators = await host.Regulators(OnDuty);
        Report.Progress($"{name}: {Told} people, a week to publish");
        var people = new List<Guid>();
        for (var i = 0; i < Told; i++)
            people.Add(await host.Person($"Member {i.ToString(CultureInfo.InvariantCulture)}"));
        var plans = await Week(host);

        await using var pages = await Pages.Open(host.Url, regulators.Select(r => r.Token));
        using var desk = new Api(host.Url, regulators[0].Token);
        await Book(host, desk, pages, 2); // until the compiler has seen it all
        HangingModule.Hangs = false;
        var rest = await Book(host, desk, pages, seconds);
        Report.Times("ceiling.live.booked", name, OnDuty, rest.Count, At(rest, 0.5), At(rest, 0.99));

        HangingModule.Hangs = true;
        using var stop = new CancellationTokenSource();
        var beside = Task.WhenAll(Each(() => Tell(host, people), seconds, stop.Token), Publish(host, plans));
        var busy = await Book(host, desk, pages, seconds);
        await stop.CancelAsync();
        await beside;
        HangingModule.Hangs = false;
        var published = await host.With<SlotsDb, int>(db => db.Ranges.CountAsync(r => r.PlanId != null));
        Report.Times(
            "live.booked-beside-slow-and-many",
            name,
            OnDuty,
            busy.Count,
            At(busy, 0.5),
            At(busy, 0.99),
            At(rest, 0.5) / At(busy, 0.5)
        );
        Report.Progress(
            $"{name}: heard at rest p50 {At(rest, 0.5):0} ms, p99 {At(rest, 0.99):0} ms; beside {published} slots published and {HangingModule.Hanging} hanging p50 {At(busy, 0.5):0} ms, p99 {At(busy, 0.99):0} ms"
        );
    }

    /// <summary>A doctor's week: five days of twelve slots.</summary>
    private static Task<List<Guid>> Week(ParceoHost host) =>
        host.With<SlotsDb, List<Guid>>(async db =>
        {
            var now = host.Clock.GetUtcNow();
            var calendar = new Calendar(Guid.CreateVersion7(), Guid.CreateVersion7());
            calendar.Refresh("Dr Camille Essai", "MEDECINE_GENERALE", "Médecine générale", "Cabinet", "Metz", "57", null, World.Metz, null);
            db.Add(calendar);
            db.Add(new Agenda(calendar.PractitionerId));
            var plans = Enumerable
                .Range(1, 5)
                .Select(day => new Plan(
                    Guid.CreateVersion7(),
                    calendar,
                    new((DayOfWeek)day, new(8, 0), 15, 12, 1, Mode.Cabinet, null, true, SchoolRule.Always),
                    LocalTime.DayOf(now, calendar.Zone).AddDays(1),
                    null,
                    Guid.CreateVersion7(),
                    now
                ))
                .ToList();
            db.AddRange(plans);
            await db.SaveChangesAsync();
            return plans.ConvertAll(p => p.Id);
        });

    private static Task Tell(ParceoHost host, List<Guid> people) =>
        host.With<MessagingDb, int>(db =>
        {
            var conversation = Guid.CreateVersion7();
            db.Publish(new MessagesWaiting(conversation, people, false, false), conversation);
            return db.SaveChangesAsync();
        });

    private static async Task Publish(ParceoHost host, List<Guid> plans)
    {
        foreach (var plan in plans)
            await host.SendAsSystem(new PublishPlan.Command(plan));
    }

    private static async Task Each(Func<Task> act, int seconds, CancellationToken stop)
    {
        for (var second = 0; second < seconds && !stop.IsCancellationRequested; second++)
        {
            var begun = Stopwatch.GetTimestamp();
            await act();
            if (TimeSpan.FromSeconds(1) - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } rest)
                await Task.Delay(rest, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>Open loop: ms from each call to each page that heard of it.</summary>
    private static async Task<List<double>> Book(ParceoHost host, Api desk, Pages pages, int seconds)
    {
        var ranges = await host.Ranges(PerSecond * seconds, capacity: 2);
        var calls = new List<Task<Api.Answer>>();
        var begun = Stopwatch.GetTimestamp();
        foreach (var (range, i) in ranges.Select((r, i) => (r, i)))
        {
            pages.Expect(range);
            calls.Add(desk.Book(range));
            var ahead = TimeSpan.FromSeconds((i + 1.0) / PerSecond) - Stopwatch.GetElapsedTime(begun);
            if (ahead > TimeSpan.Zero)
                await Task.Delay(ahead);
        }
        if ((await Task.WhenAll(calls)).FirstOrDefault(a => a.Status != 201) is { } refused)
            throw new ArgumentException($"A booking was refused: {refused.Code}.");
        return await pages.Heard(ranges.Count * OnDuty);
    }

    private static double At(List<double> times, double share)
    {
        var sorted = times.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
    }

    /// <summary>Pages of regulators that note when they first hear of a booked slot.</summary>
    private sealed class Pages : IAsyncDisposable
    {
        private readonly List<HubConnection> connections = [];
        private readonly Dictionary<Guid, (long Sent, HashSet<int> By)> awaited = [];
        private List<double> times = [];

        public static async Task<Pages> Open(string url, IEnumerable<string> tokens)
        {
            var pages = new Pages();
            foreach (var (token, number) in tokens.Select((t, i) => (t, i)))
            {
                var connection = new HubConnectionBuilder()
                    .WithUrl($"{url}/hubs/slots", o => o.AccessTokenProvider = () => Task.FromResult<string?>(token))
                    .Build();
                connection.On<Guid?, Guid?, int?>("changed", (_, range, left) => pages.Hears(number, range, left));
                pages.connections.Add(connection);
                await connection.StartAsync();
            }
            return pages;
        }

        public void Expect(Guid range)
        {
            lock (awaited)
                awaited[range] = (Stopwatch.GetTimestamp(), []);
        }

        /// <summary>The times of all that were awaited.</summary>
        public async Task<List<double>> Heard(int count)
        {
            await Testing.Expect.Eventually(
                () =>
                {
                    lock (awaited)
                        return Task.FromResult(times.Count >= count);
                },
                TimeSpan.FromSeconds(120),
                "every page to hear of every booking"
            );
            lock (awaited)
            {
                var heard = times;
                times = [];
                awaited.Clear();
                return heard;
            }
        }

        private void Hears(int number, Guid? range, int? left)
        {
            var now = Stopwatch.GetTimestamp();
            lock (awaited)
            {
                // A booking without a hold says one word only.
                if (left is not null && range is { } r && awaited.TryGetValue(r, out var wait) && wait.By.Add(number))
                    times.Add(Stopwatch.GetElapsedTime(wait.Sent, now).TotalMilliseconds);
            }
        }

        public async ValueTask DisposeAsync() => await Task.WhenAll(connections.Select(c => c.DisposeAsync().AsTask()));
    }
}

/// <summary>A subscriber of every booking that hangs, as one does whose partner no longer answers.</summary>
internal sealed class HangingModule : IParceoModule
{
    private static int hanging;

    public static bool Hangs { get; set; }

    public static int Hanging => hanging;

    public string Name => "hanging";

    public void AddServices(ModuleBuilder module) { }

    internal sealed class Hang : IEffect<SlotBooked>
    {
        public async Task Handle(SlotBooked e, Guid eventId, CancellationToken ct)
        {
            if (!Hangs)
                return;
            Interlocked.Increment(ref hanging);
            await Task.Delay(TimeSpan.FromSeconds(60), ct);
        }
    }
}
