using Parceo.Dashboards.Data;
using Parceo.Dashboards.Domain;
using Parceo.Dashboards.Services;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;

namespace Parceo.Dashboards.Reactions;

/// <summary>Whether the patient came (I7); a slip put right is followed.</summary>
internal sealed class OnOutcomeRecorded(FactStore facts) : IReaction<OutcomeRecorded, DashboardsDb>
{
    public async Task Handle(OutcomeRecorded e, CancellationToken ct) =>
        (await facts.Booking(e.BookingId, ct)).RecordOutcome(
            e.Outcome switch
            {
                "fulfilled" => BookingOutcome.Fulfilled,
                "noshow" => BookingOutcome.NoShow,
                _ => BookingOutcome.Unknown,
            },
            e.At
        );
}
