using Parceo.Platform;

namespace Parceo.SecureMail.Operator;

/// <summary>The bell of the delivery.</summary>
internal sealed class DeliveryBell : Bell;

/// <summary>The bell of the inspection.</summary>
internal sealed class InspectionBell : Bell;
