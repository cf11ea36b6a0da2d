using System.Reflection;
using System.Text.RegularExpressions;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Components;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Platform.Sending;

namespace Parceo.Architecture.Tests;

/// <summary>What must be true of the types of every module, seen by reflection.</summary>
public sealed partial class TypeRules
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] AccessAttributes =
    [
        typeof(RequiresAttribute),
        typeof(OpenToAnyoneAttribute),
        typeof(OpenToSignedInAttribute),
        typeof(SystemOnlyAttribute),
    ];

    /// <summary>Reviewed, with the reason.</summary>
    private static readonly Dictionary<string, string> UsersOfTwoServices = new()
    {
        ["Parceo.Messaging.Features.ReceiveAnswer+Handler"] =
            "An answer by MSSanté is an entry like any other, and its files pass the same quarantine as anybody's.",
    };

    [Test]
    public void A_module_has_one_module_class_named_after_it() =>
        Rule.Holds(
            "SlotsModule in Parceo.Slots, with Name \"slots\": schema, table prefix, addresses and permissions begin with it.",
            from module in Assemblies.Modules
            where
                module.ModuleClasses is not [var only]
                || only.Name != module.Folder + "Module"
                || !module.Name.Equals(module.Folder, StringComparison.OrdinalIgnoreCase)
            select $"{module.Folder}: {string.Join(", ", module.ModuleClasses.Select(t => t.Name))}"
        );

    [Test]
    public void Types_of_a_module_are_internal() =>
        Rule.Holds(
            "Only the module class, pages and generated migrations are public: the rest speaks through Contracts.",
            from module in Assemblies.Modules
            from type in module.Implementation.GetExportedTypes()
            let outer = Outermost(type)
            where
                !outer.IsAssignableTo(typeof(IParceoModule))
                && !outer.IsAssignableTo(typeof(IComponent))
                && !BuiltModule.IsIn(outer, "Migrations")
                && outer.Name != "_Imports"
            select type.FullName
        );

    [Test]
    public void Contracts_need_nothing_but_the_abstractions_and_the_shape_of_a_patient() =>
        Rule.Holds(
            "Whoever references a contract inherits what it drags along.",
            from module in Assemblies.Modules
            from used in module.Contracts.GetReferencedAssemblies()
            where
                used.Name is not ("Parceo.Abstractions" or "Parceo.Patients.Contracts" or "MediatR" or "netstandard" or "mscorlib")
                && used.Name?.StartsWith("System.", StringComparison.Ordinal) != true
            select $"{module.Contracts.GetName().Name} → {used.Name}"
        );

    [Test]
    public void Pages_read_their_address_as_text() =>
        Rule.Holds(
            "Anybody may type an address (S36): bound to another type than text, a wrong value is a failure. Parceo.Ui's Given reads it.",
            from module in Assemblies.Modules
            from page in module.Implementation.GetTypes().Where(t => t.IsAssignableTo(typeof(IComponent)))
            from property in page.GetProperties(Declared)
            where property.IsDefined(typeof(SupplyParameterFromQueryAttribute)) && property.PropertyType != typeof(string)
            select $"{page.FullName}.{property.Name} is a {property.PropertyType.Name}"
        );

    [Test]
    public void Every_request_says_who_may_send_it() =>
        Rule.Holds(
            "Deny by default (S13): exactly one of [Requires], [OpenToAnyone], [OpenToSignedIn], [SystemOnly].",
            from module in Assemblies.Modules
            from request in module.Types.Where(IsRequest)
            let said = AccessAttributes.Count(a => request.IsDefined(a, false))
            where said != 1
            select $"{request.FullName} says it {said} times"
        );

    [Test]
    public void Open_requests_give_a_reason() =>
        Rule.Holds(
            "The public list is reviewed (S1): the reason is what the reviewer reads.",
            from module in Assemblies.Modules
            from request in module.Types.Where(IsRequest)
            let reason = request.GetCustomAttribute<OpenToAnyoneAttribute>()?.Reason
                ?? request.GetCustomAttribute<OpenToSignedInAttribute>()?.Reason
            where reason is not null && reason.Trim().Length < 10
            select request.FullName
        );

    [Test]
    public void Only_the_host_itself_keeps_books_without_a_trace() =>
        Rule.Holds(
            "What a person does is traced (S31): [Bookkeeping] stands on [SystemOnly] requests, with its reason.",
            from module in Assemblies.Modules
            from request in module.Types.Where(IsRequest)
            let bookkeeping = request.GetCustomAttribute<BookkeepingAttribute>()
            where bookkeeping is not null && (!request.IsDefined(typeof(SystemOnlyAttribute)) || bookkeeping.Reason.Trim().Length < 10)
            select request.FullName
        );

    [Test]
    public void Permissions_are_named_module_dot_verb() =>
        Rule.Holds(
            "The access matrix is read by people: slots.book.",
            from module in Assemblies.Modules
            from request in module.Types.Where(IsRequest)
            let permission = request.GetCustomAttribute<RequiresAttribute>()?.Permission
            where permission is not null && !PermissionName().IsMatch(permission)
            select $"{request.FullName}: {permission}"
        );

    [Test]
    public void Events_have_a_versioned_name()
    {
        var events = Assemblies
            .Modules.SelectMany(m => m.Types.Where(t => t.IsAssignableTo(typeof(IIntegrationEvent))).Select(t => (Module: m, Type: t)))
            .ToList();

        Rule.Holds(
            "A stored event outlives its type: [EventName(\"slots.slot-booked.v1\")] on a sealed record.",
            from e in events
            let name = e.Type.GetCustomAttribute<EventNameAttribute>()?.Name
            where
                name is null
                || !EventName().IsMatch(name)
                || !name.StartsWith(e.Module.Name + ".", StringComparison.Ordinal)
                || !e.Type.IsSealed
            select $"{e.Type.FullName}: {name ?? "no name"}"
        );
        Rule.Holds(
            "One name, one type.",
            events
                .GroupBy(e => e.Type.GetCustomAttribute<EventNameAttribute>()?.Name)
                .Where(g => g.Count() > 1)
                .Select(g => g.Key ?? "no name")
        );
    }

    [Test]
    public void An_event_is_a_contract_when_another_module_listens() =>
        Rule.Holds(
            "What nobody else hears is the module's own, in its Events folder: a contract is a promise to others.",
            from module in Assemblies.Modules
            from e in module.Types.Where(t => t.IsAssignableTo(typeof(IIntegrationEvent)))
            let listeners = Assemblies.Modules.Where(m => m.Types.Any(t => ListensTo(t, e))).Select(m => m.Folder).ToList()
            let promised = e.Assembly == module.Contracts
            where promised ? !listeners.Any(l => l != module.Folder) : !listeners.Contains(module.Folder) || !BuiltModule.IsIn(e, "Events")
            select $"{e.FullName}, heard by {(listeners.Count == 0 ? "nobody" : string.Join(", ", listeners))}"
        );

    [Test]
    public void Page_feature_entity_and_at_most_one_service()
    {
        var users = (
            from module in Assemblies.Modules
            from type in module.Types
            where !BuiltModule.IsIn(type, "Services")
            let services = ServicesOf(type)
            where services.Count > 1
            select (Name: type.FullName!, Services: services)
        ).ToList();

        Rule.Holds(
            "Whoever follows a use case opens one service at most: merge those that are always used together, or ask with a query.",
            from user in users
            where !UsersOfTwoServices.ContainsKey(user.Name)
            select $"{user.Name}: {string.Join(", ", user.Services)}"
        );
        Rule.Holds(
            "The list of exceptions only becomes shorter: these need no exception any more.",
            UsersOfTwoServices.Keys.Except(users.Select(u => u.Name))
        );
    }

    [Test]
    public void A_service_is_a_class_that_calls_one_other_at_most() =>
        Rule.Holds(
            "What a service calls calls no further service. A function without state is a method of the domain, or a query in Data.",
            from module in Assemblies.Modules
            from type in module.In("Services").Where(t => !t.IsNested)
            where
                type is { IsAbstract: true, IsSealed: true }
                || ServicesOf(type).Count > 1
                || ServicesOf(type).Any(s => ServicesOf(s).Count > 0)
            select type.FullName
        );

    [Test]
    public void A_feature_is_a_static_class_with_a_request_and_a_handler() =>
        Rule.Holds(
            "Always the same words: Command or Query (here or in Contracts), Response, Validator, Handler, Map.",
            from module in Assemblies.Modules
            from feature in module.In("Features").Where(t => !t.IsNested)
            from problem in ProblemsOf(feature)
            select $"{feature.FullName}: {problem}"
        );

    [Test]
    public void Requests_of_a_module_are_nested_in_their_feature() =>
        Rule.Holds(
            "A feature is one file: its Command or Query is a nested type of that name.",
            from module in Assemblies.Modules
            from request in module.Types.Where(IsRequest)
            where request.Assembly == module.Implementation && (request.DeclaringType is null || request.Name is not ("Command" or "Query"))
            select request.FullName
        );

    [Test]
    public void Every_command_is_validated() =>
        Rule.Holds(
            "A Command that carries something has a nested Validator (S40).",
            from module in Assemblies.Modules
            from command in module.Types.Where(t => IsRequest(t) && t is { Name: "Command", DeclaringType: not null })
            where
                command.GetProperties().Length > 0
                && !module.Types.Any(t =>
                    t.Name == "Validator"
                    && t.DeclaringType?.Name == command.DeclaringType!.Name
                    && t.IsAssignableTo(typeof(IValidator<>).MakeGenericType(command))
                )
            select command.FullName
        );

    [Test]
    public void Access_rules_stand_in_the_feature_they_guard() =>
        Rule.Holds(
            "Who may and what happens are read together.",
            from module in Assemblies.Modules
            from type in module.Types
            from rule in Closed(type, typeof(IAccessRule<>))
            where type.DeclaringType is null || !BuiltModule.IsIn(type, "Features")
            select type.FullName
        );

    [Test]
    public void Reactions_are_named_after_their_event() =>
        Rule.Holds(
            "Reactions/OnSlotBooked.cs reacts to SlotBooked. An effect, which may follow several events, is named after its deed.",
            from module in Assemblies.Modules
            from type in module.Types
            let reactions = Closed(type, typeof(IReaction<,>)).ToList()
            where
                (reactions.Count > 0 || Closed(type, typeof(IEffect<>)).Any()) && !BuiltModule.IsIn(type, "Reactions")
                || reactions.Any(r => !type.Name.StartsWith("On" + r.GetGenericArguments()[0].Name, StringComparison.Ordinal))
            select type.FullName
        );

    [Test]
    public void A_context_exists_for_every_engine() =>
        Rule.Holds(
            "Entity Framework tells migration sets apart by context type: XxxDbSqlite, XxxDbPostgreSql, XxxDbSqlServer.",
            from module in Assemblies.Modules
            let contexts = module.Types.Where(t => t.IsAssignableTo(typeof(ModuleDb))).ToList()
            from context in contexts.Where(c => c.BaseType == typeof(ModuleDb))
            from engine in new[] { "Sqlite", "PostgreSql", "SqlServer" }
            where !contexts.Any(c => c.BaseType == context && c.Name == context.Name + engine)
            select $"{context.FullName} has no {context.Name}{engine}"
        );

    [Test]
    public void Instants_are_DateTimeOffset() =>
        Rule.Holds(
            "A DateTime has lost its offset (S61).",
            from module in Assemblies.Modules
            from type in module.Types
            from shape in Shapes(type)
            where Mentions(shape.Type, typeof(DateTime)) && !IsWallTime(type)
            select $"{type.FullName}.{shape.Name}"
        );

    /// <summary>An agenda's file says local times before it says, lines later, what its zone is: there they have no offset yet.</summary>
    private static bool IsWallTime(Type type) => type.Namespace == "Parceo.Slots.Outside";

    [Test]
    public void Domain_objects_change_by_their_methods_only() =>
        Rule.Holds(
            "Entities have private setters and methods named by intent.",
            from module in Assemblies.Modules
            from type in module.In("Domain")
            from property in type.GetProperties(Declared)
            let setter = property.SetMethod
            where
                setter is { IsPublic: true }
                && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))
            select $"{type.FullName}.{property.Name}"
        );

    private static IEnumerable<string> ProblemsOf(Type feature)
    {
        if (feature is not { IsAbstract: true, IsSealed: true })
            yield return "is not a static class";
        var nested = feature.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic);
        var handler = nested.SingleOrDefault(t => t.Name == "Handler");
        if (handler is null || !Closed(handler, typeof(IRequestHandler<,>)).Any())
            yield return "has no nested Handler";
        var requests = nested.Where(IsRequest).ToList();
        if (requests.Count > 1)
            yield return "holds more than one request";
        if (
            requests.Count == 1
            && handler is not null
            && !Closed(handler, typeof(IRequestHandler<,>)).Any(h => h.GetGenericArguments()[0] == requests[0])
        )
            yield return "has a Handler for another request";
    }

    private static bool IsRequest(Type type) => !type.IsAbstract && Closed(type, typeof(IRequest<>)).Any();

    private static IEnumerable<Type> Closed(Type type, Type definition) =>
        type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == definition);

    private static bool ListensTo(Type type, Type e) =>
        Closed(type, typeof(IReaction<,>)).Concat(Closed(type, typeof(IEffect<>))).Any(l => l.GetGenericArguments()[0] == e);

    /// <summary>The services of its own module that a class is given.</summary>
    private static IReadOnlyList<Type> ServicesOf(Type type) =>
        [
            .. type.GetConstructors(Declared)
                .SelectMany(c => c.GetParameters())
                .Select(p => p.ParameterType)
                .Where(p => p.Assembly == type.Assembly && BuiltModule.IsIn(p, "Services") && !IsRecord(p))
                .Distinct(),
        ];

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>Names and types of all that a type shows to others: properties, and parameters and results that are not private.</summary>
    private static IEnumerable<(string Name, Type Type)> Shapes(Type type) =>
        type.GetProperties(Declared)
            .Select(p => (p.Name, p.PropertyType))
            .Concat(
                type.GetConstructors(Declared)
                    .Where(c => !c.IsPrivate)
                    .SelectMany(c => c.GetParameters())
                    .Select(p => (p.Name ?? "", p.ParameterType))
            )
            .Concat(
                from method in type.GetMethods(Declared)
                where !method.IsPrivate && !method.IsSpecialName && !method.Name.Contains('<')
                from shape in method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType)
                select (method.Name, shape)
            );

    private static bool Mentions(Type type, Type wanted) =>
        type == wanted
        || (type.HasElementType && Mentions(type.GetElementType()!, wanted))
        || type.GetGenericArguments().Any(a => Mentions(a, wanted));

    [GeneratedRegex(@"^[a-z]+(\.[a-z]+(-[a-z]+)*)+$")]
    private static partial Regex PermissionName();

    [GeneratedRegex(@"^[a-z]+\.[a-z]+(-[a-z]+)*\.v[1-9]\d*$")]
    private static partial Regex EventName();
}
