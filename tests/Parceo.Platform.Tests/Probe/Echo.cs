using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Parceo.Platform.Tests.Probe.Features;

/// <summary>For programs that are nobody: reads JSON, throws on demand.</summary>
internal static class Echo
{
    [OpenToAnyone("A test's endpoint that says back what it was told.")]
    public sealed record Command(string Text, int Number, DateTimeOffset? At, Inner? Inner) : IRequest<string>;

    public sealed record Inner(string Name);

    public sealed class Handler(ICurrentUser user) : IRequestHandler<Command, string>
    {
        public Task<string> Handle(Command command, CancellationToken ct) =>
            command.Text switch
            {
                "crash" => throw new InvalidOperationException("a secret of the server"),
                "depth" => Task.FromResult(((CallContext)user).Depth.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                _ => Task.FromResult(command.Text),
            };
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("echo", async (Command body, ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(body, ct)))
            .AllowAnonymous();
}
