using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Domain;

namespace Parceo.Messaging.Data;

/// <summary>How long communities keep what is written.</summary>
internal static class KeepingQueries
{
    /// <summary>For how many days a community keeps its conversations at most.</summary>
    public static async Task<int> DaysKeptBy(this MessagingDb db, Guid organisation, CancellationToken ct) =>
        await db.Keepings.Where(k => k.OrganisationId == organisation).Select(k => (int?)k.Days).SingleOrDefaultAsync(ct)
        ?? Conversation.DefaultRetentionDays;
}
