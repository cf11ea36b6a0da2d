using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using Parceo.Platform.Nodes;
using static Parceo.Testing.Expect;

namespace Parceo.Platform.Tests;

/// <summary>Signals to pages do not wait for the slowest of them.</summary>
internal sealed class PromptHubsTests
{
    private sealed class PageHub : Hub;

    private sealed class Transport(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;
        public PipeWriter Output => output;
    }

    private readonly PromptHubs<PageHub> hubs = new(NullLogger<DefaultHubLifetimeManager<PageHub>>.Instance);

    /// <summary>An open page; what is sent to it is read from the pipe, or by nobody.</summary>
    private async Task<(HubConnectionContext Page, PipeReader Sent)> Open(string id, string group, int takes = 1 << 20)
    {
        var (sent, received) = (new Pipe(new(pauseWriterThreshold: takes, resumeWriterThreshold: takes / 2)), new Pipe());
        var connection = new DefaultConnectionContext(
            id,
            new Transport(received.Reader, sent.Writer),
            new Transport(sent.Reader, received.Writer)
        );
        var page = new HubConnectionContext(connection, new() { KeepAliveInterval = TimeSpan.FromHours(1) }, NullLoggerFactory.Instance)
        {
            Protocol = new JsonHubProtocol(),
        };
        await hubs.OnConnectedAsync(page);
        await hubs.AddToGroupAsync(id, group);
        return (page, sent.Reader);
    }

    /// <summary>How much has arrived since it was last asked.</summary>
    private static int Count(PipeReader sent)
    {
        if (!sent.TryRead(out var read))
            return 0;
        var count = 0;
        foreach (var part in read.Buffer)
            count += part.Span.Count((byte)0x1e); // the end of a message
        sent.AdvanceTo(read.Buffer.End);
        return count;
    }

    [Test]
    public async Task S50_A_page_that_does_not_read_holds_up_nobody_and_is_cut_when_it_is_far_behind()
    {
        var (slow, _) = await Open("slow", "desk", takes: 256);
        var (quick, heard) = await Open("quick", "desk");
        var (_, other) = await Open("other", "elsewhere");
        const int Many = 1000;
        for (var n = 0; n < Many; n++)
            Assert.That(hubs.SendGroupsAsync(["desk"], "changed", [n]).IsCompletedSuccessfully, "nothing is waited for");
        await Eventually(() => Task.FromResult(slow.ConnectionAborted.IsCancellationRequested), TimeSpan.FromSeconds(20), "the cut");
        Assert.Multiple(() =>
        {
            Assert.That(Count(heard), Is.EqualTo(Many));
            Assert.That(Count(other), Is.Zero);
            Assert.That(quick.ConnectionAborted.IsCancellationRequested, Is.False);
        });

        await hubs.OnDisconnectedAsync(slow);
        await hubs.RemoveFromGroupAsync("quick", "desk");
        await hubs.SendGroupAsync("desk", "changed", []);
        Assert.That(Count(heard), Is.Zero, "it left");
        await hubs.SendAllAsync("over", []);
        await hubs.SendAllExceptAsync("over", [], ["other"]);
        await hubs.SendGroupExceptAsync("elsewhere", "changed", [], ["other"]);
        Assert.That((Count(heard), Count(other)), Is.EqualTo((2, 1)));
    }
}
