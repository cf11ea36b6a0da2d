using Parceo.Benchmarks;

// build/bench [NAME…] [--sizes 200000,2000000] [--engines Sqlite,PostgreSql] [--seconds 3] [--clients 1,8,32]
// Prints one JSON object a line; progress goes to standard error.
if (args is ["serve-bare", var file, var url])
    return await BareEndpoint.Serve(file, url);
if (args is ["serve-bare-hub", var hubUrl])
    return await BareHub.Serve(hubUrl);
if (args is ["--list"])
{
    Console.WriteLine("slots\nwaves\nchat\nlive");
    return 0;
}
try
{
    var options = BenchOptions.Read(args);
    foreach (var name in options.Names)
    {
        await (
            name switch
            {
                "slots" => SlotsBench.Run(options),
                "waves" => WavesBench.Run(options),
                "chat" => ChatBench.Run(options),
                "live" => LiveBench.Run(options),
                _ => throw new ArgumentException($"There is no benchmark '{name}'; --list names them."),
            }
        );
    }
    return 0;
}
catch (ArgumentException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
