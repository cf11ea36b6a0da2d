using MediatR;

namespace Parceo.Platform;

/// <summary>Parts of one page that know nothing of each other and need the same answer ask for it once. Lives as long as the page's request.</summary>
public sealed class AskedOnce(ISender sender)
{
    private readonly Dictionary<(Type Question, Guid About), Task> asked = [];

    /// <param name="about">What is asked about: two questions of one type about the same thing are the same.</param>
    /// <param name="question">Sent the first time only.</param>
    public Task<TResponse> Send<TResponse>(Guid about, IRequest<TResponse> question)
    {
        var key = (question.GetType(), about);
        if (!asked.TryGetValue(key, out var answer))
            asked[key] = answer = sender.Send(question);
        return (Task<TResponse>)answer;
    }
}
