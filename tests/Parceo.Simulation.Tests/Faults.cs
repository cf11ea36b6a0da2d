using System.Data.Common;
using MediatR;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform;
using Parceo.Platform.Data;

namespace Parceo.Simulation.Tests;

/// <summary>The process ends here; nothing after it runs.</summary>
internal sealed class CrashException() : Exception("The process was killed by the simulation.");

/// <summary>One delivery fails; the process lives on.</summary>
internal sealed class TransientException() : Exception("The simulation let one delivery fail.");

/// <summary>
/// What the simulation may break: a kill after any commit, a kill before the commit of a request, an answer that is lost
/// after it, a delivery that fails once, and another request exactly between what a request has read and what it writes.
/// </summary>
internal sealed class Faults
{
    /// <summary>Commits left until the kill; null for none.</summary>
    public int? CommitsUntilKill { get; set; }

    /// <summary>Saves left until one is refused once.</summary>
    public int? SavesUntilFailure { get; set; }

    /// <summary>Killed: whatever still runs reaches no database.</summary>
    public bool Down { get; private set; }

    /// <summary>Runs between the handler and the save of the next outermost request, once.</summary>
    public Func<Task>? Between { get; set; }

    /// <summary>Kills after the commit of the next outermost request: its answer is lost.</summary>
    public bool LoseAnswer { get; set; }

    public void Reset() => (CommitsUntilKill, SavesUntilFailure, Down, Between, LoseAnswer) = (null, null, false, null, false);

    public void Kill()
    {
        Down = true;
        throw new CrashException();
    }

    public void Reaching()
    {
        if (Down)
            throw new CrashException();
    }

    public void Saving()
    {
        Reaching();
        if (SavesUntilFailure is not { } left)
            return;
        SavesUntilFailure = left > 1 ? left - 1 : null;
        if (left == 1)
            throw new TransientException();
    }

    public void Saved()
    {
        if (CommitsUntilKill is not { } left)
            return;
        CommitsUntilKill = left > 1 ? left - 1 : null;
        if (left == 1)
            Kill();
    }
}

/// <summary>Puts the faults into every module's context.</summary>
internal sealed class SaveFaults(Faults faults) : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        faults.Saving();
        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        faults.Saved();
        return base.SavedChangesAsync(eventData, result, cancellationToken);
    }
}

/// <summary>A killed process reads and writes nothing.</summary>
internal sealed class CommandFaults(Faults faults) : DbCommandInterceptor
{
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        faults.Reaching();
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        faults.Reaching();
        return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
    }
}

/// <summary>Outermost of all behaviours: an answer that is lost after the commit.</summary>
internal sealed class LostAnswer<TRequest, TResponse>(Faults faults, CallContext user) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        var answer = await next();
        if (faults.LoseAnswer && user is { Depth: 1, IsSystem: false })
            faults.Kill();
        return answer;
    }
}

/// <summary>Innermost: after the handler has read and decided, before anything of it is saved.</summary>
internal sealed class InBetween<TRequest, TResponse>(Faults faults, CallContext user) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        var answer = await next();
        if (user is not { Depth: 1, IsSystem: false } || faults.Between is not { } other)
            return answer;
        faults.Between = null;
        await other();
        return answer;
    }
}

/// <summary>Adds the innermost behaviour after the house's own, and the faults to the contexts.</summary>
internal sealed class SimModule(Faults faults, Engine engine, IReadOnlyList<Type> contexts) : IParceoModule
{
    public string Name => "simulation";

    public void AddServices(ModuleBuilder module)
    {
        module.Services.AddTransient(typeof(IPipelineBehavior<,>), typeof(InBetween<,>));
        var configure = GetType()
            .GetMethod(nameof(Configure), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
        foreach (var context in contexts)
            configure.MakeGenericMethod(DataSetup.SubclassOf(context, engine)).Invoke(null, [module.Services, faults]);
    }

    private static void Configure<TDb>(IServiceCollection services, Faults faults)
        where TDb : Microsoft.EntityFrameworkCore.DbContext =>
        services.ConfigureDbContext<TDb>(o => o.AddInterceptors(new SaveFaults(faults), new CommandFaults(faults)));
}
