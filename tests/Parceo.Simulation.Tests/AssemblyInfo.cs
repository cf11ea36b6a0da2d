// Seeds share nothing but the settled territories, which they copy.
[assembly: NUnit.Framework.LevelOfParallelism(2)]
