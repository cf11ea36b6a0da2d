using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Parceo.Messaging.Client;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>
/// S36, S42, S50, S65: 10 000 hostile frames over raw sockets and 2 000 hostile uploads, against the shipped host in a
/// process of its own. It does not end, answers no 5xx and tells nothing of its inside, logs no failure, its memory stays
/// flat, and it serves the others meanwhile and afterwards. The seed is fixed: a failing run is the same again.
/// </summary>
[Category("Long"), NonParallelizable]
internal sealed partial class HostileWireTests
{
    private const int Frames = 10_000,
        Uploads = 2_000,
        Senders = 8,
        Seed = 20261123,
        MostGrowth = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private TestDatabase database = null!;
    private HostProcess host = null!;
    private World.Caller hostile = null!,
        victim = null!,
        witness = null!;
    private Guid own,
        secret,
        known;

    [OneTimeSetUp]
    public async Task Start()
    {
        database = TestDatabase.Create(Engine.Sqlite);
        await using (var prepare = await ParceoHost.Start(Engine.Sqlite, on: database))
        {
            var community = await prepare.Organisation("CPTS");
            hostile = await prepare.Member(community, "Hostile", [Roles.Professional]);
            victim = await prepare.Member(community, "Victim", [Roles.Professional]);
            witness = await prepare.Member(community, "Witness", [Roles.Professional]);
            own = await Room(prepare.Url, hostile, witness);
            secret = await Room(prepare.Url, victim, witness);
            using var api = new Api(prepare.Url, victim.Token);
            known = (
                await api.Send(
                    HttpMethod.Post,
                    $"/api/messaging/conversations/{secret}/entries",
                    $$"""{"clientId":"{{Guid.CreateVersion7()}}","text":"TOP-SECRET"}"""
                )
            )
                .Body.GetProperty("id")
                .GetGuid();
        }
        host = await HostProcess.Start(database, environment: "Production");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (host is not null)
            await host.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
    }

    [Test, CancelAfter(180_000)]
    public async Task S36_S65_Ten_thousand_hostile_frames(CancellationToken ct)
    {
        var (sent, cut, answers) = (0, 0, new ConcurrentDictionary<string, int>());
        var begun = Stopwatch.StartNew();
        var memory = new Memory(host);
        async Task Send(int sender)
        {
            var frames = new HostileFrames(new Random(Seed + sender), own, [secret, known, victim.Id, Guid.Empty, Guid.AllBitsSet]);
            Raw? socket = null;
            for (var i = 0; i < Frames / Senders; )
            {
                socket ??= await Raw.Open(host.Url, hostile.Token, ct);
                var burst = i % 250 == 249 ? 50 : 1;
                var (what, parts, binary) = burst > 1 ? ("flood", [frames.Flood(burst)], false) : frames.Next();
                foreach (var part in parts)
                    await socket.Write(part, binary, ct);
                i += burst;
                Interlocked.Add(ref sent, burst);
                // Whatever it was: the host answers the next call, or has hung up; then it lets in the next connection.
                string heard;
                try
                {
                    heard = await socket.Answered(ct);
                }
                catch (TimeoutException)
                {
                    throw new AssertionException(
                        $"No answer and not cut after {what}: {Encoding.UTF8.GetString(parts[^1])[..Math.Min(300, parts[^1].Length)]}"
                    );
                }
                foreach (var answer in heard.Split('\u001e', StringSplitOptions.RemoveEmptyEntries))
                    answers.AddOrUpdate(Answer().Match(answer) is { Success: true } m ? m.Groups[1].Value : "other", 1, (_, n) => n + 1);
                Assert.That(heard, Does.Not.Contain("TOP-SECRET"), what);
                Assert.That(Inside().Match(heard).Value, Is.Empty, $"{what}: {heard[..Math.Min(heard.Length, 2000)]}");
                if (sender == 0)
                    memory.Look(i / (double)(Frames / Senders));
                if (!socket.Ended)
                    continue;
                Interlocked.Increment(ref cut);
                socket.Dispose();
                socket = null;
            }
            socket?.Dispose();
        }
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(s => Task.Run(() => Send(s), ct)));
        TestContext.Out.WriteLine(
            $"{sent} frames in {begun.Elapsed.TotalSeconds:0} s, {cut} connections cut; {memory}; {string.Join(", ", answers.OrderByDescending(a => a.Value).Take(12).Select(a => $"{a.Key} {a.Value}"))}"
        );
        Assert.That(sent, Is.GreaterThanOrEqualTo(Frames));
        await ServesStill(memory);
    }

    [Test, CancelAfter(180_000)]
    public async Task S42_Two_thousand_hostile_uploads(CancellationToken ct)
    {
        var begun = Stopwatch.StartNew();
        var memory = new Memory(host);
        var answers = new ConcurrentDictionary<string, int>();
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(host.Url) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", hostile.Token);
        async Task Send(int sender)
        {
            var files = new HostileFiles(new Random(Seed + sender));
            for (var i = sender; i < Uploads; i += Senders / 2)
            {
                var (what, answer) = i % 40 == 13 ? ("a length that is a lie", await Lie(i, ct)) : await Upload(http, files.Next(i), i, ct);
                answers.AddOrUpdate($"{what} {answer}", 1, (_, n) => n + 1);
                if (sender == 0)
                    memory.Look(i / (double)Uploads);
            }
        }
        await Task.WhenAll(Enumerable.Range(0, Senders / 2).Select(s => Task.Run(() => Send(s), ct)));
        TestContext.Out.WriteLine(
            $"{answers.Values.Sum()} uploads in {begun.Elapsed.TotalSeconds:0} s; {memory}; {string.Join(", ", answers.OrderBy(a => a.Key).Select(a => $"{a.Key}: {a.Value}"))}"
        );
        Assert.That(answers.Values.Sum(), Is.EqualTo(Uploads));
        await ServesStill(memory);
    }

    /// <summary>Uploads; what is taken is sent and read back as nothing that a browser would run.</summary>
    private async Task<(string What, string Answer)> Upload(
        HttpClient http,
        (string What, string Name, byte[] Content) file,
        int number,
        CancellationToken ct
    )
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"/api/messaging/conversations/{(number % 17 == 3 ? secret : own)}/files"
        )
        {
            Content = new ByteArrayContent(file.Content),
        };
        request.Headers.TryAddWithoutValidation(
            "X-File-Name",
            Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(file.Name)))
        );
        if (number % 9 == 4)
            request.Headers.TryAddWithoutValidation("X-Voice", "1");
        request.Headers.ExpectContinue = file.Content.Length > 1 << 20;
        if (number % 24 == 11)
            request.Headers.TransferEncodingChunked = true; // without a length
        using var answer = await Sent(http, request, ct);
        if (answer is null)
            return (file.What, "cut");
        var text = await answer.Content.ReadAsStringAsync(ct);
        Assert.That((int)answer.StatusCode, Is.LessThan(500), $"{file.What} {file.Name}: {text}");
        Assert.That(Inside().Match(text).Value, Is.Empty, text);
        if (!answer.IsSuccessStatusCode)
        {
            Assert.That(text, Does.Contain("\"code\""), $"{file.What}: {(int)answer.StatusCode}");
            return (file.What, $"{(int)answer.StatusCode}");
        }
        await ReadBack(http, System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("id").GetGuid(), file, ct);
        return (file.What, "taken");
    }

    /// <summary>Null when the host hung up while the body was still being written, as it may with one that is too large.</summary>
    private static async Task<HttpResponseMessage?> Sent(HttpClient http, HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            return await http.SendAsync(request, ct);
        }
        catch (HttpRequestException) when (request.Headers.ExpectContinue == true)
        {
            return null;
        }
    }

    private async Task ReadBack(HttpClient http, Guid id, (string What, string Name, byte[] Content) file, CancellationToken ct)
    {
        using var sent = await http.PostAsync(
            $"/api/messaging/conversations/{own}/entries",
            new StringContent($$"""{"clientId":"{{Guid.CreateVersion7()}}","fileIds":["{{id}}"]}""", Encoding.UTF8, "application/json"),
            ct
        );
        Assert.That((int)sent.StatusCode, Is.EqualTo(200), await sent.Content.ReadAsStringAsync(ct));
        using var read = await http.GetAsync($"/api/messaging/files/{id}", ct);
        var content = await read.Content.ReadAsByteArrayAsync(ct);
        var type = read.Content.Headers.ContentType?.MediaType;
        Assert.Multiple(() =>
        {
            Assert.That(read.Content.Headers.ContentDisposition?.DispositionType, Is.EqualTo("attachment"), file.What);
            Assert.That(read.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]));
            Assert.That(read.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("sandbox"));
            Assert.That(type, Does.Not.Contain("html").And.Not.Contain("svg").And.Not.Contain("script"));
            if (type!.StartsWith("image/", StringComparison.Ordinal))
                Assert.That(
                    Encoding.Latin1.GetString(content),
                    Does.Not.Contain("<script").And.Not.Contain("PK\u0003\u0004"),
                    "nothing but the picture is left"
                );
        });
    }

    /// <summary>Announces another length than it sends, then hangs up or says more; what the host answers, if it does.</summary>
    private async Task<string> Lie(int number, CancellationToken ct)
    {
        var (said, body) = (number / 40 % 5) switch
        {
            0 => ("19000000", "%PDF-1.7"),
            1 => ("4", "%PDF-1.7 and more\r\n\r\n"),
            2 => ("-1", "x"),
            3 => ("99999999999999999999", "x"),
            _ => ("10\r\nContent-Length: 20", "0123456789"),
        };
        using var socket = new TcpClient();
        var url = new Uri(host.Url);
        await socket.ConnectAsync(url.Host, url.Port, ct);
        var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /api/messaging/conversations/{own}/files HTTP/1.1\r\nHost: {url.Authority}\r\nAuthorization: Bearer {hostile.Token}\r\nX-File-Name: a.pdf\r\nContent-Length: {said}\r\n\r\n{body}"
            ),
            ct
        );
        socket.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var text = "";
        try
        {
            text = await reader.ReadToEndAsync(ct);
        }
        catch (IOException)
        { /* cut without an answer */
        }
        Assert.That(text, Does.Not.Contain("HTTP/1.1 5"));
        Assert.That(Inside().Match(text).Value, Is.Empty, text);
        return text.Length > 12 ? text[9..12] : "cut";
    }

    /// <summary>The same process, without a failure in its log, takes in and tells a message at once.</summary>
    private async Task ServesStill(Memory memory)
    {
        await using var reader = new ChatClient(host.Url, witness.Token);
        await using var writer = new ChatClient(host.Url, victim.Token);
        reader.Follow(secret);
        writer.Follow(secret);
        var text = $"still {Guid.CreateVersion7()}";
        Assert.That(await writer.Post(secret, text, default), Is.Not.Null);
        await Expect.Eventually(
            () => Task.FromResult(reader.History(secret).Any(e => e.Text == text)),
            Patience,
            "a message between others"
        );
        var failures = host
            .Output.Split('\n')
            .Where(l =>
                l.Contains("\"@l\":\"Error\"", StringComparison.Ordinal) || l.Contains("\"@l\":\"Fatal\"", StringComparison.Ordinal)
            )
            .ToList();
        Assert.That(failures, Is.Empty, string.Join('\n', failures.Take(3)));
        Assert.That(memory.Growth, Is.LessThan(MostGrowth), $"megabytes: {memory}");
    }

    private static async Task<Guid> Room(string url, World.Caller owner, World.Caller with)
    {
        using var api = new Api(url, owner.Token);
        var opened = await api.Send(HttpMethod.Post, "/api/messaging/conversations", $$"""{"personIds":["{{with.Id}}"]}""");
        Assert.That(opened.Status, Is.EqualTo(200), opened.Code);
        return opened.Body.GetProperty("id").GetGuid();
    }

    [GeneratedRegex(@"   at |System\.|Microsoft\.|Parceo\.|\.cs:line|SQLite|SELECT |NullReference|StackTrace|/work/|/home/")]
    private static partial Regex Inside();

    [GeneratedRegex("\"error\":\"(?:[^\"]*HubException: )?([^\"]*)\"")]
    private static partial Regex Answer();

    /// <summary>The host's resident memory, at each tenth of the way; its growth counts from the third on, when all is warm.</summary>
    private sealed class Memory(HostProcess host)
    {
        private readonly List<double> megabytes = [host.ResidentMegabytes];

        public double Growth => megabytes.Skip(8).Min() - megabytes.Skip(3).First();

        public void Look(double done)
        {
            if (done * 10 >= megabytes.Count)
                megabytes.Add(host.ResidentMegabytes);
        }

        public override string ToString() =>
            $"resident {string.Join(" ", megabytes.Select(m => m.ToString("0", CultureInfo.InvariantCulture)))} MB";
    }

    /// <summary>A connection to the hub of which nothing is hidden by a client library.</summary>
    private sealed class Raw : IDisposable
    {
        private readonly ClientWebSocket socket = new();
        private readonly byte[] buffer = new byte[1 << 16];
        private int asked;
        private bool open; // in the middle of a frame

        public bool Ended { get; private set; }

        public static async Task<Raw> Open(string url, string token, CancellationToken ct)
        {
            var raw = new Raw();
            raw.socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            await raw.socket.ConnectAsync(new Uri($"{url.Replace("http", "ws", StringComparison.Ordinal)}/hubs/messaging"), ct);
            await raw.Write("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), false, ct);
            return raw;
        }

        public async Task Write(byte[] frame, bool binary, CancellationToken ct)
        {
            open = frame.Length == 0 ? open : frame[^1] != 0x1E;
            try
            {
                await socket.SendAsync(frame, binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, true, ct);
            }
            catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException)
            {
                Ended = true;
            }
        }

        /// <summary>Asks something harmless and returns all that was heard until its answer, or until the host hung up.</summary>
        public async Task<string> Answered(CancellationToken ct)
        {
            var mark = $"\"invocationId\":\"ask{++asked}\"";
            await Write(
                Encoding.UTF8.GetBytes($"{(open ? "\u001e" : "")}{{\"type\":1,{mark},\"target\":\"none\",\"arguments\":[]}}\u001e"),
                false,
                ct
            );
            var heard = new StringBuilder();
            while (!Ended && !heard.ToString().Contains(mark, StringComparison.Ordinal))
            {
                try
                {
                    var part = await socket.ReceiveAsync(buffer, ct).WaitAsync(Patience, ct);
                    Ended = part.MessageType == WebSocketMessageType.Close;
                    heard.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
                }
                catch (WebSocketException)
                {
                    Ended = true;
                }
            }
            return heard.ToString();
        }

        public void Dispose() => socket.Dispose();
    }
}
