using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Access.Features;
using Parceo.Demo;
using Parceo.Platform;
using Parceo.Platform.Web;

namespace Parceo.Access.Tests;

/// <summary>Sends as nobody, or as whoever a real session is; makes people the way people are made.</summary>
internal sealed class SignedIn(ParceoHost host)
{
    public const string Password = "quatre chevaux traversent";

    public ParceoHost Host { get; } = host;

    public DateTimeOffset Now => Host.Clock.GetUtcNow();

    public async Task<T> Anonymously<T>(IRequest<T> request)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(request);
    }

    /// <summary>As the person of a session or token, with the rights it has now; refused when it has ended.</summary>
    public async Task<T> As<T>(Guid session, IRequest<T> request)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        if (await Credential(session) is { } credential)
            await scope
                .ServiceProvider.GetRequiredService<CallContext>()
                .SignIn(Schemes.Principal(session, credential, "test"), Host.Services.GetRequiredService<IUserRightsSource>(), default);
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(request);
    }

    public ValueTask<Credential?> Credential(Guid session) => Host.Services.GetRequiredService<CredentialCache>().Get(session, default);

    public async Task<Guid> Demo(CastMember person) => (await Anonymously(new SignInAsDemo.Command(person.Id))).SessionId;

    public Task<T> Db<T>(Func<AccessDb, Task<T>> work) => Host.With(work);

    /// <summary>An organisation with an administrator who came by invitation; nobody has a second factor yet.</summary>
    public async Task<(string Email, string Organisation)> Administrator()
    {
        var (email, organisation) = ($"u{Guid.CreateVersion7():n}@exemple.fr", $"Maison {Guid.CreateVersion7():n}");
        var token = (
            await Host.SendAsSystem(new CreateAdministrator.Command(email, "Zoé Quidam", organisation, OrganisationKind.HealthHouse))
        ).Token;
        await Anonymously(new AcceptInvitation.Command(token, "Zoé Quidam", Password));
        return (email, organisation);
    }

    public async Task<SignInWithPassword.Response> SignIn(string email, string password = Password) =>
        await Anonymously(new SignInWithPassword.Command(email, password));

    /// <summary>Enrols an authenticator app in a fresh session; its secret, and the session that follows.</summary>
    public async Task<(byte[] Secret, Guid Session, IReadOnlyList<string> RecoveryCodes)> Enrol(Guid session)
    {
        var person = (await Credential(session))!.PersonId;
        var (secret, ticket) = EnrolTotp.Begin(Host.Services.GetRequiredService<Tickets>(), person);
        var answer = await As(session, new EnrolTotp.Command(ticket, Code(secret)));
        return (secret, answer.SessionId, answer.RecoveryCodes);
    }

    public string Code(byte[] secret, int steps = 0) => Totp.Code(secret, Totp.StepOf(Now) + steps);
}
