using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Slots.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>Programs of others begin with <c>/openapi/v1.json</c>.</summary>
internal sealed class GeneratedClientTests
{
    private ParceoHost host = null!;
    private World.Caller regulator = null!;
    private string description = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(Engine.Sqlite);
        regulator = (await host.Regulators(1))[0];
        using var client = host.Client();
        description = await client.GetStringAsync("/openapi/v1.json");
    }

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public void Every_body_has_a_shape_of_its_own()
    {
        using var document = JsonDocument.Parse(description);
        var paths = document.RootElement.GetProperty("paths");
        var shapes = (
            from endpoint in host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            let body = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType
            where body is not null
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            let path = Plain(endpoint.RoutePattern.RawText!)
            where paths.TryGetProperty(path, out _)
            let operation = paths.GetProperty(path).GetProperty(method.ToLowerInvariant())
            let schema = operation.GetProperty("requestBody").GetProperty("content").EnumerateObject().First().Value.GetProperty("schema")
            where schema.TryGetProperty("$ref", out _)
            select (body, Name: schema.GetProperty("$ref").GetString()!.Split('/')[^1])
        )
            .Distinct()
            .ToList();
        Assert.Multiple(() =>
        {
            Assert.That(shapes, Has.Count.GreaterThan(50));
            Assert.That(shapes.GroupBy(s => s.Name).Where(g => g.Count() > 1).Select(g => g.Key), Is.Empty, "one name, one shape");
            Assert.That(shapes.GroupBy(s => s.body).Where(g => g.Count() > 1).Select(g => g.Key.FullName), Is.Empty, "one shape, one name");
            Assert.That(shapes.Select(s => s.Name), Does.Contain("SlotsBookSlotBody"));
        });
    }

    [Test]
    public async Task A_client_that_NSwag_makes_of_it_books_a_place()
    {
        var types = await Generate();
        using var http = host.Client(regulator.Token);
        dynamic client = Activator.CreateInstance(types.GetType("Generated.ParceoClient")!, http)!;
        dynamic body = Activator.CreateInstance(types.GetType("Generated.SlotsBookSlotBody")!)!;
        var range = (await host.Ranges(1))[0];
        body.CaseReference = "G-1";
        body.Patient = (dynamic)Activator.CreateInstance(((object)body).GetType().GetProperty("Patient")!.PropertyType)!;
        body.Patient.Age = 44;
        var booked = await client.BookSlotAsync(range, body);
        Guid id = booked.BookingId;
        Assert.That(
            await host.With<SlotsDb, string>(db => db.Bookings.Where(b => b.Id == id).Select(b => b.CaseReference).SingleAsync()),
            Is.EqualTo("G-1")
        );
    }

    private async Task<Assembly> Generate()
    {
        var generator = new CSharpClientGenerator(
            await OpenApiDocument.FromJsonAsync(description),
            new CSharpClientGeneratorSettings
            {
                ClassName = "ParceoClient",
                UseBaseUrl = false,
                OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
                CSharpGeneratorSettings = { Namespace = "Generated", JsonLibrary = CSharpJsonLibrary.SystemTextJson },
            }
        );
        var compilation = CSharpCompilation.Create(
            "Generated",
            [CSharpSyntaxTree.ParseText(generator.GenerateFile())],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        using var code = new MemoryStream();
        var compiled = compilation.Emit(code);
        Assert.That(
            compiled.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5).Select(d => d.ToString()),
            Is.Empty,
            "what it makes compiles"
        );
        code.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(code);
    }

    /// <summary>As the description has it: without the parameters' types.</summary>
    private static string Plain(string pattern) =>
        "/" + System.Text.RegularExpressions.Regex.Replace(pattern.Trim('/'), @"\{\**(\w+)[^}]*\}", "{$1}");
}
