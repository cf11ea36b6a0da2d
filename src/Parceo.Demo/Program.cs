using Parceo.Demo;
using Parceo.Host;

return await HostEntry.Run(args, DemoWorld.Add);
