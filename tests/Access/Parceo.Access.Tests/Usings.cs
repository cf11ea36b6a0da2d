global using NUnit.Framework;
global using Parceo.Testing;
