using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Parceo.Proof.Tests;

/// <summary>A client of the API: a token, a connection pool of its own, nothing clever.</summary>
internal sealed class Api(string url, string? token) : IDisposable
{
    private readonly HttpClient client = new(
        new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            Expect100ContinueTimeout = TimeSpan.FromSeconds(30),
        }
    )
    {
        BaseAddress = new Uri(url),
        Timeout = TimeSpan.FromSeconds(60),
        DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
    };

    public string? Token => token;

    public const string Patient =
        """{"caseReference":"57-2026-000001","patient":{"age":34,"sex":"male","name":"Tom Bayer","phone":"06 39 98 12 47"}}""";

    public sealed record Answer(int Status, string? Code, JsonElement Body);

    public async Task<Answer> Book(Guid range, string? key = null, string body = Patient, CancellationToken ct = default) =>
        await Send(HttpMethod.Post, $"/api/slots/ranges/{range}/bookings", body, key, ct);

    public async Task<Answer> Send(HttpMethod method, string path, string? body = null, string? key = null, CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await Read(await client.SendAsync(request, ct), ct);
    }

    public async Task<(int Status, string Location)> Status(HttpRequestMessage request)
    {
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return ((int)answer.StatusCode, answer.Headers.Location?.ToString() ?? "");
    }

    public async Task<Answer> Send(HttpRequestMessage request) => await Read(await client.SendAsync(request));

    private static async Task<Answer> Read(HttpResponseMessage answer, CancellationToken ct = default)
    {
        using var _ = answer;
        var text = await answer.Content.ReadAsByteArrayAsync(ct);
        JsonElement body = default;
        if (text.Length > 0 && answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true)
            body = JsonSerializer.Deserialize<JsonElement>(text);
        var code = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("code", out var c) ? c.GetString() : null;
        return new((int)answer.StatusCode, code, body);
    }

    public void Dispose() => client.Dispose();
}
