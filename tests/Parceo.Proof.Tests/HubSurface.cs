using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform.Web;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>A method of a hub as a client sees it; without one: to be connected.</summary>
internal sealed record HubCall(string Path, MethodInfo? Method)
{
    public override string ToString() => $"{Path} {Method?.Name ?? "(listen)"}";

    /// <summary>What it is called with: ids by the names of parameters and members; of what may be left out only the text is given.</summary>
    public object?[] Arguments(Func<string, string> value) => [.. Method!.GetParameters().Select(p => Argument(p, value))];

    private static object? Argument(ParameterInfo p, Func<string, string> value)
    {
        var type = Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType;
        if (type.IsValueType || type == typeof(string) || type.IsAssignableTo(typeof(System.Collections.IEnumerable)))
            return Surface.Sample(p.ParameterType, p.Name!, value);
        var body = new JsonObject();
        foreach (var member in Surface.Members(type))
            if (!Call.IsOptional(member) || member.Name == "Text")
                body[Surface.Name(member)] = Surface.Sample(member.ParameterType, Surface.Name(member), value);
        return body;
    }
}

/// <summary>The hubs of the running host and what they let call, read from its own table (S14).</summary>
internal static class HubSurface
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<HubCall> Of(ParceoHost host) =>
        [
            .. from endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            let hub = endpoint.Metadata.GetMetadata<HubMetadata>()?.HubType
            where hub is not null && !endpoint.RoutePattern.RawText!.EndsWith("/negotiate", StringComparison.Ordinal)
            from method in hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(m => m.GetBaseDefinition() == m)
                .Prepend(null)
            let call = new HubCall(endpoint.RoutePattern.RawText!, method)
            orderby call.ToString()
            select call,
        ];

    /// <summary>Connects and calls everything of one hub; what each was answered, in the words of the matrix.</summary>
    public static async Task<IReadOnlyList<(HubCall Call, string Verdict)>> Ask(
        string url,
        IReadOnlyList<HubCall> hub,
        string? token,
        (string Text, Guid Organisation)? cookie,
        Func<string, string> value
    )
    {
        await using var connection = new HubConnectionBuilder()
            .WithUrl(url + hub[0].Path, o =>
            {
                o.Transports = HttpTransportType.WebSockets;
                if (token is not null)
                    o.AccessTokenProvider = () => Task.FromResult<string?>(token);
                if (cookie is not { } browser)
                    return;
                (o.Headers["Cookie"], o.Headers["Origin"]) = (browser.Text, url);
                o.Headers[PageOrganisation.Header] = browser.Organisation.ToString();
            })
            .Build();
        try
        {
            await connection.StartAsync();
        }
        catch (HttpRequestException refused) when (refused.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return [.. hub.Select(c => (c, $"{(int)refused.StatusCode}"))];
        }
        var verdicts = new List<(HubCall, string)>();
        foreach (var call in hub)
            verdicts.Add((call, await Verdict(connection, call, value)));
        return verdicts;
    }

    private static async Task<string> Verdict(HubConnection connection, HubCall call, Func<string, string> value)
    {
        try
        {
            await connection
                .InvokeCoreAsync(call.Method?.Name ?? "none", typeof(object), call.Method is null ? [] : call.Arguments(value))
                .WaitAsync(Soon);
            return "yes";
        }
        catch (HubException answer)
        {
            return answer.Message[(answer.Message.LastIndexOf(' ') + 1)..] switch
            {
                "not_signed_in" => "401",
                "forbidden" or "second_factor_needed" => "403",
                "unexpected" or "server." => $"500 {answer.Message}",
                "not_found" => "404",
                var code when code.EndsWith("_unknown", StringComparison.Ordinal) => "404",
                _ => "yes",
            };
        }
        catch (Exception cut)
            when (cut is InvalidOperationException or IOException or OperationCanceledException or System.Net.WebSockets.WebSocketException)
        {
            return "cut";
        }
    }
}
