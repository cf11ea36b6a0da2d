using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform.Data;
using Parceo.Platform.Jobs;
using Parceo.Platform.Modules;
using Parceo.Platform.Sending;
using Parceo.Platform.State;

namespace Parceo.Platform;

/// <summary>What a module can register.</summary>
public sealed class ModuleBuilder(
    IParceoModule module,
    IServiceCollection services,
    IConfiguration configuration,
    ModuleInfo info,
    PermissionCatalog permissions,
    JobCatalog jobs,
    DatabaseOptions database
)
{
    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>The host's configuration.</summary>
    public IConfiguration Configuration { get; } = configuration;

    /// <summary>The module's own database: picks the context subclass of the configured engine (XxxDbSqlite, XxxDbPostgreSql, XxxDbSqlServer).</summary>
    public ModuleBuilder AddDb<TDb>()
        where TDb : ModuleDb
    {
        info.Db = typeof(TDb);
        Services.AddModuleDb(typeof(TDb), module.Name, database);
        return this;
    }

    /// <summary>Declares a permission and the roles that grant it.</summary>
    public ModuleBuilder Grant(string permission, params string[] roles) => Grant(permission, sensitive: false, roles);

    /// <summary>Declares a permission that reaches patients' data or books: it needs a second factor (S3).</summary>
    public ModuleBuilder GrantSensitive(string permission, params string[] roles) => Grant(permission, sensitive: true, roles);

    /// <summary>Declares a permission that concerns all organisations: sensitive, and held in the one that runs the installation only.</summary>
    public ModuleBuilder GrantOfInstallation(string permission, params string[] roles) =>
        Grant(permission, sensitive: true, roles, ofInstallation: true);

    /// <summary>What a permission of the role of delegate lets somebody do for a professional (S20).</summary>
    /// <param name="permission">Granted to <see cref="Roles.Delegate"/>.</param>
    /// <param name="label">French, an infinitive: « publier ses créneaux ».</param>
    /// <param name="personal">The professional grants it by name; no administrator does it for them.</param>
    public ModuleBuilder AddDelegable(string permission, string label, bool personal = false)
    {
        permissions.Add(new DelegableAction(permission, label, personal));
        return this;
    }

    /// <summary>A place of the module in the shell's menu.</summary>
    /// <param name="entry">Label, icon, address, and the permission that shows it.</param>
    public ModuleBuilder AddMenu(MenuEntry entry)
    {
        Services.AddSingleton(entry with { Module = module.Name });
        return this;
    }

    /// <summary>A part of « À traiter » (<see cref="HomePart"/>), shown to whoever holds the permission.</summary>
    /// <param name="name">Unique and stable, of letters.</param>
    /// <param name="place">Address of the menu entry where its things are done; the menu shows their number there.</param>
    /// <param name="permission">Who can have something to do there.</param>
    public ModuleBuilder AddHomePart<TPart>(string name, string place, string permission)
        where TPart : HomePart
    {
        Services.AddScoped<TPart>().AddSingleton(new HomeEntry(module.Name, name, place, typeof(TPart), permission));
        return this;
    }

    /// <summary>Something to do from anywhere, found by its words in the palette.</summary>
    public ModuleBuilder AddCommand(PaletteCommand command)
    {
        Services.AddSingleton(command with { Module = module.Name });
        return this;
    }

    /// <summary>What the palette finds in this module (<see cref="PaletteSource"/>).</summary>
    /// <param name="group">French, above what it finds; unique.</param>
    /// <param name="order">Smaller comes first.</param>
    /// <param name="permission">Who is shown it; null: everyone signed in.</param>
    /// <param name="people">Whether it finds people.</param>
    public ModuleBuilder AddPaletteSource<TSource>(string group, int order, string? permission = null, bool people = false)
        where TSource : PaletteSource
    {
        Services.AddScoped<TSource>().AddSingleton(new PaletteEntry(module.Name, group, order, people, typeof(TSource), permission));
        return this;
    }

    /// <summary>A place in « Administration », beside those of other modules.</summary>
    /// <param name="label">French.</param>
    /// <param name="href">Its page.</param>
    /// <param name="order">Smaller comes first.</param>
    /// <param name="permission">Shown to whoever holds it.</param>
    public ModuleBuilder AddAdministration(string label, string href, int order, string permission)
    {
        Services.AddSingleton(new AdministrationEntry(label, href, order, permission) { Module = module.Name });
        return this;
    }

    /// <summary>A step of an organisation's first day (<see cref="FirstStep"/>).</summary>
    /// <param name="step">Its words; what it asks is <paramref name="isDone"/>.</param>
    /// <param name="isDone">One cheap query on the module's own tables, as the host itself.</param>
    /// <param name="permission">Who may do it; null for whoever administers.</param>
    public ModuleBuilder AddFirstStep<TDb>(
        (string Name, int Order, string Title, string Why, string Href, string Act) step,
        Func<TDb, FirstDay, CancellationToken, Task<bool>> isDone,
        string? permission = null
    )
        where TDb : ModuleDb
    {
        Services.AddSingleton(
            new FirstStep($"{module.Name}.{step.Name}", step.Order, step.Title, step.Why, step.Href, step.Act)
            {
                Permission = permission,
                IsDone = (scope, day, ct) => isDone(scope.GetRequiredService<TDb>(), day, ct),
            }
        );
        return this;
    }

    /// <summary>
    /// Where the module's pages and endpoints are, besides <c>/api/{name}</c> and <c>/hubs/{name}</c>: nothing of it may lie
    /// elsewhere. Of two prefixes the longer one counts, so that modules can share <c>/administration</c>.
    /// </summary>
    /// <param name="prefixes">Whole segments, <c>/annuaire</c>.</param>
    public ModuleBuilder AddAddresses(params string[] prefixes)
    {
        foreach (var prefix in prefixes)
            Services.AddSingleton(new ModuleAddress(module.Name, prefix));
        return this;
    }

    /// <summary>A subject of notices: people choose which ones may make a device ring, and no notice is about another (D48).</summary>
    /// <param name="name">Unique and stable; preferences keep it.</param>
    /// <param name="label">French, in the list of what may ring.</param>
    /// <param name="icon">Name of an icon of the sprite.</param>
    public ModuleBuilder AddNoticeSubject(string name, string label, string icon)
    {
        Services.AddSingleton(new NoticeSubject(module.Name, name, label, icon));
        return this;
    }

    /// <summary>A subject whose notices are about something with a name (<see cref="NoticeNames"/>).</summary>
    /// <param name="name">Unique and stable; preferences keep it.</param>
    /// <param name="label">French, in the list of what may ring.</param>
    /// <param name="icon">Name of an icon of the sprite.</param>
    public ModuleBuilder AddNoticeSubject<TNames>(string name, string label, string icon)
        where TNames : NoticeNames
    {
        Services.AddScoped<TNames>().AddSingleton(new NoticeSubject(module.Name, name, label, icon, typeof(TNames)));
        return this;
    }

    /// <summary>
    /// A job on a schedule: its request is sent as the system, never twice at once. What is due stands in the module's tables,
    /// so a missed run costs nothing.
    /// </summary>
    /// <param name="name">Unique and stable, <c>slots.release-holds</c>.</param>
    /// <param name="label">French, a few words: what it does.</param>
    /// <param name="cron">Cron expression, UTC; six fields for seconds. No two jobs of a lane begin at the same moment.</param>
    /// <param name="lane">Long for what may take more than some seconds.</param>
    public ModuleBuilder AddJob<TRequest>(string name, string label, string cron, JobLane lane = JobLane.Quick)
        where TRequest : MediatR.IRequest<MediatR.Unit>, new()
    {
        jobs.Add(module.Name, RecurringJob.Of<TRequest>(name, label, cron, lane));
        return this;
    }

    /// <summary>A long job in slices: its request is sent again while it says that there is more, each time in a transaction of its own.</summary>
    /// <param name="name">Unique and stable, <c>slots.prune</c>.</param>
    /// <param name="label">French, a few words: what it does.</param>
    /// <param name="cron">Cron expression, UTC.</param>
    public ModuleBuilder AddSlicedJob<TRequest>(string name, string label, string cron)
        where TRequest : MediatR.IRequest<JobProgress>, new()
    {
        jobs.Add(module.Name, RecurringJob.Sliced<TRequest>(name, label, cron));
        return this;
    }

    /// <summary>A figure that tells whether the module does its work: a gauge, and a line of « État du service ».</summary>
    /// <param name="name">Unique, without the module's name: <c>due</c>.</param>
    /// <param name="label">French, a few words.</param>
    /// <param name="advice">French: what to do when it is above its limit.</param>
    /// <param name="unit">What it counts.</param>
    /// <param name="limit">Somebody should act above it.</param>
    /// <param name="read">One cheap query.</param>
    public ModuleBuilder AddFigure<TDb>(
        string name,
        string label,
        string advice,
        FigureUnit unit,
        double limit,
        Func<TDb, DateTimeOffset, CancellationToken, Task<double>> read
    )
        where TDb : ModuleDb
    {
        var of = module.Name;
        Services.AddSingleton(
            new ServiceFigure($"{of}.{name}", label, advice, unit, limit)
            {
                Read = async (scope, now, ct) => [new(of, await read(scope.GetRequiredService<TDb>(), now, ct))],
            }
        );
        return this;
    }

    /// <summary>A key of the installation that must stay the same, on every node and after every start (<see cref="Keys"/>).</summary>
    public ModuleBuilder AddLastingKey(string name)
    {
        Services.AddSingleton(new LastingKey(name));
        return this;
    }

    /// <summary>Where the module keeps what <see cref="FieldCipher"/> seals, for <c>keys rotate</c> (S30).</summary>
    public ModuleBuilder AddSealed(params SealedColumn[] columns)
    {
        foreach (var column in columns)
            Services.AddSingleton(column);
        return this;
    }

    private ModuleBuilder Grant(string permission, bool sensitive, string[] roles, bool ofInstallation = false)
    {
        if (!permission.StartsWith(module.Name + ".", StringComparison.Ordinal))
            throw new InvalidOperationException($"Permission '{permission}' must begin with '{module.Name}.'");
        if (roles.Except(Roles.All).FirstOrDefault() is { } unknown)
            throw new InvalidOperationException($"Unknown role '{unknown}'.");
        permissions.Add(new PermissionGrant(permission, sensitive, roles) { OfInstallation = ofInstallation });
        return this;
    }
}

/// <summary>An entry of the shell's menu.</summary>
/// <param name="Label">French, one word if possible.</param>
/// <param name="Icon">Name of an icon of the sprite.</param>
/// <param name="Order">Smaller comes first; no two alike, or the start is refused, as with labels, addresses and keys.</param>
/// <param name="Permissions">Shown to whoever holds one of them; to everyone signed in when empty.</param>
public sealed record MenuEntry(string Label, string Icon, string Href, int Order, params string[] Permissions)
{
    /// <summary>Keys that open it, <c>g r</c>.</summary>
    public string? Hotkey { get; init; }

    /// <summary>Heading under which it stands where the menu is too long for the screen, « Administration »; empty for daily work.</summary>
    public string Group { get; init; } = "";

    /// <summary>Who declared it; <see cref="ModuleBuilder.AddMenu"/> says so.</summary>
    public string Module { get; init; } = "";
}

/// <summary>What notices may be about.</summary>
public sealed record NoticeSubject(string Module, string Name, string Label, string Icon, Type? Names = null);
