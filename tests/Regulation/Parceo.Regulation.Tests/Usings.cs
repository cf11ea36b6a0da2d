global using Parceo.Patients.Contracts;
global using Mode = Parceo.Slots.Contracts.Mode;
