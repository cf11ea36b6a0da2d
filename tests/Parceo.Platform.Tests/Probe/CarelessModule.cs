using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using MediatR;

namespace Parceo.Platform.Tests.Probe;

/// <summary>A module with a mistake, in an assembly made for the test: the mistake cannot be compiled into this one, where it would stop every host.</summary>
internal static class CarelessModule
{
    /// <summary>A module with one request, <c>Forgotten</c>, that requires the permission, or says nothing.</summary>
    public static IParceoModule Make(string? permission)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName($"Careless{Guid.NewGuid():n}"), typeof(object).Assembly);
        var types = assembly.DefineDynamicModule("Careless");

        var request = types.DefineType(
            "Careless.Forgotten",
            TypeAttributes.Public | TypeAttributes.Sealed,
            typeof(object),
            [typeof(IRequest<Unit>), typeof(IBaseRequest)]
        );
        if (permission is not null)
            request.SetCustomAttribute(new CustomAttributeBuilder(typeof(RequiresAttribute).GetConstructors()[0], [permission]));
        request.CreateType();

        var module = types.DefineType(
            "Careless.CarelessModule",
            TypeAttributes.Public | TypeAttributes.Sealed,
            typeof(object),
            [typeof(IParceoModule)]
        );
        var name = module.DefineMethod("get_Name", MethodAttributes.Public | MethodAttributes.Virtual, typeof(string), []).GetILGenerator();
        name.Emit(OpCodes.Ldstr, "careless");
        name.Emit(OpCodes.Ret);
        module
            .DefineMethod(
                "AddServices",
                MethodAttributes.Public | MethodAttributes.Virtual,
                typeof(void),
                [typeof(Parceo.Platform.ModuleBuilder)]
            )
            .GetILGenerator()
            .Emit(OpCodes.Ret);
        module.CreateType();

        using var file = new MemoryStream();
        assembly.Save(file);
        file.Position = 0;
        return (IParceoModule)
            Activator.CreateInstance(AssemblyLoadContext.Default.LoadFromStream(file).GetType("Careless.CarelessModule")!)!;
    }
}
