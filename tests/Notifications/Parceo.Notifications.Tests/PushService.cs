using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Parceo.Notifications.Tests;

/// <summary>A push service (RFC 8030) on loopback: takes what browsers' services take, and keeps it.</summary>
internal sealed class PushService : IAsyncDisposable
{
    private readonly WebApplication app;

    private PushService(WebApplication app) => this.app = app;

    public sealed record Received(string Path, string Authorization, string Topic, string Urgency, int Length);

    public ConcurrentQueue<Received> Messages { get; } = new();

    /// <summary>What it answers, by path; 201 otherwise.</summary>
    public ConcurrentDictionary<string, int> Answers { get; } = new();
    public string Url => app.Urls.First();

    public static async Task<PushService> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = new PushService(builder.Build());
        service.app.MapPost("/{device}", async (HttpContext http, string device) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            string Header(string name) => http.Request.Headers[name].ToString();
            service.Messages.Enqueue(new(device, Header("Authorization"), Header("Topic"), Header("Urgency"), (int)body.Length));
            return Results.StatusCode(service.Answers.GetValueOrDefault(device, 201));
        });
        await service.app.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
