using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Parceo.Messaging.Client;

// A small console client: dotnet run -- URL TOKEN [CONVERSATION]. Without a conversation it lists yours.
if (args is not [var url, var token, ..])
{
    await Console.Error.WriteLineAsync("Usage: dotnet run -- URL TOKEN [CONVERSATION]");
    return 1;
}

if (args.Length == 2)
{
    using var http = new HttpClient
    {
        BaseAddress = new Uri(url),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };
    var list = await http.GetFromJsonAsync<JsonElement>("/api/messaging/conversations");
    foreach (var c in list.GetProperty("conversations").EnumerateArray())
        Console.WriteLine($"{c.GetProperty("id")}  {c.GetProperty("title")}  ({c.GetProperty("unread")})");
    return 0;
}

var conversation = Guid.Parse(args[2]);
await using var client = new ChatClient(url, token);
client.Heard += e => Console.WriteLine($"{e.Seq, 6}  {e.At.ToLocalTime():HH:mm:ss}  {e.By.ToString()[..8]}  {e.Kind}: {e.Text}");
client.Follow(conversation);
while (await Console.In.ReadLineAsync() is { } line)
{
    if (line.Length > 0 && await client.Post(conversation, line, CancellationToken.None) is null)
        await Console.Error.WriteLineAsync("Refused.");
}
return 0;
