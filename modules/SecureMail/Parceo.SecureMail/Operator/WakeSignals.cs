using Parceo.Platform;

namespace Parceo.SecureMail.Operator;

/// <summary>Wakes the delivery.</summary>
internal sealed class DeliverySignal : WakeSignal;

/// <summary>Wakes the inspection.</summary>
internal sealed class InspectionSignal : WakeSignal;
