global using Mode = Parceo.Slots.Contracts.Mode;
global using Sex = Parceo.Slots.Contracts.Sex;
