using MediatR;
using Parceo.Platform.Tests.Probe.Features;

namespace Parceo.Platform.Tests.Probe;

/// <summary>A request whose handler sends another one as the host itself.</summary>
internal static class AskAsTheHost
{
    [OpenToSignedIn("A probe.")]
    public sealed record Query : IRequest<string>;

    public sealed class Handler(SystemSender system) : IRequestHandler<Query, string>
    {
        public Task<string> Handle(Query query, CancellationToken ct) => system.Send(new Echo.Command("depth", 0, null, null), "probe", ct);
    }
}
