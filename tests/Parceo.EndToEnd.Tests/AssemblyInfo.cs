// Two at a time: pages that are just looked at, their forms, and journeys that wait for nothing within seconds. Those in which
// several people watch the same places have the machine for themselves.
[assembly: LevelOfParallelism(2)]
