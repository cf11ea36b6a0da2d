using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Parceo.Ui.Tests;

/// <summary>The real pipeline on a free port, with one page a test gives: what the browser receives is what is checked.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly WebApplication app;

    private Site(WebApplication app, HttpClient client) => (this.app, Client) = (app, client);

    public HttpClient Client { get; }

    public static async Task<Site> Start(RenderFragment page, ShellModel? shell = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCascadingValue(_ => shell);
        var app = builder.Build();
        app.UseParceoUi();
        app.UseAntiforgery();
        app.MapParceoUi();
        app.MapGet("/{**path}", () => new RazorComponentResult<Whole>(new { Page = page }));
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new Site(app, new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address) });
    }

    /// <summary>The page, its entities read back to letters.</summary>
    public async Task<string> Get(string path = "/", string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        using var response = await Client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }

    private sealed class Whole : ComponentBase
    {
        [Parameter]
        public RenderFragment? Page { get; set; }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            builder.OpenComponent<WholePage>(0);
            builder.AddAttribute(
                1,
                nameof(WholePage.ChildContent),
                (RenderFragment)(
                    inner =>
                    {
                        inner.OpenComponent<LayoutView>(0);
                        inner.AddAttribute(1, nameof(LayoutView.Layout), typeof(MainLayout));
                        inner.AddAttribute(2, nameof(LayoutView.ChildContent), Page);
                        inner.CloseComponent();
                    }
                )
            );
            builder.CloseComponent();
        }
    }
}
