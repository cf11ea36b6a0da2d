using System.Diagnostics;
using System.Text;
using NUnit.Framework;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>The host as a process that can be killed.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private bool disposed;

    private HostProcess(Process process, string url)
    {
        (this.process, Url) = (process, url);
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Url { get; }

    /// <summary>How long it took from the start of the process to the first ready answer.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>What it has written so far, to standard output and error.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>Resident memory now.</summary>
    public double ResidentMegabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>Folder of the shipped host, built in the same configuration as this test.</summary>
    public static string HostFolder { get; } = FindHost();

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="database">Its data.</param>
    /// <param name="witness">With the module that counts deliveries; otherwise the shipped executable.</param>
    /// <param name="port">To serve on the same address again.</param>
    /// <param name="environment">Of ASP.NET Core.</param>
    /// <param name="settings">Configuration, <c>Redis__ConnectionString</c>.</param>
    /// <param name="folder">Of another build of the host.</param>
    public static async Task<HostProcess> Start(
        TestDatabase database,
        bool witness = false,
        int? port = null,
        string environment = "Development",
        IReadOnlyDictionary<string, string>? settings = null,
        string? folder = null
    )
    {
        var url = $"http://127.0.0.1:{port ?? FreePort.Take()}";
        var program = witness ? typeof(HostProcess).Assembly.Location : Path.Combine(folder ?? HostFolder, "Parceo.Host.dll");
        var start = Program(database, program, "--urls", url);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        if (environment != "Development")
        {
            start.Environment["Parceo__KnownProxies"] = "127.0.0.1/32";
            start.Environment["Parceo__PublicUrl"] = "https://parceo.invalid";
            start.Environment["Antivirus__None"] = "true";
        }
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var watch = Stopwatch.StartNew();
        var host = new HostProcess(Process.Start(start)!, url);
        using var probe = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        await Expect.Eventually(
            async () =>
            {
                if (host.process.HasExited)
                    throw new AssertionException($"The host ended by itself: {host.Output}");
                try
                {
                    return (await probe.GetAsync($"{url}/health/ready")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
                catch (TaskCanceledException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(120),
            "the host"
        );
        host.ReadyAfter = watch.Elapsed;
        return host;
    }

    /// <summary>Starts a verb of <c>build/parceo</c> on the data, beside a host that serves them or alone.</summary>
    public static Process Command(TestDatabase database, params string[] verb) => Process.Start(Program(database, Shipped, verb))!;

    /// <summary>Starts the shipped host with nothing but its data, for a start that is refused.</summary>
    public static Process Refused(TestDatabase database, string environment, params string[] arguments)
    {
        var start = Program(database, Shipped, arguments);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        return Process.Start(start)!;
    }

    private static string Shipped { get; } = Path.Combine(HostFolder, "Parceo.Host.dll");

    private static ProcessStartInfo Program(TestDatabase database, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (
            var (name, value) in new Dictionary<string, string>
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["Parceo__Data"] = database.Folder,
                ["Parceo__Demo"] = "false",
                ["Limits__Scale"] = TestLimits.Raised,
                ["Database__Provider"] = database.Engine.ToString(),
                ["Database__ConnectionString"] = database.ConnectionString,
            }
        )
            start.Environment[name] = value;
        start.Environment.Remove("DOTNET_ENVIRONMENT"); // the one of hosts in this process, and it would count more
        return start;
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        if (!process.HasExited)
            await Kill();
        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        lock (output)
            output.AppendLine(e.Data);
    }

    private static string FindHost()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Name; // …/bin/Release/net10.0
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "Parceo.sln")))
                return Path.Combine(d.FullName, "src", "Parceo.Host", "bin", configuration, "net10.0");
        throw new InvalidOperationException("Run it inside the repository.");
    }
}
