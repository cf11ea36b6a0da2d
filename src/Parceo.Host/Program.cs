using Parceo.Host;

return await HostEntry.Run(args);
