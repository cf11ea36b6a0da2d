// Only the fixtures that kill processes of their own say that they may run beside each other: they mostly wait for starts.
[assembly: NUnit.Framework.LevelOfParallelism(3)]
