using Parceo.Dashboards.Data;
using Parceo.Dashboards.Domain;
using Parceo.Dashboards.Services;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;

namespace Parceo.Dashboards.Reactions;

/// <summary>Whether the patient came (I7); a slip put right is followed.</summary>
internal sealed class OnOutcomeRecorded(Facts facts) : IReaction<OutcomeRecorded, DashboardsDb>
{
    public async Task Handle(OutcomeRecorded e, CancellationToken ct) =>
        (await facts.Visit(e.BookingId, ct)).Said(
            e.Outcome switch
            {
                "fulfilled" => Came.Fulfilled,
                "noshow" => Came.NoShow,
                _ => Came.Unknown,
            },
            e.At
        );
}
