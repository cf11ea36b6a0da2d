// Pages that are just looked at, and their forms, go two at a time; journeys have the machine for themselves.
[assembly: LevelOfParallelism(2)]
