// Only pages that are just looked at are looked at two at a time; journeys have the machine for themselves.
[assembly: LevelOfParallelism(2)]
