using System.Net;
using System.Text.RegularExpressions;
using Parceo.Platform.Web;

namespace Parceo.Testing;

/// <summary>A browser without a screen: cookies, forms with their anti-forgery token, no redirects followed.</summary>
public sealed partial class Browser(ParceoHost host) : IDisposable
{
    private readonly HttpClient client = host.Client();

    public Dictionary<string, string> Cookies { get; } = [];

    public void Dispose() => client.Dispose();

    public Task<HttpResponseMessage> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Opens the page and posts the form of that name with these fields.</summary>
    public async Task<HttpResponseMessage> Post(string path, string form, params (string Name, string Value)[] fields)
    {
        var page = await (await Get(path)).Content.ReadAsStringAsync();
        return await PostRaw(path, [("_handler", form), .. SealOf(page), .. fields]);
    }

    public Task<HttpResponseMessage> PostRaw(string path, IEnumerable<(string Name, string Value)> fields, string? origin = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
        };
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return Send(request);
    }

    public async Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        if (Cookies.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
        var response = await client.SendAsync(request);
        if (!response.Headers.TryGetValues("Set-Cookie", out var set))
            return response;
        foreach (var cookie in set)
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0)
                Cookies.Remove(pair[0]);
            else
                Cookies[pair[0]] = pair[1];
        }
        return response;
    }

    /// <summary>The anti-forgery token of a page's first form.</summary>
    public static string TokenOf(string html) => Token().Match(html).Groups[1].Value;

    /// <summary>What every form carries: the page's token and organisation.</summary>
    public static (string Name, string Value)[] SealOf(string html) =>
        [("__RequestVerificationToken", TokenOf(html)), (PageOrganisation.Field, Organisation().Match(html).Groups[1].Value)];

    /// <summary>A page's text without what differs from one time to the next.</summary>
    public static string Stable(string html) => Token().Replace(html, "");

    [GeneratedRegex("name=\"_organisation\" value=\"([^\"]+)\"")]
    private static partial Regex Organisation();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
