using System.Globalization;
using System.Text;

namespace Parceo.Proof.Tests;

/// <summary>What a hostile client of the messaging hub sends: the same of each seed (S36).</summary>
/// <param name="random">Of the seed.</param>
/// <param name="own">A conversation of the sender.</param>
/// <param name="foreign">Conversations, people and files of others.</param>
internal sealed class HostileFrames(Random random, Guid own, IReadOnlyList<Guid> foreign)
{
    private const char End = '\u001e';
    private const int Limit = 64 * 1024;
    private static readonly string[] Methods = ["Post", "After", "Since", "Read", "Typing", "Watch"];
    private static readonly string[] Unknown =
    [
        "",
        "OnConnectedAsync",
        "OnDisconnectedAsync",
        "Dispose",
        "ToString",
        "Equals",
        "GetHashCode",
        "get_Context",
        "set_Clients",
        "post ",
        "Póst",
        "../Post",
        "Post;After",
        "__proto__",
        "constructor",
        "MessagingHub.Post",
        "\\u0000",
    ];
    private static readonly string[] Values =
    [
        "null",
        "true",
        "0",
        "-1",
        "0.5",
        "1e999",
        "NaN",
        "Infinity",
        "-0",
        "9223372036854775808",
        "-9223372036854775809",
        "123456789012345678901234567890",
        "\"\"",
        "\"x\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\u202e\\u2066\"",
        "[]",
        "[null]",
        "[[]]",
        "{}",
        "{\"\":1}",
        "[{\"conversationId\":null,\"seq\":null}]",
        "[{\"conversationId\":\"x\",\"seq\":\"1\"}]",
        "\"00000000-0000-0000-0000-000000000000\"",
        "\"{00000000-0000-0000-0000-000000000000}\"",
        "1e5",
        "07",
        "'x'",
        "undefined",
        "/*x*/1",
        "[1,]",
        "\"a",
        "{\"a\":1,\"a\":2}",
    ];
    private static readonly string[] Members =
    [
        "conversationId",
        "clientId",
        "kind",
        "target",
        "text",
        "mentions",
        "replyTo",
        "topic",
        "priority",
        "fileIds",
        "emoji",
        "seq",
        "by",
        "organisationId",
        "__proto__",
    ];
    private int number;

    /// <summary>A frame, as it leaves: one or several messages of the socket; and what it is.</summary>
    public (string What, IReadOnlyList<byte[]> Parts, bool Binary) Next()
    {
        number++;
        return random.Next(13) switch
        {
            0 => One("random bytes", Bytes(random.Next(1, 400)), random.Next(2) == 0),
            1 => One("truncated", Cut(Invocation("Post", Posting("bonjour")))),
            2 => One("one character changed", Changed(Invocation(Any(Methods), Posting("bonjour")))),
            3 => number % 10 == 0
                ? One("larger than the limit", Text(Invocation("Post", Posting(new string('é', Limit)))))
                : One("longer than a message", Text(Invocation("Post", Posting(new string('x', random.Next(8001, 60_000)))))),
            4 => One("wrong types", Text(Invocation(Any(Methods), [.. Enumerable.Range(0, random.Next(5)).Select(_ => Any(Values))]))),
            5 => One("unknown method", Text(Invocation(Any(Unknown), Any(Values)))),
            6 => One("of others", Text(Foreign())),
            7 => One("numbers", Text(Invocation(random.Next(2) == 0 ? "After" : "Read", $"\"{own}\"", Any(Values), Any(Values)))),
            8 => One("deep", Text(Invocation("Post", Deep(random.Next(20, 3000))))),
            9 => One(
                "members",
                Text(
                    Invocation(
                        "Post",
                        "{"
                            + string.Join(',', Enumerable.Range(0, random.Next(1, 12)).Select(_ => $"\"{Any(Members)}\":{Any(Values)}"))
                            + "}"
                    )
                )
            ),
            10 => Split(Text(Invocation("Typing", $"\"{(random.Next(2) == 0 ? own : Any(foreign))}\""))),
            11 => One("of the protocol", Text(Protocol())),
            _ => One(
                "texts",
                Text(
                    Invocation(
                        "Post",
                        Posting(
                            Any([
                                "",
                                " ",
                                "\\u0000",
                                "\\ud83d",
                                "\\u001e",
                                "\\u202e\\u2067",
                                "<script>alert(1)</script>",
                                "{{7*7}}",
                                "' OR 1=1 --",
                                "\\r\\nSet-Cookie: a=b",
                            ])
                        )
                    )
                )
            ),
        };
    }

    /// <summary>A burst of calls that nobody waits for: each is a frame.</summary>
    public byte[] Flood(int frames) =>
        Text(string.Concat(Enumerable.Range(0, frames).Select(_ => Invocation("After", $"\"{Any(foreign)}\"", "0", "200"))));

    private static (string, IReadOnlyList<byte[]>, bool) One(string what, byte[] frame, bool binary = false) => (what, [frame], binary);

    private (string, IReadOnlyList<byte[]>, bool) Split(byte[] frame)
    {
        var at = random.Next(1, frame.Length);
        return ("split", [frame[..at], frame[at..]], false);
    }

    private string Invocation(string method, params string[] arguments) =>
        $$"""{"type":1,"invocationId":"h{{number.ToString(CultureInfo.InvariantCulture)}}","target":"{{method}}","arguments":[{{string.Join(',', arguments)}}]}"""
        + End;

    private string Posting(string text) => $$"""{"conversationId":"{{Any(foreign)}}","clientId":"{{Id()}}","text":"{{text}}"}""";

    private string Foreign() =>
        random.Next(6) switch
        {
            0 => Invocation("Post", Posting("à tort")),
            1 => Invocation("After", $"\"{Any(foreign)}\"", "0", "200"),
            2 => Invocation("Since", $$"""[{"conversationId":"{{Any(foreign)}}","seq":0}]"""),
            3 => Invocation("Read", $"\"{Any(foreign)}\"", "1"),
            4 => Invocation("Watch", $"\"{Any(foreign)}\""),
            _ => Invocation(
                "Post",
                $$"""{"conversationId":"{{own}}","clientId":"{{Id()}}","text":"x","mentions":["{{Any(foreign)}}"],"fileIds":["{{Any(foreign)}}"],"topic":"{{Any(foreign)}}","replyTo":99999}"""
            ),
        };

    // A type that SignalR does not know makes it read nothing more of that connection, and cut it after 30 s: not waited for here.
    private string Protocol() =>
        Any([
            """{"type":6}""",
            """{"type":8,"sequenceId":-1}""",
            """{"type":9,"sequenceId":9223372036854775807}""",
            """{"type":"1"}""",
            """{"type":null}""",
            "{}",
            "[]",
            "null",
            "1",
            "\"x\"",
            """{"type":2,"invocationId":"none","item":1}""",
            """{"type":3,"invocationId":"none","result":{"a":1},"error":"x"}""",
            """{"type":4,"invocationId":"s","target":"Post","arguments":[]}""",
            """{"type":5,"invocationId":"none"}""",
            """{"type":1,"target":"Post"}""",
            """{"type":1,"arguments":[]}""",
            """{"type":1,"target":1,"arguments":{}}""",
            """{"type":1,"target":"Post","arguments":[],"streamIds":["a","b"]}""",
            """{"type":1,"type":6,"target":"Post","target":"After","arguments":[]}""",
            """{"type":1,"headers":{"a":1},"target":"Typing","arguments":[]}""",
            """{"protocol":"messagepack","version":1}""",
            """{"type":7,"error":"bye","allowReconnect":true}""",
        ]) + End;

    private static string Deep(int levels) =>
        string.Concat(Enumerable.Repeat("{\"a\":[", levels)) + "1" + string.Concat(Enumerable.Repeat("]}", levels));

    private byte[] Cut(string text) => Text(text[..random.Next(1, text.Length - 1)] + (random.Next(2) == 0 ? End : ' '));

    private byte[] Changed(string text)
    {
        var bytes = Text(text);
        bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
