using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform;

namespace Parceo.Notifications.Services;

/// <summary>Asks the modules what their notices are about, by name.</summary>
internal sealed class NamesOfNotices(IEnumerable<NoticeSubject> subjects, IServiceProvider services)
{
    /// <summary>Names by topic.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> Of(IEnumerable<(string Subject, Guid Topic)> notices, CancellationToken ct)
    {
        var names = new Dictionary<Guid, string>();
        foreach (var some in notices.Distinct().GroupBy(n => n.Subject, n => n.Topic))
        {
            if (subjects.FirstOrDefault(s => s.Name == some.Key)?.Names is not { } type)
                continue;
            foreach (var (topic, name) in await ((NoticeNames)services.GetRequiredService(type)).Of([.. some], ct))
                names[topic] = name;
        }
        return names;
    }
}
